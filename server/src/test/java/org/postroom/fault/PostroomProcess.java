package org.postroom.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real program in a process of its own, so that it can be killed as an operating system kills. */
final class PostroomProcess implements AutoCloseable {
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private Process process;

    PostroomProcess(PackagedPostroom program, Path data, Map<String, String> environment) {
        this.command = new ArrayList<>(program.command());
        this.command.addAll(List.of("up", "--port", "0", "--data", data.toString()));
        this.environment = environment;
        this.log = data.resolveSibling(data.getFileName() + ".log");
    }

    void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** The end of what it printed, over all its lives. */
    String lastWords() {
        try {
            String all = Files.readString(log);
            return all.substring(Math.max(0, all.length() - 3000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not die");
        }
    }

    /** Nothing stays behind, however the test ended. */
    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
