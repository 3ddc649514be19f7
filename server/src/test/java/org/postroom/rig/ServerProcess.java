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
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server under {@code rig/guard}: it ends with {@link #stop}, or by itself when this JVM dies.
 * One thread at a time.
 */
final class ServerProcess {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
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
        List<String> guarded = Stream.concat(
                        Stream.of(RigFolder.templates().resolve("guard").toString()), command.stream())
                .toList();
        Process process = new ProcessBuilder(guarded)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        ServerProcess server = new ServerProcess(name, log, process);
        try {
            server.awaitGreeting(port, greeting);
        } catch (IOException | RuntimeException e) {
            server.stop();
            throw e;
        }
        return server;
    }

    private void awaitGreeting(int port, String greeting) throws IOException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!greets(port, greeting)) {
            if (!guard.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("%s did not start; its log %s says:%n%s".formatted(name, log, logTail()));
            }
            sleep();
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

    private static void sleep() {
        try {
            Thread.sleep(POLL);
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
