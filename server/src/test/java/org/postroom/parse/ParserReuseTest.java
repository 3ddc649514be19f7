package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.postroom.mail.ParsedMessage;
import org.postroom.rig.MixedMail;

/** One parser for many messages keeps its arrays; nothing of a message may show in the next. */
class ParserReuseTest {
    private static final int MIXED = 60;

    private static List<byte[]> mails() throws IOException {
        List<byte[]> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/parse"))) {
            files.filter(f -> f.toString().endsWith(".eml")).sorted().forEach(f -> mails.add(bytes(f)));
        }
        MixedMail mixed = new MixedMail(20_261_123L, "support@contoso.test");
        for (int i = 0; i < MIXED; i++) {
            mails.add(mixed.next().bytes());
        }
        Collections.shuffle(mails, new Random(7));
        return mails;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void asIfEachHadItsOwn() throws IOException {
        MessageParser one = new MessageParser();
        List<byte[]> mails = mails();
        assertThat(mails).hasSizeGreaterThan(MIXED);
        for (byte[] mail : mails) {
            assertThat(one.parse(mail)).isEqualTo(new MessageParser().parse(mail));
        }
    }

    @Test
    void inSeveralThreadsAtOnce() throws IOException, InterruptedException, ExecutionException {
        MessageParser one = new MessageParser();
        List<byte[]> mails = mails();
        List<ParsedMessage> expected =
                mails.stream().map(new MessageParser()::parse).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<ParsedMessage>>> found = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                found.add(threads.submit(() -> mails.stream().map(one::parse).toList()));
            }
            for (Future<List<ParsedMessage>> each : found) {
                assertThat(each.get()).isEqualTo(expected);
            }
        }
    }
}
