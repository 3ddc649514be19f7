package org.postroom.conversation;

import static org.postroom.store.tables.Tables.PICTURE_SENDER;

import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.store.Database;
import org.springframework.stereotype.Service;

/** Senders whose remote pictures are always shown, because somebody here said so. Safe for use by many threads. */
@Service
public class PictureSenders {
    private final Database database;
    private final Clock clock;

    PictureSenders(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Those of these addresses, in lower case. */
    public Set<String> among(Collection<String> addresses) {
        Set<String> keys = new HashSet<>();
        addresses.forEach(one -> keys.add(one.toLowerCase(Locale.ROOT)));
        return keys.isEmpty()
                ? Set.of()
                : new HashSet<>(database.read(sql -> sql.select(PICTURE_SENDER.ADDRESS)
                        .from(PICTURE_SENDER)
                        .where(PICTURE_SENDER.ADDRESS.in(keys))
                        .fetch(PICTURE_SENDER.ADDRESS)));
    }

    /** From now on, always; nothing happens if it is so already, or if this is no address. */
    public void add(String address, @Nullable String personId) {
        if (!Address.plausible(address)) {
            return;
        }
        database.write(sql -> sql.insertInto(PICTURE_SENDER)
                .set(PICTURE_SENDER.ADDRESS, address.toLowerCase(Locale.ROOT))
                .set(PICTURE_SENDER.PERSON_ID, personId)
                .set(PICTURE_SENDER.CREATED_AT, clock.instant())
                .onConflict(PICTURE_SENDER.ADDRESS)
                .doNothing()
                .execute());
    }

    /** Ask again from now on. */
    public void remove(String address) {
        database.write(sql -> sql.deleteFrom(PICTURE_SENDER)
                .where(PICTURE_SENDER.ADDRESS.eq(address.toLowerCase(Locale.ROOT)))
                .execute());
    }
}
