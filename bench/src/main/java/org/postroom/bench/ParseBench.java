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
 * only reads every part, and nodemailer's mailparser; the same mails from memory, one thread each, in turn, in one run.
 */
public final class ParseBench {
    private static final int MAILS = 10_000;
    private static final int WARM_UP = 3_000;
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
        Path folder = args.length > 1 ? Path.of(args[1]) : generated();
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
            int warm = Math.min(WARM_UP, mails.size());
            for (int round = 0; round < 2; round++) {
                seconds(mails.subList(0, warm), postroom);
                seconds(mails.subList(0, warm), angus);
                mailparser.seconds(Math.min(1_000, warm));
            }
            List<Double> toAngus = new ArrayList<>();
            List<Double> toMailparser = new ArrayList<>();
            for (int round = 1; round <= ROUNDS; round++) {
                double ours = seconds(mails, postroom);
                double theirs = seconds(mails, angus);
                double nodes = mailparser.seconds(mails.size());
                toAngus.add(theirs / ours);
                toMailparser.add(nodes / ours);
                System.out.printf(
                        Locale.ROOT,
                        "round %d: Postroom %.0f/s (%.0f MB/s), Angus %.0f/s, mailparser %.0f/s, ratios %.2f and %.2f%n",
                        round,
                        mails.size() / ours,
                        megabytes / ours,
                        mails.size() / theirs,
                        mails.size() / nodes,
                        toAngus.getLast(),
                        toMailparser.getLast());
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

    private static double seconds(List<byte[]> mails, Reader reader) throws IOException, MessagingException {
        System.gc();
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
