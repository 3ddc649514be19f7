package org.postroom.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.Channels;
import org.postroom.rig.MixedMail;
import org.postroom.rig.RealServers;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Postroom's intake (fetch, parse, store, thread, durable) against mbsync into a Maildir, on the same Dovecot mailbox of
 * 5,000 mixed mails, in turn, in one run. Postroom is a server that is already running; mbsync is a whole process, as it
 * is always used.
 */
public final class IntakeBench {
    private static final int MAILS = 5_000;
    private static final int ROUNDS = 5;
    private static final long SEED = 20_261_122L;
    private static final String ADDRESS = "bench@contoso.test";

    private final Path work;
    private final RealServers servers;

    private IntakeBench(Path work, RealServers servers) {
        this.work = work;
        this.servers = servers;
    }

    /** Measures and prints; the first argument may be a work folder on the disk to be measured. */
    public static void main(String[] args) throws Exception {
        Path work = args.length > 0 ? Files.createDirectories(Path.of(args[0])) : Files.createTempDirectory("pr-bench");
        Path rig = Files.createDirectories(work.resolve("rig"));
        try (RealServers servers = RealServers.start(rig)) {
            servers.addUser(ADDRESS, "secret");
            List<MixedMail.Sample> samples = MixedMail.samples(SEED, ADDRESS, MAILS);
            long bytes = samples.stream().mapToLong(s -> s.bytes().length).sum();
            servers.deliverAll(
                    ADDRESS, samples.stream().map(MixedMail.Sample::bytes).iterator());
            System.out.printf(
                    Locale.ROOT,
                    "%d mails, %.1f MB, on %d processors%n",
                    MAILS,
                    bytes / 1e6,
                    Runtime.getRuntime().availableProcessors());
            new IntakeBench(work, servers).run();
        }
    }

    private void run() throws Exception {
        List<Double> mbsync = new ArrayList<>();
        List<Double> postroom = new ArrayList<>();
        try (ConfigurableApplicationContext server = start()) {
            postroom(server, "warm-up");
            mbsync("warm-up");
            for (int round = 1; round <= ROUNDS; round++) {
                mbsync.add(MAILS / mbsync("round" + round));
                postroom.add(MAILS / postroom(server, "round" + round));
                System.out.printf(
                        Locale.ROOT,
                        "round %d: mbsync %.0f messages/s, Postroom %.0f messages/s, ratio %.2f%n",
                        round,
                        mbsync.getLast(),
                        postroom.getLast(),
                        postroom.getLast() / mbsync.getLast());
            }
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ratios.add(postroom.get(i) / mbsync.get(i));
        }
        System.out.printf(
                Locale.ROOT,
                "median: mbsync %.0f messages/s, Postroom %.0f messages/s, ratio %.2f (%.2f to %.2f)%n",
                median(mbsync),
                median(postroom),
                median(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private double mbsync(String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("mbsync-" + name));
        Path configuration = folder.resolve("mbsyncrc");
        Files.writeString(
                configuration, """
                IMAPAccount bench
                Host localhost
                Port %d
                User %s
                Pass secret
                SSLType IMAPS
                CertificateFile %s

                IMAPStore far
                Account bench

                MaildirStore near
                Path %s/
                Inbox %s/INBOX
                SubFolders Verbatim

                Channel all
                Far :far:
                Near :near:
                Patterns INBOX
                Create Near
                Sync Pull
                SyncState *
                """.formatted(servers.imapTlsPort(), ADDRESS, servers.authorityPem(), folder, folder));
        long start = System.nanoTime();
        Process process = new ProcessBuilder("mbsync", "-q", "-c", configuration.toString(), "all")
                .inheritIO()
                .start();
        int status = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        try (var files = Files.walk(folder.resolve("INBOX"))) {
            long count = files.filter(f -> Files.isRegularFile(f)
                            && !f.getFileName().toString().startsWith("."))
                    .count();
            if (status != 0 || count < MAILS) {
                throw new IllegalStateException("mbsync ended with " + status + " after " + count + " mails");
            }
        }
        return seconds;
    }

    private ConfigurableApplicationContext start() throws ClassNotFoundException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("postroom.store.data", work.resolve("data").toString());
        settings.put("postroom.allowed-networks", "127.0.0.0/8,::1");
        settings.put("postroom.trusted-ca", servers.authorityPem().toString());
        settings.put("server.port", "0");
        settings.put("logging.level.root", "warn");
        return new SpringApplicationBuilder(Class.forName("org.postroom.PostroomServer"))
                .initializers(
                        c -> c.getEnvironment().getPropertySources().addFirst(new MapPropertySource("bench", settings)))
                .run();
    }

    private double postroom(ConfigurableApplicationContext server, String name)
            throws SQLException, InterruptedException {
        Channels channels = server.getBean(Channels.class);
        long start = System.nanoTime();
        Channels.Saved saved = channels.add(channel(name));
        if (!(saved instanceof Channels.Saved.Done(var channel))) {
            throw new IllegalStateException("the channel was not taken: " + saved);
        }
        String url = "jdbc:sqlite:" + work.resolve("data").resolve("postroom.db");
        long end = start + Duration.ofMinutes(5).toNanos();
        try (Connection connection = DriverManager.getConnection(url)) {
            while (imported(connection, channel.id()) < MAILS || filed(connection, channel.id()) < MAILS) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("not all mails came in time");
                }
                Thread.sleep(50);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        channels.enable(channel.id(), false);
        return seconds;
    }

    /** Asked first, for it is one row. */
    private static int imported(Connection connection, String channel) throws SQLException {
        return count(connection, "select imported from channel_state where channel_id = ?", channel);
    }

    private static int filed(Connection connection, String channel) throws SQLException {
        return count(connection, "select count(*) from inbound where channel_id = ? and state = 'handled'", channel);
    }

    private static int count(Connection connection, String query, String channel) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, channel);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }

    private ChannelInput channel(String name) {
        return new ChannelInput(
                name,
                ADDRESS,
                true,
                null,
                new ChannelInput.AuthenticationInput(
                        "password", ADDRESS, "secret", null, null, null, null, null, null, null, null, null),
                new ChannelInput.IncomingInput(
                        "imap", "localhost", servers.imapTlsPort(), "tls", "INBOX", "keep", "all"),
                new ChannelInput.OutgoingInput("none", null, null, null, null, null, null, null, null),
                null,
                null);
    }
}
