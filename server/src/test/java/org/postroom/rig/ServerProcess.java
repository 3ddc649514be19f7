package org.postroom.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server under {@code rig/guard}: it ends with {@link #stop}, or by itself when this JVM dies.
 * One thread at a time.
 */
final class ServerProcess {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL_LONG = Duration.ofMillis(250);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(20);

    private final String name;
    private final Path log;
    private final Process guard;

    private ServerProcess(String name, Path log, Process guard) {
        this.name = name;
        this.log = log;
        this.guard = guard;
    }

    /** Starts a server; blocks until it greets with {@code greeting} on {@code port} of loopback. */
    static ServerProcess start(String name, Path log, int port, String greeting, List<String> command)
            throws IOException {
        return start(name, log, Map.of(), command).await(() -> greets(port, greeting), START_TIMEOUT, POLL);
    }

    /** Starts a server that takes its time; blocks until {@code ready}, asked a few times a second. */
    static ServerProcess start(
            String name,
            Path log,
            Map<String, String> environment,
            List<String> command,
            BooleanSupplier ready,
            Duration timeout)
            throws IOException {
        return start(name, log, environment, command).await(ready, timeout, POLL_LONG);
    }

    private static ServerProcess start(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        List<String> guarded = Stream.concat(
                        Stream.of(RigFolder.templates().resolve("guard").toString()), command.stream())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ServerProcess(name, log, builder.start());
    }

    private ServerProcess await(BooleanSupplier ready, Duration timeout, Duration poll) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!ready.getAsBoolean()) {
                if (!guard.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("%s did not start; its log %s says:%n%s".formatted(name, log, logTail()));
                }
                sleep(poll);
            }
            return this;
        } catch (IOException | RuntimeException e) {
            stop();
            throw e;
        }
    }

    private static boolean greets(int port, String greeting) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(2000);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line != null && line.startsWith(greeting);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a server starts", e);
        }
    }

    /** Ends the server and every process it started; blocks until they are gone. */
    void stop() {
        List<ProcessHandle> family = guard.descendants().toList();
        try {
            guard.getOutputStream().close();
        } catch (IOException alreadyGone) {
            guard.destroy();
        }
        try {
            if (!guard.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                guard.destroyForcibly();
            }
        } catch (InterruptedException e) {
            guard.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    private String logTail() throws IOException {
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
