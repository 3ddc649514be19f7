package org.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.MessageParser;

/**
 * Every file of the given folders as a mail: whole, cut at a hundred random places, and a hundred times with one byte in a
 * hundred changed. Run it with a small heap ({@code -Xmx}): a mail that needs more ends it. Prints the slowest.
 */
public final class DamageRun {
    private static final int TIMES = 100;
    private static final long SEED = 20_261_122L;

    private final MessageParser parser = new MessageParser();
    private long runs;
    private long failures;
    private long slowest;
    private String slowestName = "";

    private DamageRun() {}

    /** Takes folders; leaves with 1 if anything was thrown. */
    public static void main(String[] args) throws IOException {
        DamageRun run = new DamageRun();
        for (String folder : args) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
                for (Path file : all) {
                    run.file(file);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d runs, %d failures, slowest %.3f s (%s), heap at most %d MB%n",
                run.runs,
                run.failures,
                run.slowest / 1e9,
                run.slowestName,
                Runtime.getRuntime().maxMemory() >> 20);
        System.exit(run.failures == 0 ? 0 : 1);
    }

    private void file(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(SEED + file.getFileName().toString().hashCode());
        one(file + " whole", whole);
        for (int i = 0; i < TIMES && whole.length > 0; i++) {
            int at = random.nextInt(whole.length);
            one(file + " cut at " + at, Arrays.copyOf(whole, at));
            byte[] changed = whole.clone();
            for (int k = Math.max(1, whole.length / 100); k > 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            one(file + " changed, number " + i, changed);
        }
    }

    private void one(String name, byte[] mail) {
        long start = System.nanoTime();
        try {
            ParsedMessage message = parser.parse(mail);
            if (message.sha256().length() != 64) {
                throw new IllegalStateException("no digest");
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            failures++;
            System.out.println(name + ": " + e);
            Stream.of(e.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("org.postroom"))
                    .map(StackTraceElement::toString)
                    .distinct()
                    .limit(8)
                    .forEach(frame -> System.out.println("    " + frame));
        }
        long took = System.nanoTime() - start;
        runs++;
        if (took > slowest) {
            slowest = took;
            slowestName = name;
        }
    }
}
