package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRawStoreTest {
    @TempDir
    Path root;

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private long files() throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void keepsTheSameContentOnce() throws IOException {
        try (var store = new FolderRawStore(root)) {
            RawStore.Staged first = store.stage(bytes("hello"), 100);
            RawStore.Staged second = store.stage(bytes("hello"), 100);
            store.flush(List.of(first, second));
            store.flush(List.of(store.stage(bytes("hello"), 100)));

            assertThat(first.sha256()).isEqualTo(second.sha256()).startsWith("2cf24dba5fb0a30e26e83b2ac5b9e29e");
            assertThat(files()).isOne();
            try (InputStream in = store.open(first.sha256())) {
                assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
            }
        }
    }

    @Test
    void keepsEmptyContentToo() throws IOException {
        try (var store = new FolderRawStore(root)) {
            RawStore.Staged empty = store.stage(bytes(""), 100);
            store.flush(List.of(empty));

            assertThat(store.holds(empty.sha256())).isTrue();
            assertThat(empty.size()).isZero();
        }
    }

    @Test
    void whatIsNotFlushedIsNotHeld() throws IOException {
        try (var store = new FolderRawStore(root)) {
            assertThat(store.holds(store.stage(bytes("hello"), 100).sha256())).isFalse();
        }
    }

    @Test
    void tooBigContentLeavesNothing() throws IOException {
        try (var store = new FolderRawStore(root)) {
            assertThatExceptionOfType(RawStore.TooBigException.class).isThrownBy(() -> store.stage(bytes("12345"), 4));
            assertThat(store.stage(bytes("1234"), 4).size()).isEqualTo(4);
            assertThat(files()).isOne();
        }
    }

    @Test
    void brokenSourceLeavesNothing() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
        try (var store = new FolderRawStore(root)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> store.stage(broken, 4))
                    .withMessage("gone");
            assertThat(files()).isZero();
        }
    }

    @Test
    void leftoversOfAnEarlierRunAreRemoved() throws IOException {
        try (var store = new FolderRawStore(root)) {
            store.stage(bytes("half"), 100);
            RawStore.Staged whole = store.stage(bytes("whole"), 100);
            store.flush(List.of(whole));

            try (var next = new FolderRawStore(root)) {
                assertThat(files()).isOne();
                assertThat(next.holds(whole.sha256())).isTrue();
            }
        }
    }

    @Test
    void missingMessageIsNamed() {
        try (var store = new FolderRawStore(root)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.open("0".repeat(64)))
                    .withMessageContaining("0000")
                    .withMessageContaining("missing");
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> store.open("../../etc/passwd"));
        }
    }
}
