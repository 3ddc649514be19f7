package org.postroom.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Opens the database that was asked for and brings its schema up to date. Close it last of all. */
public final class Databases implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Databases.class);
    private static final Duration BUSY = Duration.ofSeconds(30);

    private final Database database;
    private final DataSource jobs;
    private final List<AutoCloseable> open;

    private Databases(Database database, DataSource jobs, List<AutoCloseable> open) {
        this.database = database;
        this.jobs = jobs;
        this.open = open;
    }

    /**
     * Opens SQLite in the folder, or PostgreSQL if the settings name one.
     *
     * @throws StoreException if it cannot be reached or migrated, in words
     */
    public static Databases open(StoreSettings settings, Path folder) {
        try {
            return settings.postgres() ? postgres(settings) : sqlite(folder.resolve("postroom.db"));
        } catch (SQLException e) {
            throw StoreException.named(new StoreException("The database cannot be opened: " + e.getMessage(), e));
        } catch (FlywayException e) {
            throw StoreException.named(
                    new StoreException("The database's schema cannot be brought up to date: " + e.getMessage(), e));
        }
    }

    private static Databases sqlite(Path file) throws SQLException {
        List<AutoCloseable> open = new ArrayList<>();
        SQLiteDataSource writing = sqliteSource(file);
        migrate(writing, Map.of("blob", "blob", "timestamp", "timestamp"));
        ReentrantLock turn = new ReentrantLock(true);
        HikariDataSource readers = pool(sqliteSource(file), "sqlite-read", 8, "pragma query_only = true");
        open.add(readers);
        SqliteDatabase database = new SqliteDatabase(readers, writing.getConnection(), turn).start();
        open.add(database);
        HikariDataSource jobs = pool(writing, "sqlite-jobs", 4, null);
        open.add(jobs);
        log.info("Database: SQLite {}", file);
        return new Databases(database, new TurnTakingDataSource(jobs, turn), open);
    }

    private static SQLiteDataSource sqliteSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(Math.toIntExact(BUSY.toMillis()));
        config.setCacheSize(-16_000);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Databases postgres(StoreSettings settings) {
        List<AutoCloseable> open = new ArrayList<>();
        HikariDataSource pool = postgresPool(settings, "postgres", 16, Duration.ofSeconds(10));
        open.add(pool);
        migrate(pool, Map.of("blob", "bytea", "timestamp", "timestamp with time zone"));
        HikariDataSource locks = postgresPool(settings, "postgres-locks", 6, Duration.ofMinutes(2));
        open.add(locks);
        log.info("Database: PostgreSQL");
        return new Databases(new PostgresDatabase(pool, locks), pool, open);
    }

    private static HikariDataSource postgresPool(StoreSettings settings, String name, int size, Duration patience) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Objects.requireNonNull(settings.databaseUrl()));
        config.setUsername(settings.databaseUsername());
        config.setPassword(settings.databasePassword());
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(patience.toMillis());
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "postroom");
        config.addDataSourceProperty("socketTimeout", "120");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            throw new StoreException(
                    "PostgreSQL cannot be reached by POSTROOM_DATABASE_URL: "
                            + rootCause(e).getMessage(),
                    e);
        }
    }

    private static Throwable rootCause(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    private static HikariDataSource pool(DataSource source, String name, int size, @Nullable String first) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionInitSql(first);
        return new HikariDataSource(config);
    }

    private static void migrate(DataSource source, Map<String, String> types) {
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .placeholders(types)
                .validateMigrationNaming(true)
                .load()
                .migrate();
    }

    /** The database. */
    public Database database() {
        return database;
    }

    /** Connections for the job scheduler, which brings its own statements. */
    public DataSource jobs() {
        return jobs;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }
}
