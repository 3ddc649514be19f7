package org.postroom.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the system in a folder of the test's own. */
record Tool(Path folder) {
    /** Runs it; what it says on both streams is part of the complaint if it fails. */
    byte[] run(String... command) {
        try {
            List<String> words = new ArrayList<>(Arrays.asList(command));
            Path out = Files.createTempFile(folder, "out", ".bin");
            Path err = Files.createTempFile(folder, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
            builder.environment().put("GNUPGHOME", folder.toString());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(words + " does not end");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(words + ": " + Files.readString(err));
            }
            return Files.readAllBytes(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path write(String name, String content) {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
