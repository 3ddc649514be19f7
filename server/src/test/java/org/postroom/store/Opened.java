package org.postroom.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One SQLite and one PostgreSQL for all tests of this process. */
public final class Opened {
    private Opened() {}

    /** SQLite. */
    public static Database sqlite() {
        return Sqlite.DATABASE;
    }

    /** PostgreSQL. */
    public static Database postgres() {
        return Postgres.DATABASE;
    }

    private static final class Sqlite {
        static final Database DATABASE = open();

        private static Database open() {
            try {
                Path folder = Files.createTempDirectory("postroom-store");
                return Databases.open(new StoreSettings(folder, null, null, null), folder)
                        .database();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Postgres {
        static final Database DATABASE = open();

        private static Database open() {
            try {
                // Closed by its own shutdown hook when the process ends.
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                Path folder = Files.createTempDirectory("postroom-store");
                String url = server.getJdbcUrl("postgres", "postgres");
                return Databases.open(new StoreSettings(folder, url, "postgres", ""), folder)
                        .database();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
