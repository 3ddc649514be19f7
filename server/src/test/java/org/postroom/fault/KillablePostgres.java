package org.postroom.fault;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real PostgreSQL that flushes as in production, and can be killed with -9 and started again on the same data. */
final class KillablePostgres implements AutoCloseable {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");

    private final EmbeddedPostgres first;
    private final Path data;
    private final Path log;
    private final String url;

    KillablePostgres(Path data) throws IOException {
        this.data = data;
        this.log = data.resolveSibling(data.getFileName() + ".log");
        this.first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        this.url = first.getJdbcUrl("postgres", "postgres");
    }

    String url() {
        return url;
    }

    /** {@code kill -9} for the server and all its processes. */
    void kill() throws Exception {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        all.addFirst(postmaster);
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            one.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /** Starts it again as it was started before, and waits until it has recovered. */
    void startAgain() throws Exception {
        String options = Files.readString(data.resolve("postmaster.opts")).strip();
        List<String> command = new ArrayList<>();
        // PostgreSQL refuses to run as root: it gets a user namespace of its own, as at its first start.
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(options.substring(0, options.indexOf(' ')));
        Matcher arguments = ARGUMENT.matcher(options);
        while (arguments.find()) {
            command.add(arguments.group(1));
        }
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("PostgreSQL does not come back: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (var connection = DriverManager.getConnection(url)) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        kill();
        first.close();
    }
}
