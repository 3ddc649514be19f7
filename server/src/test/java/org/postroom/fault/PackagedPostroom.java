package org.postroom.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The program as it is delivered, with an archive of its classes, so that starting it over and over takes seconds each
 * time. Made in the background; {@link #command()} waits for it.
 */
final class PackagedPostroom {
    private static final String JAR = "postroom-server-0.1.0-SNAPSHOT-exec.jar";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            "-Dspring.aot.enabled=true",
            "--enable-native-access=ALL-UNNAMED");

    private final CompletableFuture<List<String>> command;

    private PackagedPostroom(CompletableFuture<List<String>> command) {
        this.command = command;
    }

    /** Begins to unpack the program that {@code package} has made. */
    static PackagedPostroom prepare(Path work) {
        return new PackagedPostroom(CompletableFuture.supplyAsync(() -> {
            try {
                return unpacked(work);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static List<String> unpacked(Path work) throws IOException {
        Path jar = Path.of("target", JAR).toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IOException("package first: there is no " + jar);
        }
        Path app = work.resolve("app");
        Path archive = work.resolve("postroom.jsa");
        Path log = work.resolve("prepare.log");
        run(log, List.of(JAVA, "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", app.toString()));
        List<String> train = new ArrayList<>(start("-XX:ArchiveClassesAtExit=" + archive, app));
        train.addAll(List.of("train", "--data", work.resolve("trained").toString()));
        run(log, train);
        return start("-XX:SharedArchiveFile=" + archive, app);
    }

    private static List<String> start(String archive, Path app) {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(FLAGS);
        command.addAll(List.of(archive, "-jar", app.resolve(JAR).toString()));
        return command;
    }

    private static void run(Path log, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** What starts the program, without the program's own arguments. */
    List<String> command() {
        return command.join();
    }
}
