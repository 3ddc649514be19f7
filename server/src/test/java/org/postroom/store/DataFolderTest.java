package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFolderTest {
    @TempDir
    Path work;

    @Test
    void secondPostroomIsRefusedInOneLine() {
        Path folder = work.resolve("data");
        try (DataFolder first = DataFolder.open(folder)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> DataFolder.open(folder))
                    .satisfies(e -> assertThat(e.getMessage())
                            .contains("Another Postroom")
                            .contains("process " + ProcessHandle.current().pid())
                            .contains(first.path().toString())
                            .contains("--data")
                            .doesNotContain("\n"));
        }
    }

    @Test
    void nodeKeepsItsNameAndTheLockEnds() {
        String name;
        try (DataFolder first = DataFolder.open(work.resolve("data"))) {
            name = first.nodeId();
        }
        try (DataFolder again = DataFolder.open(work.resolve("data"))) {
            assertThat(again.nodeId()).isEqualTo(name).startsWith("node-");
        }
    }

    @Test
    void madeFolderIsForItsOwnerOnly() throws IOException {
        try (DataFolder made = DataFolder.open(work.resolve("a/b"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void fileInItsPlaceIsNamed() throws IOException {
        Path file = Files.writeString(work.resolve("data"), "x");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> DataFolder.open(file))
                .withMessageContaining("is a file, not a folder");
    }

    @Test
    void folderThatCannotBeMadeIsNamed() {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> DataFolder.open(Path.of("/proc/postroom-data")))
                .withMessageContaining("/proc/postroom-data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[SQLITE_FULL] Insertion failed because database is full (database or disk is full) | disk with the data folder is full",
                "/data/raw/incoming/1: No space left on device | disk with the data folder is full",
                "[SQLITE_READONLY] Attempt to write a readonly database | read-only",
                "/data/postroom.lock: Read-only file system | read-only",
                "/data/x: Disk quota exceeded | quota",
            })
    void wordsOfSystemAndDatabaseAreTranslated(String message, String words) {
        RuntimeException named = StoreException.named(new IllegalStateException("outer", new IOException(message)));

        assertThat(named).isInstanceOf(StoreException.class).hasMessageContaining(words);
    }

    @Test
    void otherFailuresPassUnchanged() {
        RuntimeException other = new IllegalStateException("something else");

        assertThat(StoreException.named(other)).isSameAs(other);
        assertThat(StoreException.words("something else")).isNull();
    }
}
