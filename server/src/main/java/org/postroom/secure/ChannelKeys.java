package org.postroom.secure;

import static org.postroom.store.tables.Tables.CHANNEL_KEY;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.channel.ChannelNews;
import org.postroom.credentials.Sealer;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener;
import org.postroom.secure.ChannelKey.Purpose;
import org.postroom.secure.KeyFile.WrongKeyException;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.tables.tables.records.ChannelKeyRecord;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The keys of each channel. Private parts and passphrases go in sealed and come out nowhere but to open mail. Safe for use
 * by many threads.
 */
@Service
public class ChannelKeys {
    /** Keys of one channel. */
    private static final int MOST = 500;

    private final Database database;
    private final Sealer sealer;
    private final Ids ids;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    ChannelKeys(Database database, Sealer sealer, Ids ids, Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of adding a file. */
    public sealed interface Added {
        /** What was in it; what the channel had already was stored anew. */
        record Done(List<ChannelKey> keys) implements Added {
            /** Copies the keys. */
            public Done {
                keys = List.copyOf(keys);
            }
        }

        /**
         * Nothing was stored.
         *
         * @param field {@code file} or {@code passphrase}
         */
        record Wrong(String field, String message) implements Added {}
    }

    /** The channel's keys: its own, its correspondents', its authorities', each newest first. */
    public List<ChannelKey> list(String channelId) {
        return database
                .read(sql -> sql.selectFrom(CHANNEL_KEY)
                        .where(CHANNEL_KEY.CHANNEL_ID.eq(channelId))
                        .orderBy(CHANNEL_KEY.ADDED_AT.desc(), CHANNEL_KEY.ID.desc())
                        .fetch())
                .map(this::shown)
                .stream()
                .sorted(java.util.Comparator.comparing(ChannelKey::purpose))
                .toList();
    }

    /**
     * Adds what is in a file.
     *
     * @param passphrase empty if the file needs none
     */
    public Added add(String channelId, byte[] file, String passphrase) {
        List<KeyMaterial> found;
        try {
            found = KeyFile.read(file, passphrase);
        } catch (WrongKeyException e) {
            return new Added.Wrong(e.field(), String.valueOf(e.getMessage()));
        }
        List<KeyParts> parts = found.stream()
                .map(key -> KeyParts.of(key, ids.next(), channelId, clock.instant()))
                .toList();
        return database.write(sql -> {
            int have = sql.fetchCount(CHANNEL_KEY, CHANNEL_KEY.CHANNEL_ID.eq(channelId));
            if (have + parts.size() > MOST) {
                return new Added.Wrong("file", "a channel has " + MOST + " keys at most; delete some first");
            }
            parts.forEach(this::store);
            return new Added.Done(parts.stream().map(KeyParts::shown).toList());
        });
    }

    /** A key that was renewed takes the place of what it was. */
    private void store(KeyParts parts) {
        ChannelKey key = parts.shown();
        String secret = parts.secret();
        ChannelKeyRecord row = new ChannelKeyRecord();
        row.setId(key.id());
        row.setChannelId(key.channelId());
        row.setStandard(key.standard().name());
        row.setPurpose(key.purpose().name());
        row.setSubject(key.subject());
        row.setAddressesJson(json.writeValueAsString(key.addresses()));
        row.setFingerprint(key.fingerprint());
        row.setValidFromAt(key.validFrom());
        row.setValidUntilAt(key.validUntil());
        row.setAddedAt(key.addedAt());
        row.setPublicPart(parts.open());
        row.setSecretSealed(secret == null ? null : sealer.seal(secret, identity(key.id())));
        database.write(sql -> {
            sql.deleteFrom(CHANNEL_KEY)
                    .where(CHANNEL_KEY.CHANNEL_ID.eq(key.channelId()))
                    .and(CHANNEL_KEY.PURPOSE.eq(key.purpose().name()))
                    .and(CHANNEL_KEY.FINGERPRINT.eq(key.fingerprint()))
                    .execute();
            return sql.executeInsert(row);
        });
    }

    /** Deletes one; false if the channel has no such key. What was opened by it stays as it is. */
    public boolean delete(String channelId, String id) {
        return database.write(sql -> sql.deleteFrom(CHANNEL_KEY)
                        .where(CHANNEL_KEY.CHANNEL_ID.eq(channelId))
                        .and(CHANNEL_KEY.ID.eq(id))
                        .execute()
                > 0);
    }

    /** One key. */
    public Optional<ChannelKey> find(String channelId, String id) {
        return list(channelId).stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Opens one message by the keys that the channel has when its first protected part comes. */
    public Opener opener(String channelId) {
        return new KeyedOpener(() -> ring(channelId), clock);
    }

    private KeyRing ring(String channelId) {
        List<KeyMaterial> all = new ArrayList<>();
        for (ChannelKeyRecord row :
                database.read(sql -> sql.fetch(CHANNEL_KEY, CHANNEL_KEY.CHANNEL_ID.eq(channelId)))) {
            byte[] sealed = row.getSecretSealed();
            all.add(KeyParts.material(
                    Standard.valueOf(row.getStandard()),
                    Purpose.valueOf(row.getPurpose()),
                    row.getPublicPart(),
                    sealed == null ? null : sealer.open(sealed, identity(row.getId()))));
        }
        return KeyRing.of(all);
    }

    @EventListener
    void channel(ChannelNews news) {
        if (news.type().equals("channel.deleted")) {
            database.write(sql -> sql.deleteFrom(CHANNEL_KEY)
                    .where(CHANNEL_KEY.CHANNEL_ID.eq(news.channelId()))
                    .execute());
        }
    }

    private static String identity(String id) {
        return "channel_key/" + id;
    }

    private ChannelKey shown(ChannelKeyRecord row) {
        return new ChannelKey(
                row.getId(),
                row.getChannelId(),
                Standard.valueOf(row.getStandard()),
                Purpose.valueOf(row.getPurpose()),
                row.getSubject(),
                json.readValue(row.getAddressesJson(), new TypeReference<List<String>>() {}),
                row.getFingerprint(),
                row.getValidFromAt(),
                row.getValidUntilAt(),
                row.getAddedAt());
    }
}
