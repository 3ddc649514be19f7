package org.postroom.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program run to its end. */
final class Command {

    private Command() {}

    /** Runs a program in {@code folder}; its output, or IllegalStateException with the output when it fails. */
    static String run(Path folder, String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int result = process.waitFor();
            if (result != 0) {
                throw new IllegalStateException("%s ended with %d: %s".formatted(List.of(command), result, output));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while running " + command[0], e);
        }
        return output;
    }

    /** The full path of a program, or IllegalStateException that names the Debian package to install. */
    static Path find(String program, String debianPackage) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin";
        for (String folder : path.split(":")) {
            Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("%s is missing: apt-get install %s".formatted(program, debianPackage));
    }
}
