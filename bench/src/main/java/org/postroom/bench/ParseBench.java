package org.postroom.bench;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;
import org.postroom.parse.MessageParser;
import org.postroom.rig.MixedMail;

/**
 * Understanding mail: Postroom, everything included (decode, sanitise, new text, classification), against Angus Mail that
 * only reads every part, and nodemailer's mailparser; the same mails from memory, one thread each, in one run. They take
 * turns every few hundred mails, in every order, so that what else the machine does meets all three alike.
 */
public final class ParseBench {
    private static final int MAILS = 10_000;
    private static final int TURN = 250;
    private static final int WARM_UP = 2;

    /** Who follows whom, so that nobody always meets what another has just left in caches or still does beside. */
    private static final List<String> ORDERS = List.of("PAM", "MAP", "AMP", "PMA", "MPA", "APM");

    private static final int ROUNDS = 5;
    private static final long SEED = 20_261_122L;

    private ParseBench() {}

    /** A way to read all mails once, telling how many characters or bytes came out so that none is optimised away. */
    private interface Reader {
        long read(byte[] mail) throws IOException, MessagingException;
    }

    /** Measures and prints; arguments: the folder of {@code measure.mjs}, and optionally a folder of mails of one's own. */
    public static void main(String[] args) throws Exception {
        Path node = Path.of(args[0]);
        if (args.length > 1) {
            measure(node, Path.of(args[1]));
            return;
        }
        Path folder = generated();
        try {
            measure(node, folder);
        } finally {
            delete(folder);
        }
    }

    private static void measure(Path node, Path folder) throws Exception {
        List<byte[]> mails = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".eml")).sorted().toList()) {
                mails.add(Files.readAllBytes(file));
            }
        }
        double megabytes = mails.stream().mapToLong(m -> m.length).sum() / 1e6;
        System.out.printf(Locale.ROOT, "%d mails, %.1f MB%n", mails.size(), megabytes);
        MessageParser parser = new MessageParser();
        Reader postroom = mail -> parser.parse(mail).text().length();
        Session session = Session.getInstance(new Properties());
        Reader angus = mail -> drain(new MimeMessage(session, new ByteArrayInputStream(mail)));
        try (Mailparser mailparser = new Mailparser(node, folder)) {
            List<Double> toAngus = new ArrayList<>();
            List<Double> toMailparser = new ArrayList<>();
            for (int round = 1 - WARM_UP; round <= ROUNDS; round++) {
                double ours = 0;
                double theirs = 0;
                double nodes = 0;
                for (int from = 0; from < mails.size(); from += TURN) {
                    int to = Math.min(from + TURN, mails.size());
                    for (char reader : ORDERS.get(from / TURN % ORDERS.size()).toCharArray()) {
                        switch (reader) {
                            case 'P' -> ours += seconds(mails.subList(from, to), postroom);
                            case 'A' -> theirs += seconds(mails.subList(from, to), angus);
                            default -> nodes += mailparser.seconds(from, to);
                        }
                    }
                }
                if (round > 0) {
                    toAngus.add(theirs / ours);
                    toMailparser.add(nodes / ours);
                }
                System.out.printf(
                        Locale.ROOT,
                        "%s: Postroom %.0f/s (%.0f MB/s), Angus %.0f/s, mailparser %.0f/s, ratios %.2f and %.2f%n",
                        round > 0 ? "round " + round : "warm-up",
                        mails.size() / ours,
                        megabytes / ours,
                        mails.size() / theirs,
                        mails.size() / nodes,
                        theirs / ours,
                        nodes / ours);
            }
            print("Angus", toAngus);
            print("mailparser", toMailparser);
        }
    }

    private static void print(String name, List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "as fast as %s: %.2f times (median; %.2f to %.2f)%n",
                name,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }

    private static Path generated() throws IOException {
        Path folder = Files.createTempDirectory("postroom-parse-bench");
        MixedMail mail = new MixedMail(SEED, "support@contoso.test");
        for (int i = 0; i < MAILS; i++) {
            Path file = folder.resolve("%05d.eml".formatted(i));
            Files.write(file, mail.next().bytes());
        }
        return folder;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static double seconds(List<byte[]> mails, Reader reader) throws IOException, MessagingException {
        long start = System.nanoTime();
        long out = 0;
        for (byte[] mail : mails) {
            out += reader.read(mail);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (out == 0) {
            throw new IllegalStateException("nothing was read");
        }
        return seconds;
    }

    /** Every part's content, decoded from its transfer encoding and thrown away. */
    private static long drain(Part part) throws IOException, MessagingException {
        try {
            if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
                long sum = 0;
                for (int i = 0; i < multipart.getCount(); i++) {
                    sum += drain(multipart.getBodyPart(i));
                }
                return sum;
            }
            try (InputStream in = part.getInputStream()) {
                return in.transferTo(OutputStream.nullOutputStream());
            }
        } catch (MessagingException | IOException e) {
            return 0; // damaged for it; what it read until then counts
        }
    }
}
