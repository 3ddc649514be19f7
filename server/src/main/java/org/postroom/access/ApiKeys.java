package org.postroom.access;

import static org.postroom.store.tables.Tables.API_KEY;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.person.Role;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.StoreException;
import org.postroom.store.tables.tables.records.ApiKeyRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/** Keys of programs that call REST; only their hashes are kept. Safe for use by many threads. */
@Service
public class ApiKeys implements SmartInitializingSingleton {
    private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);
    /** The name of the key that {@code POSTROOM_BOOTSTRAP_API_KEY} makes. */
    public static final String BOOTSTRAP = "bootstrap";

    private static final int SHORTEST = 16;
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(5);

    private final Database database;
    private final Ids ids;
    private final Clock clock;
    private final String bootstrap;

    ApiKeys(Database database, Ids ids, Clock clock, @Value("${postroom.bootstrap-api-key:}") String bootstrap) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.bootstrap = bootstrap.strip();
    }

    /**
     * A new key.
     *
     * @param secret the key itself; it cannot be shown again
     */
    public record Made(ApiKey key, String secret) {
        /** Never shows the key. */
        @Override
        public String toString() {
            return "Made[key=" + key + "]";
        }
    }

    /** Makes the administrator's key that the operator named, at the first start. */
    @Override
    public void afterSingletonsInstantiated() {
        if (bootstrap.isEmpty()) {
            return;
        }
        if (bootstrap.length() < SHORTEST || bootstrap.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("POSTROOM_BOOTSTRAP_API_KEY must have at least " + SHORTEST
                    + " characters, without spaces; make one with: openssl rand -hex 24");
        }
        boolean made = database.read(sql -> sql.fetchExists(API_KEY, API_KEY.NAME.eq(BOOTSTRAP)));
        if (!made && find(bootstrap).isEmpty()) {
            store(BOOTSTRAP, Role.ADMINISTRATOR, bootstrap);
        }
    }

    /** Makes a key. */
    public Made create(String name, Role role) {
        String secret = "prm_" + Hashes.randomWord();
        return new Made(store(name, role, secret), secret);
    }

    private ApiKey store(String name, Role role, String secret) {
        ApiKey key = new ApiKey(ids.next(), name, role, clock.instant(), null);
        database.write(sql -> sql.insertInto(API_KEY)
                .set(API_KEY.ID, key.id())
                .set(API_KEY.NAME, name)
                .set(API_KEY.KEY_HASH, Hashes.of(secret))
                .set(API_KEY.ROLE, role.name())
                .set(API_KEY.CREATED_AT, key.createdAt())
                .execute());
        return key;
    }

    /** The key with this secret. */
    public Optional<ApiKey> find(String secret) {
        return database.read(sql -> sql.fetchOptional(API_KEY, API_KEY.KEY_HASH.eq(Hashes.of(secret))))
                .map(ApiKeys::key);
    }

    /** The key with this secret, which is being used. */
    Optional<ApiKey> use(String secret) {
        Optional<ApiKey> found = find(secret);
        Instant now = clock.instant();
        found.filter(key -> key.usedAt() == null
                        || key.usedAt().plus(USE_NOTED_EVERY).isBefore(now))
                .ifPresent(key -> note(key, now));
        return found;
    }

    /** A key stays good when its use cannot be noted, such as on a full disk: what it asks for may only read. */
    private void note(ApiKey key, Instant now) {
        try {
            database.write(sql -> sql.update(API_KEY)
                    .set(API_KEY.USED_AT, now)
                    .where(API_KEY.ID.eq(key.id()))
                    .execute());
        } catch (StoreException e) {
            log.warn("The use of API key {} could not be noted: {}", key.id(), e.getMessage());
        }
    }

    /**
     * A page of keys, oldest first.
     *
     * @param after the last id of the page before, or null
     */
    public List<ApiKey> page(@Nullable String after, int size) {
        return database.read(sql -> sql.selectFrom(API_KEY)
                        .where(API_KEY.ID.gt(Objects.requireNonNullElse(after, "")))
                        .orderBy(API_KEY.ID)
                        .limit(size)
                        .fetch())
                .map(ApiKeys::key);
    }

    /** Takes a key back; false if there is none. */
    public boolean delete(String id) {
        return database.write(
                        sql -> sql.deleteFrom(API_KEY).where(API_KEY.ID.eq(id)).execute())
                == 1;
    }

    private static ApiKey key(ApiKeyRecord row) {
        return new ApiKey(row.getId(), row.getName(), Role.valueOf(row.getRole()), row.getCreatedAt(), row.getUsedAt());
    }
}
