package org.postroom.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.PostroomServer;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.Channels;
import org.postroom.rig.MixedMail;
import org.postroom.rig.RealServers;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** 5,000 mails from Dovecot while somebody pulls the plug ten times: all there, none twice. */
@Tag("server")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NothingLostNothingTwiceTest {
    private static final int MAILS = 5_000;
    private static final int KILLS = 10;
    private static final long SEED = 20_261_122L;
    /** For the three together, which share the machine. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String ADDRESS = "support@contoso.test";

    @TempDir
    private static Path work;

    private RealServers servers;
    private PackagedPostroom program;
    private final ExecutorService cases = Executors.newFixedThreadPool(3);
    private Future<Void> sqlite;
    private Future<Void> postgres;
    private Future<Void> killedPostgres;
    private final Set<String> expected = new HashSet<>();

    @BeforeAll
    void fillTheMailbox() throws Exception {
        program = PackagedPostroom.prepare(Files.createDirectory(work.resolve("program")));
        Path rig = Files.createDirectory(work.resolve("rig"));
        servers = RealServers.start(rig);
        servers.addUser(ADDRESS, "secret");
        List<MixedMail.Sample> samples = MixedMail.samples(SEED, ADDRESS, MAILS);
        samples.forEach(sample -> expected.add(sample.messageId()));
        servers.deliverAll(
                ADDRESS, samples.stream().map(MixedMail.Sample::bytes).iterator());
        assertThat(expected).hasSize(MAILS);
        // Side by side: each waits most of its time for a process to start or a disk to flush.
        sqlite = cases.submit(this::onSqlite);
        postgres = cases.submit(this::onPostgres);
        killedPostgres = cases.submit(this::onKilledPostgres);
    }

    @AfterAll
    void stop() throws Exception {
        cases.shutdownNow();
        assertThat(cases.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        servers.close();
    }

    @Test
    void onSqliteWhilePostroomIsKilled() {
        assertThat(sqlite).succeedsWithin(LONGEST);
    }

    @Test
    void onPostgresWhilePostroomIsKilled() {
        assertThat(postgres).succeedsWithin(LONGEST);
    }

    @Test
    void onPostgresWhilePostgresIsKilled() {
        assertThat(killedPostgres).succeedsWithin(LONGEST);
    }

    private Void onSqlite() throws Exception {
        Path data = work.resolve("sqlite");
        String url = "jdbc:sqlite:" + data.resolve("postroom.db");
        addChannel(data, Map.of());

        killPostroomTenTimes(data, url, environment(null));

        assertAllThereOnce(url);
        return null;
    }

    private Void onPostgres() throws Exception {
        Path data = work.resolve("with-postgres");
        try (KillablePostgres postgres = new KillablePostgres(work.resolve("pg1"))) {
            String url = postgres.url();
            addChannel(data, settings(url));

            killPostroomTenTimes(data, url, environment(url));

            assertAllThereOnce(url);
        }
        return null;
    }

    private Void onKilledPostgres() throws Exception {
        Path data = work.resolve("with-killed-postgres");
        try (KillablePostgres postgres = new KillablePostgres(work.resolve("pg2"))) {
            String url = postgres.url();
            addChannel(data, settings(url));
            Random random = new Random(SEED);
            try (PostroomProcess postroom = new PostroomProcess(program, data, environment(url))) {
                postroom.start();
                for (int kill = 1; kill <= KILLS; kill++) {
                    awaitCount(url, threshold(kill, random), postroom);
                    Thread.sleep(random.nextInt(200));
                    postgres.kill();
                    postgres.startAgain();
                }
                awaitCount(url, MAILS, postroom);
            }

            assertAllThereOnce(url);
        }
        return null;
    }

    private void killPostroomTenTimes(Path data, String url, Map<String, String> environment) throws Exception {
        Random random = new Random(SEED);
        try (PostroomProcess postroom = new PostroomProcess(program, data, environment)) {
            for (int kill = 1; kill <= KILLS; kill++) {
                postroom.start();
                awaitCount(url, threshold(kill, random), postroom);
                Thread.sleep(random.nextInt(200));
                postroom.kill();
            }
            postroom.start();
            awaitCount(url, MAILS, postroom);
        }
    }

    private static int threshold(int kill, Random random) {
        int step = MAILS / (KILLS + 1);
        return kill * step - random.nextInt(step);
    }

    private void awaitCount(String url, int count, PostroomProcess postroom) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        try (StoredMessages stored = new StoredMessages(url)) {
            while (stored.count() < count) {
                assertThat(System.nanoTime())
                        .as(() -> "progress of " + url + ", " + postroom.lastWords())
                        .isLessThan(end);
                assertThat(postroom.alive())
                        .as(() -> "Postroom runs: " + postroom.lastWords())
                        .isTrue();
                Thread.sleep(30);
            }
        }
    }

    private void assertAllThereOnce(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            Set<String> stored = new HashSet<>();
            int rowsSeen = 0;
            try (var rows = connection.createStatement().executeQuery("select message_id from message")) {
                while (rows.next()) {
                    rowsSeen++;
                    stored.add(rows.getString(1));
                }
            }
            assertThat(rowsSeen).as("messages in the store").isEqualTo(MAILS);
            assertThat(stored).as("each of them once").isEqualTo(expected);
            try (var rows = connection
                    .createStatement()
                    .executeQuery(
                            "select count(*), count(distinct source_id), sum(case when state = 'handled' then 1 else 0"
                                    + " end) from inbound")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(MAILS);
                assertThat(rows.getInt(2)).isEqualTo(MAILS);
                assertThat(rows.getInt(3)).isEqualTo(MAILS);
            }
        }
    }

    private Map<String, String> environment(String url) {
        Map<String, String> environment = new HashMap<>();
        environment.put("POSTROOM_ALLOWED_NETWORKS", "127.0.0.0/8,::1");
        environment.put("POSTROOM_TRUSTED_CA", servers.authorityPem().toString());
        environment.put("POSTROOM_DATABASE_URL", url == null ? "" : url);
        return environment;
    }

    private static Map<String, Object> settings(String url) {
        return Map.of("postroom.store.database-url", url);
    }

    /** One after the other: each is a whole server within this process. */
    private synchronized void addChannel(Path data, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("postroom.store.data", data.toString());
        settings.put("postroom.allowed-networks", "127.0.0.0/8,::1");
        settings.put("postroom.trusted-ca", servers.authorityPem().toString());
        settings.put("server.port", "0");
        try (var context = new SpringApplicationBuilder(PostroomServer.class)
                .initializers(c -> c.getEnvironment()
                        .getPropertySources()
                        .addFirst(new org.springframework.core.env.MapPropertySource("test", settings)))
                .run()) {
            var saved = context.getBean(Channels.class).add(channel());
            assertThat(saved).isInstanceOf(Channels.Saved.Done.class);
        }
    }

    private ChannelInput channel() {
        return new ChannelInput(
                "Support",
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
