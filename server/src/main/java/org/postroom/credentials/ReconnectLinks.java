package org.postroom.credentials;

import static org.postroom.store.tables.Tables.RECONNECT_LINK;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.store.Database;
import org.postroom.store.StoreException;
import org.postroom.store.tables.tables.records.ReconnectLinkRecord;

/**
 * Links by which a mailbox's owner signs in again without an account in Postroom. A link is sealed with Postroom's key,
 * names its channel, who has to sign in and until when, and works once. Safe for use by many threads and nodes.
 */
public final class ReconnectLinks {
    /** The longest life of a link. */
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final String SEAL = "reconnect-link";
    private static final int LONGEST_WORD = 2_000;

    private final Database database;
    private final Sealer sealer;
    private final Clock clock;

    ReconnectLinks(Database database, Sealer sealer, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * A link that is good now.
     *
     * @param expectedUser only this user's sign-in counts
     */
    public record Link(String hash, String channelId, String expectedUser, Instant expires) {}

    /**
     * A new link, told once.
     *
     * @param word what stands behind {@code /reconnect/}; whoever has it can open the page
     */
    public record Made(String word, Instant expires) {
        /** Never shows the word. */
        @Override
        public String toString() {
            return "Made[expires=" + expires + "]";
        }
    }

    /**
     * Makes a link.
     *
     * @param createdBy who asked for it, or null for a program
     * @throws IllegalArgumentException if {@code life} is not between a minute and {@link #LONGEST}
     */
    public Made make(String channelId, String expectedUser, Duration life, @Nullable String createdBy) {
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a link lives from a minute to " + LONGEST.toDays() + " days");
        }
        Instant now = clock.instant();
        Instant expires = now.plus(life);
        String content = String.join(
                "\n",
                channelId,
                expectedUser,
                Long.toString(expires.toEpochMilli()),
                UUID.randomUUID().toString());
        String word = Base64.getUrlEncoder().withoutPadding().encodeToString(sealer.seal(content, SEAL));
        database.write(sql -> {
            sql.deleteFrom(RECONNECT_LINK)
                    .where(RECONNECT_LINK.EXPIRES_AT.lt(now.minus(LONGEST)))
                    .execute();
            return sql.insertInto(RECONNECT_LINK)
                    .set(RECONNECT_LINK.LINK_HASH, hash(word))
                    .set(RECONNECT_LINK.CHANNEL_ID, channelId)
                    .set(RECONNECT_LINK.EXPECTED_USER, expectedUser)
                    .set(RECONNECT_LINK.CREATED_BY, createdBy)
                    .set(RECONNECT_LINK.CREATED_AT, now)
                    .set(RECONNECT_LINK.EXPIRES_AT, expires)
                    .execute();
        });
        return new Made(word, expires);
    }

    /** The link of this word; null if it is forged, over, used or withdrawn. */
    public @Nullable Link open(String word) {
        if (word.length() > LONGEST_WORD || !sealed(word)) {
            return null;
        }
        ReconnectLinkRecord row =
                database.read(sql -> sql.fetchOne(RECONNECT_LINK, RECONNECT_LINK.LINK_HASH.eq(hash(word))));
        return row == null || row.getUsedAt() != null || !clock.instant().isBefore(row.getExpiresAt())
                ? null
                : new Link(row.getLinkHash(), row.getChannelId(), row.getExpectedUser(), row.getExpiresAt());
    }

    private boolean sealed(String word) {
        try {
            return !sealer.open(Base64.getUrlDecoder().decode(word), SEAL).isEmpty();
        } catch (IllegalArgumentException | StoreException forged) {
            return false;
        }
    }

    /** The link did its work. */
    public void used(String hash) {
        database.write(sql -> sql.update(RECONNECT_LINK)
                .set(RECONNECT_LINK.USED_AT, clock.instant())
                .where(RECONNECT_LINK.LINK_HASH.eq(hash))
                .execute());
    }

    /** Withdraws all links of a channel; how many were still good. */
    public int withdraw(String channelId) {
        Instant now = clock.instant();
        return database.write(sql -> sql.update(RECONNECT_LINK)
                .set(RECONNECT_LINK.USED_AT, now)
                .where(RECONNECT_LINK.CHANNEL_ID.eq(channelId))
                .and(RECONNECT_LINK.USED_AT.isNull())
                .and(RECONNECT_LINK.EXPIRES_AT.gt(now))
                .execute());
    }

    private static String hash(String word) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(word.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
