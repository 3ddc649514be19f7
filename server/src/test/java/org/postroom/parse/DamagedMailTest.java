package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.mail.ParsedMessage;

/** Our fixtures cut and changed at random places, from fixed seeds. */
class DamagedMailTest {
    private static final int ROUNDS = 60;
    private static final byte[][] PIECES = Stream.of(
                    "\r\n",
                    "\n",
                    "\r",
                    "--",
                    "=?",
                    "?=",
                    "\"",
                    "<",
                    ">",
                    ";",
                    ":",
                    "\0",
                    "=",
                    "\r\n\r\n",
                    "\r\n--",
                    "&#",
                    "<b>",
                    "@",
                    "(",
                    "\uFFFD")
            .map(p -> p.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);

    static List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/parse"))) {
            return files.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isReadWhateverHappenedToIt(Path mail) throws IOException {
        byte[] whole = Files.readAllBytes(mail);
        for (int seed = 0; seed < ROUNDS; seed++) {
            byte[] damaged = damage(whole, new Random(seed));
            long start = System.nanoTime();

            ParsedMessage message = Mails.parse(damaged);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d", seed)
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(message.size()).as("seed %d", seed).isEqualTo(damaged.length);
            assertThat(message.problems())
                    .as("seed %d", seed)
                    .noneMatch(p -> p.contains("Exception") || p.contains("Index") || p.contains("null"));
            assertThat(message.attachments())
                    .as("seed %d", seed)
                    .allMatch(a -> !a.name().isBlank() && !a.name().contains("/"));
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(whole, random.nextInt(whole.length));
            case 1 -> Arrays.copyOfRange(whole, random.nextInt(whole.length), whole.length);
            case 2 -> changed(whole, random);
            default -> inserted(whole, random);
        };
    }

    /** One byte of a hundred. */
    private static byte[] changed(byte[] whole, Random random) {
        byte[] copy = whole.clone();
        for (int i = 0; i < copy.length / 100 + 1; i++) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static byte[] inserted(byte[] whole, Random random) {
        byte[] copy = whole;
        for (int i = 0; i < 20; i++) {
            byte[] piece = PIECES[random.nextInt(PIECES.length)];
            int at = random.nextInt(copy.length);
            byte[] longer = Arrays.copyOf(copy, copy.length + piece.length);
            System.arraycopy(piece, 0, longer, at, piece.length);
            System.arraycopy(copy, at, longer, at + piece.length, copy.length - at);
            copy = longer;
        }
        return copy;
    }
}
