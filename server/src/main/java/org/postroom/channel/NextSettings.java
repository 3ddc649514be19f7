package org.postroom.channel;

import static org.postroom.store.tables.Tables.CHANNEL_NEXT;
import static org.postroom.store.tables.Tables.CHANNEL_STATE;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelState.Status;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.Tokens;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.ChannelNextRecord;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What working channels are to change to: settings, secrets and tokens under an id of their own, so that they can be
 * signed in with and tried while the channel goes on as it is. Safe for use by many threads.
 */
@Component
public final class NextSettings {
    /** What the id of next settings ends with; before it stands the channel's. */
    static final String SUFFIX = "~next";

    private final Database database;
    private final Clock clock;
    private final Secrets secrets;
    private final Tokens tokens;
    private final DeviceSignIn devices;
    private final JsonMapper json = JsonMapper.builder().build();

    NextSettings(Database database, Clock clock, Secrets secrets, Tokens tokens, DeviceSignIn devices) {
        this.database = database;
        this.clock = clock;
        this.secrets = secrets;
        this.tokens = tokens;
        this.devices = devices;
    }

    /**
     * Settings that wait.
     *
     * @param channel the channel as it will be; its id is that of the next settings
     * @param report what the last test found, as JSON; null if there was none yet
     * @param version of these settings
     */
    public record Next(
            String channelId,
            Channel channel,
            Instant createdAt,
            @Nullable Instant testedAt,
            @Nullable String report,
            long version) {}

    /** Whether an id is that of next settings. */
    public static boolean isNext(String id) {
        return id.endsWith(SUFFIX);
    }

    /** The channel's id, of it or of its next settings. */
    public static String channelId(String id) {
        return isNext(id) ? id.substring(0, id.length() - SUFFIX.length()) : id;
    }

    /** Whether the channel would sign in in another way, or with another secret. */
    boolean provesDifferently(Channel before, Channel after, Map<Purpose, String> entered) {
        return !like(before.authentication()).equals(like(after.authentication()))
                || !Objects.equals(
                        before.outgoing().authentication(), after.outgoing().authentication())
                || entered.entrySet().stream()
                        .anyMatch(e ->
                                e.getKey() != Purpose.PROXY_PASSWORD && !isStored(before, e.getKey(), e.getValue()));
    }

    private boolean isStored(Channel channel, Purpose purpose, String secret) {
        return secret.equals(secrets.get(channel.id(), purpose).orElse(""));
    }

    /** The authentication without what is only remembered. */
    private static Authentication like(Authentication authentication) {
        return authentication instanceof Authentication.OAuth2 o
                ? new Authentication.OAuth2(
                        o.provider(),
                        o.grant(),
                        o.cloud(),
                        o.tenant(),
                        o.clientId(),
                        o.publicClient(),
                        o.certificate(),
                        null,
                        o.authority(),
                        o.scopes(),
                        o.signInUser(),
                        o.tokenService())
                : authentication;
    }

    /** Keeps what a channel is to change to, in place of what waited before; empty if the channel does not work anyway. */
    Optional<Channel> keep(Channel before, Channel after, Map<Purpose, String> entered) {
        if (!works(before.id())) {
            return Optional.empty();
        }
        String id = before.id() + SUFFIX;
        Instant now = clock.instant();
        return database.write(sql -> {
            discard(before.id());
            for (Purpose purpose : Purpose.values()) {
                String secret = entered.containsKey(purpose)
                        ? entered.get(purpose)
                        : secrets.get(before.id(), purpose).orElse("");
                if (secret != null && !secret.isEmpty()) {
                    secrets.put(id, purpose, secret);
                }
            }
            sql.insertInto(CHANNEL_NEXT)
                    .set(CHANNEL_NEXT.CHANNEL_ID, before.id())
                    .set(CHANNEL_NEXT.SETTINGS, json.writeValueAsString(ChannelSettings.of(after)))
                    .set(CHANNEL_NEXT.CREATED_AT, now)
                    .set(CHANNEL_NEXT.VERSION, now.toEpochMilli())
                    .execute();
            return of(before).map(Next::channel);
        });
    }

    private boolean works(String channelId) {
        // Starting anew after a change is no failure: it worked a moment ago.
        Condition works = CHANNEL_STATE
                .STATUS
                .in(Status.CONNECTED.name(), Status.THROTTLED.name())
                .or(CHANNEL_STATE.STATUS.eq(Status.STARTING.name()).and(CHANNEL_STATE.PROVEN_AT.isNotNull()));
        return database.read(sql -> sql.fetchExists(
                CHANNEL_STATE, CHANNEL_STATE.CHANNEL_ID.eq(channelId).and(works)));
    }

    /** What a channel is to change to. */
    Optional<Next> of(Channel channel) {
        return database.read(sql -> sql.fetchOptional(CHANNEL_NEXT, CHANNEL_NEXT.CHANNEL_ID.eq(channel.id())))
                .map(row -> next(row, channel));
    }

    private Next next(ChannelNextRecord row, Channel channel) {
        return new Next(
                channel.id(),
                json.readValue(row.getSettings(), ChannelSettings.class).channel(channel.id() + SUFFIX, channel),
                row.getCreatedAt(),
                row.getTestedAt(),
                row.getReport(),
                row.getVersion());
    }

    void note(String channelId, String report) {
        database.write(sql -> sql.update(CHANNEL_NEXT)
                .set(CHANNEL_NEXT.REPORT, report)
                .set(CHANNEL_NEXT.TESTED_AT, clock.instant())
                .where(CHANNEL_NEXT.CHANNEL_ID.eq(channelId))
                .execute());
    }

    boolean discard(String channelId) {
        String id = channelId + SUFFIX;
        return database.write(sql -> {
            secrets.forgetAll(id);
            tokens.forget(id);
            devices.forget(id);
            return sql.deleteFrom(CHANNEL_NEXT)
                            .where(CHANNEL_NEXT.CHANNEL_ID.eq(channelId))
                            .execute()
                    > 0;
        });
    }

    /** Gives the channel the secrets and tokens of its next settings; false if those that were tried no longer wait. */
    boolean takeOver(Next tested, Channel before) {
        return database.write(sql -> {
            int gone = sql.deleteFrom(CHANNEL_NEXT)
                    .where(CHANNEL_NEXT.CHANNEL_ID.eq(before.id()))
                    .and(CHANNEL_NEXT.VERSION.eq(tested.version()))
                    .execute();
            if (gone == 0) {
                return false;
            }
            String id = before.id() + SUFFIX;
            for (Purpose purpose : Purpose.values()) {
                String secret = secrets.get(id, purpose).orElse("");
                if (secret.isEmpty()) {
                    secrets.forget(before.id(), purpose);
                } else {
                    secrets.put(before.id(), purpose, secret);
                }
            }
            tokens.move(id, before.id());
            discard(before.id());
            return true;
        });
    }
}
