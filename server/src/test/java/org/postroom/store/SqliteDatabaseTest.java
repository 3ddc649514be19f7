package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest implements DatabaseContract {
    @Override
    public Database database() {
        return Opened.sqlite();
    }

    @Test
    void everyCommitReachesTheDisk() {
        assertThat(pragma("synchronous")).isEqualTo("2");
        assertThat(pragma("journal_mode")).isEqualTo("wal");
    }

    private String pragma(String name) {
        return database().write(sql -> String.valueOf(sql.fetchValue("pragma " + name)));
    }

    @Test
    void readingConnectionsCannotWrite() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> database().read(sql -> DatabaseContract.put(sql, DatabaseContract.word())));
    }

    @Test
    void closedDatabaseSaysSoAndKeepsWhatWasWritten(@TempDir Path folder) throws Exception {
        StoreSettings settings = new StoreSettings(folder, null, null, null);
        Databases first = Databases.open(settings, folder);
        first.database().write(sql -> DatabaseContract.put(sql, "kept"));
        first.close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> first.database().write(sql -> DatabaseContract.put(sql, "late")))
                .withMessageContaining("closed");
        try (Databases again = Databases.open(settings, folder)) {
            int kept = again.database().read(sql -> sql.fetchCount(org.postroom.store.tables.Tables.SETTING));
            assertThat(kept).isOne();
        }
    }
}
