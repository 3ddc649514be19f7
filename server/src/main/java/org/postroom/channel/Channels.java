package org.postroom.channel;

import static org.postroom.store.tables.Tables.CHANNEL;
import static org.postroom.store.tables.Tables.CHANNEL_CURSOR;
import static org.postroom.store.tables.Tables.CHANNEL_STATE;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.Tokens;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.tables.tables.records.ChannelRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** All channels: adding, changing, switching on and off, deleting. Safe for use by many threads. */
@Service
public class Channels {
    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final Secrets secrets;
    private final Tokens tokens;
    private final NextSettings next;
    private final ApplicationEventPublisher publisher;
    private final JsonMapper json = JsonMapper.builder().build();

    Channels(
            Database database,
            Ids ids,
            Clock clock,
            Secrets secrets,
            Tokens tokens,
            NextSettings next,
            ApplicationEventPublisher publisher) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.secrets = secrets;
        this.tokens = tokens;
        this.next = next;
        this.publisher = publisher;
    }

    /** What came of saving. */
    public sealed interface Saved {
        /** It is stored. */
        record Done(Channel channel) implements Saved {}

        /**
         * The channel works and goes on as it is; what it is to change to is kept until it is proven.
         *
         * @param channel as it is
         * @param next as it will be, with an id of its own
         */
        record Waiting(Channel channel, Channel next) implements Saved {}

        /** Nothing was stored; every wrong field is named. */
        record Wrong(List<FieldProblem> problems) implements Saved {}

        /** There is no such channel. */
        record NoSuchChannel() implements Saved {}
    }

    /** Adds a channel. */
    public Saved add(ChannelInput input) {
        return save(ids.next(), input, null);
    }

    /**
     * Changes a channel; secrets that are left out stay. Where it works and is to prove itself in another way, that has
     * to be proven first: see {@link Saved.Waiting}.
     */
    public Saved change(String id, ChannelInput input) {
        Channel before = NextSettings.isNext(id) ? null : find(id).orElse(null);
        return before == null ? new Saved.NoSuchChannel() : save(id, input, before);
    }

    private Saved save(String id, ChannelInput input, @Nullable Channel before) {
        var checked = new ChannelCheck(clock.instant()).check(input, id, before, clock.instant());
        Channel channel = checked.channel();
        if (channel == null) {
            return new Saved.Wrong(checked.problems());
        }
        if (nameTaken(channel.name(), id)) {
            return new Saved.Wrong(List.of(new FieldProblem("name", "another channel has this name")));
        }
        if (before != null
                && before.enabled()
                && channel.enabled()
                && next.provesDifferently(before, channel, checked.secrets())) {
            Optional<Channel> kept = next.keep(before, channel, checked.secrets());
            if (kept.isPresent()) {
                return new Saved.Waiting(before, kept.get());
            }
        }
        try {
            database.write(sql -> {
                store(channel, before == null);
                checked.secrets().forEach((purpose, secret) -> keep(id, purpose, secret));
                if (before != null && signsInDifferently(before, channel)) {
                    tokens.forget(id);
                }
                publisher.publishEvent(new ChannelNews(
                        before == null ? "channel.added" : "channel.changed", id, Map.of("name", channel.name())));
                return channel;
            });
        } catch (DataAccessException e) {
            if (nameTaken(channel.name(), id)) {
                return new Saved.Wrong(List.of(new FieldProblem("name", "another channel has this name")));
            }
            throw e;
        }
        return new Saved.Done(channel);
    }

    private static boolean signsInDifferently(Channel before, Channel after) {
        if (before.authentication() instanceof Authentication.OAuth2 a
                && after.authentication() instanceof Authentication.OAuth2 b) {
            return a.grant() != b.grant()
                    || a.provider() != b.provider()
                    || a.cloud() != b.cloud()
                    || !Objects.equals(a.tokenService(), b.tokenService())
                    || !a.clientId().equals(b.clientId())
                    || !a.tenant().equals(b.tenant())
                    || !a.authority().equals(b.authority())
                    || !Objects.equals(a.signInUser(), b.signInUser());
        }
        return false;
    }

    private void keep(String id, Purpose purpose, String secret) {
        if (secret.isEmpty()) {
            secrets.forget(id, purpose);
        } else {
            secrets.put(id, purpose, secret);
        }
    }

    private boolean nameTaken(String name, String exceptId) {
        return database.read(
                sql -> sql.fetchExists(CHANNEL, CHANNEL.NAME.eq(name).and(CHANNEL.ID.ne(exceptId))));
    }

    private void store(Channel channel, boolean isNew) {
        var settings = ChannelSettings.of(channel);
        database.write(sql -> {
            ChannelRecord row = sql.newRecord(CHANNEL);
            row.setId(channel.id());
            row.setName(channel.name());
            row.setAddress(channel.address());
            row.setEnabled(channel.enabled());
            row.setSettings(json.writeValueAsString(settings));
            row.setCreatedAt(channel.createdAt());
            row.setUpdatedAt(channel.updatedAt());
            row.setVersion(channel.version());
            if (isNew) {
                sql.insertInto(CHANNEL_STATE)
                        .set(CHANNEL_STATE.CHANNEL_ID, channel.id())
                        .set(CHANNEL_STATE.STATUS, ChannelState.Status.STARTING.name())
                        .set(CHANNEL_STATE.SINCE_AT, channel.createdAt())
                        .set(CHANNEL_STATE.ATTEMPTS, 0)
                        .set(CHANNEL_STATE.IMPORTED, 0L)
                        .set(CHANNEL_STATE.DUPLICATES, 0L)
                        .set(CHANNEL_STATE.QUARANTINED, 0L)
                        .execute();
                return row.insert();
            }
            return row.update();
        });
    }

    /**
     * What a channel is to change to once that is proven.
     *
     * @param id the channel's
     */
    public Optional<NextSettings.Next> next(String id) {
        return find(id).flatMap(next::of);
    }

    /** Gives up what a channel was to change to; false if there was nothing. */
    public boolean discardNext(String id) {
        return next.discard(id);
    }

    /** Keeps what a test of the next settings found, for people to see. */
    public void noteNext(String id, String report) {
        next.note(id, report);
    }

    /**
     * The channel changes to what was proven: settings, secrets and tokens at once; where it stands in the mailbox stays.
     *
     * @param tested the next settings that were tried
     * @return the channel; empty if other settings are waiting by now, or none
     */
    public Optional<Channel> takeOver(NextSettings.Next tested) {
        return database.write(sql -> {
            Channel before = find(tested.channelId()).orElse(null);
            if (before == null || !next.takeOver(tested, before)) {
                return Optional.empty();
            }
            Channel after = new Channel(
                    before.id(),
                    before.name(),
                    before.address(),
                    before.enabled(),
                    before.script(),
                    tested.channel().authentication(),
                    tested.channel().incoming(),
                    tested.channel().outgoing(),
                    tested.channel().properties(),
                    tested.channel().route(),
                    tested.channel().threading(),
                    before.createdAt(),
                    clock.instant(),
                    before.version() + 1);
            store(after, false);
            publisher.publishEvent(new ChannelNews("channel.changed", after.id(), Map.of("name", after.name())));
            return Optional.of(after);
        });
    }

    /** One channel, or what one is to change to, by the id of that. */
    public Optional<Channel> find(String id) {
        if (id.endsWith(NextSettings.SUFFIX)) {
            return next(NextSettings.channelId(id)).map(NextSettings.Next::channel);
        }
        return database.read(sql -> sql.fetchOptional(CHANNEL, CHANNEL.ID.eq(id)))
                .map(this::channel);
    }

    /** One channel, by its id or its name. */
    public Optional<Channel> findByIdOrName(String text) {
        return database.read(
                        sql -> sql.fetchOptional(CHANNEL, CHANNEL.ID.eq(text).or(CHANNEL.NAME.eq(text))))
                .map(this::channel);
    }

    /**
     * A page of channels by name.
     *
     * @param after the last name of the page before, or null
     */
    public List<Channel> page(@Nullable String after, int size) {
        return database.read(sql -> sql.selectFrom(CHANNEL)
                        .where(CHANNEL.NAME.gt(Objects.requireNonNullElse(after, "")))
                        .orderBy(CHANNEL.NAME)
                        .limit(size)
                        .fetch())
                .map(this::channel);
    }

    /** Every channel; for background work. */
    public List<Channel> all() {
        return database.read(sql -> sql.fetch(CHANNEL)).map(this::channel);
    }

    /** Switches a channel on or off; false if there is none. */
    public boolean enable(String id, boolean on) {
        Instant now = clock.instant();
        return database.write(sql -> {
            int changed = sql.update(CHANNEL)
                    .set(CHANNEL.ENABLED, on)
                    .set(CHANNEL.UPDATED_AT, now)
                    .set(CHANNEL.VERSION, CHANNEL.VERSION.plus(1))
                    .where(CHANNEL.ID.eq(id))
                    .execute();
            if (changed > 0) {
                publisher.publishEvent(new ChannelNews(on ? "channel.enabled" : "channel.disabled", id, Map.of()));
            }
            return changed > 0;
        });
    }

    /** Deletes a channel with its secrets and tokens; its conversations stay. False if there is none. */
    public boolean delete(String id) {
        return database.write(sql -> {
            int gone = sql.deleteFrom(CHANNEL).where(CHANNEL.ID.eq(id)).execute();
            if (gone > 0) {
                sql.deleteFrom(CHANNEL_STATE)
                        .where(CHANNEL_STATE.CHANNEL_ID.eq(id))
                        .execute();
                sql.deleteFrom(CHANNEL_CURSOR)
                        .where(CHANNEL_CURSOR.CHANNEL_ID.eq(id))
                        .execute();
                secrets.forgetAll(id);
                tokens.forget(id);
                next.discard(id);
                publisher.publishEvent(new ChannelNews("channel.deleted", id, Map.of()));
            }
            return gone > 0;
        });
    }

    private Channel channel(ChannelRecord row) {
        return json.readValue(row.getSettings(), ChannelSettings.class).channel(row);
    }
}
