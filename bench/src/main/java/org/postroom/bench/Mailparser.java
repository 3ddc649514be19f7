package org.postroom.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** nodemailer's mailparser in a process of its own, which has the mails in memory too. For one thread. */
final class Mailparser implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    Mailparser(Path node, Path mails) throws IOException {
        process = new ProcessBuilder("node", node.resolve("measure.mjs").toString(), mails.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answer();
    }

    /** The time for the mails from the one place to before the other. */
    double seconds(int from, int to) throws IOException {
        questions.write(from + " " + to + "\n");
        questions.flush();
        return Double.parseDouble(answer().split(" ")[0]);
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("mailparser ended; run npm ci in its folder first");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
