package org.postroom.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulator as a child process. It ends with this process, however this one ends: its standard input closes. */
final class SimulatorProcess implements AutoCloseable {
    private final Process process;
    private final JsonNode endpoints;

    private SimulatorProcess(Process process, JsonNode endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /** The command line of the simulator with these arguments. */
    static List<String> commandLine(List<String> arguments) {
        Path jar = Path.of(
                System.getProperty("postroom.simulator.jar", "simulator/target/postroom-simulator-0.1.0-SNAPSHOT.jar"));
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "The simulator is not built: " + jar + " is missing; start by ./postroom, which builds it");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString()));
        command.addAll(arguments);
        return command;
    }

    /** Starts it and reads where its servers are. */
    static SimulatorProcess start(Path data) throws IOException {
        List<String> command = commandLine(List.of("--data", data.toString(), "--exit-with-stdin"));
        Files.createDirectories(data);
        File log = data.resolve("simulator.log").toFile();
        Process process = new ProcessBuilder(command).redirectError(log).start();
        // Not closed: the reader lives as long as the process.
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith("{")) {
            process.destroy();
            throw new IllegalStateException("The simulator did not start; see " + log);
        }
        return new SimulatorProcess(process, JsonMapper.builder().build().readTree(line));
    }

    /** Where its servers are. */
    JsonNode endpoints() {
        return endpoints;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
