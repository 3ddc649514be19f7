package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresDatabaseTest implements DatabaseContract {
    @Override
    public Database database() {
        return Opened.postgres();
    }

    @Test
    void serverThatCannotBeReachedIsNamed(@TempDir Path folder) {
        StoreSettings settings = new StoreSettings(folder, "jdbc:postgresql://127.0.0.1:1/none", "nobody", "s3cret!");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> Databases.open(settings, folder))
                .withMessageContaining("POSTROOM_DATABASE_URL")
                .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage())
                        .doesNotContain("s3cret!"));
    }
}
