package org.postroom.credentials;

import static org.postroom.store.tables.Tables.SECRET;

import java.time.Clock;
import java.util.Optional;
import org.postroom.store.Database;

/** Passwords, client secrets and the like, sealed in the database. They go in and come out here only. */
public final class Secrets {
    private final Database database;
    private final Sealer sealer;
    private final Clock clock;

    /** Secrets in this database, sealed by this sealer. */
    public Secrets(Database database, Sealer sealer, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** What a secret is for; its name is part of the row's id. */
    public enum Purpose {
        INCOMING_PASSWORD,
        OUTGOING_PASSWORD,
        CLIENT_SECRET,
        CLIENT_CERTIFICATE,
        SERVICE_ACCOUNT_KEY,
        SIGN_IN_PASSWORD,
        PROXY_PASSWORD,
        MESSAGE_ID_KEY
    }

    /** Keeps a secret for an owner, in place of an earlier one. */
    public void put(String owner, Purpose purpose, String value) {
        String id = id(owner, purpose);
        byte[] sealed = sealer.seal(value, id);
        database.write(sql -> sql.insertInto(SECRET)
                .set(SECRET.ID, id)
                .set(SECRET.PURPOSE, purpose.name())
                .set(SECRET.SEALED, sealed)
                .set(SECRET.UPDATED_AT, clock.instant())
                .onConflict(SECRET.ID)
                .doUpdate()
                .set(SECRET.SEALED, sealed)
                .set(SECRET.UPDATED_AT, clock.instant())
                .execute());
    }

    /** The secret, if one is kept. */
    public Optional<String> get(String owner, Purpose purpose) {
        String id = id(owner, purpose);
        byte[] sealed = database.read(sql ->
                sql.select(SECRET.SEALED).from(SECRET).where(SECRET.ID.eq(id)).fetchOne(SECRET.SEALED));
        return Optional.ofNullable(sealed).map(bytes -> sealer.open(bytes, id));
    }

    /** Whether one is kept. */
    public boolean has(String owner, Purpose purpose) {
        return database.read(sql -> sql.fetchExists(SECRET, SECRET.ID.eq(id(owner, purpose))));
    }

    /** Forgets one secret of an owner. */
    public void forget(String owner, Purpose purpose) {
        database.write(sql ->
                sql.deleteFrom(SECRET).where(SECRET.ID.eq(id(owner, purpose))).execute());
    }

    /** Forgets all secrets of an owner. */
    public void forgetAll(String owner) {
        for (Purpose purpose : Purpose.values()) {
            forget(owner, purpose);
        }
    }

    private static String id(String owner, Purpose purpose) {
        return owner + "/" + purpose.name();
    }
}
