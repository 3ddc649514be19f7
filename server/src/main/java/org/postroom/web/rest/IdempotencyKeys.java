package org.postroom.web.rest;

import static org.postroom.store.tables.Tables.IDEMPOTENCY;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postroom.channel.InstanceKey;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.IdempotencyRecord;
import org.springframework.stereotype.Component;

/**
 * Which calls were made with which {@code Idempotency-Key}, and what they answered. Kept for a day. Of a request only a
 * keyed hash is kept, so that a password in it cannot be guessed from the table. Safe for use by many threads.
 */
@Component
class IdempotencyKeys {
    /** How long a key is remembered. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final int RUNNING = 0;

    private final Database database;
    private final Clock clock;
    private final InstanceKey instanceKey;

    IdempotencyKeys(Database database, Clock clock, InstanceKey instanceKey) {
        this.database = database;
        this.clock = clock;
        this.instanceKey = instanceKey;
    }

    /** Whether a call may go on. */
    sealed interface Claim {
        /** Nobody has used this key: go on, then {@link #finish} or {@link #release}. */
        record Mine() implements Claim {}

        /** The same call was made before and answered this. */
        record Answered(int status, String response) implements Claim {}

        /** The same call is being handled, or was cut short. */
        record Running() implements Claim {}

        /** Another call was made with this key. */
        record OtherCall() implements Claim {}
    }

    /** Takes a key for a call. */
    Claim claim(String key, String requestHash) {
        Instant now = clock.instant();
        return database.write(sql -> {
            sql.deleteFrom(IDEMPOTENCY)
                    .where(IDEMPOTENCY.CREATED_AT.lt(now.minus(KEPT)))
                    .execute();
            int mine = sql.insertInto(IDEMPOTENCY)
                    .set(IDEMPOTENCY.KEY, key)
                    .set(IDEMPOTENCY.REQUEST_HASH, requestHash)
                    .set(IDEMPOTENCY.STATUS, RUNNING)
                    .set(IDEMPOTENCY.RESPONSE, "")
                    .set(IDEMPOTENCY.CREATED_AT, now)
                    .onConflict(IDEMPOTENCY.KEY)
                    .doNothing()
                    .execute();
            if (mine == 1) {
                return new Claim.Mine();
            }
            IdempotencyRecord row = sql.fetchSingle(IDEMPOTENCY, IDEMPOTENCY.KEY.eq(key));
            if (!row.getRequestHash().equals(requestHash)) {
                return new Claim.OtherCall();
            }
            return row.getStatus() == RUNNING
                    ? new Claim.Running()
                    : new Claim.Answered(row.getStatus(), row.getResponse());
        });
    }

    /** Keeps the answer of a call that was done. */
    void finish(String key, int status, String response) {
        database.write(sql -> sql.update(IDEMPOTENCY)
                .set(IDEMPOTENCY.STATUS, status)
                .set(IDEMPOTENCY.RESPONSE, response)
                .where(IDEMPOTENCY.KEY.eq(key))
                .execute());
    }

    /** Frees the key of a call that changed nothing. */
    void release(String key) {
        database.write(sql ->
                sql.deleteFrom(IDEMPOTENCY).where(IDEMPOTENCY.KEY.eq(key)).execute());
    }

    /** The keyed hash of something that must not be kept itself. */
    String hash(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(instanceKey.bytes(), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
                mac.update((byte) 0);
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
