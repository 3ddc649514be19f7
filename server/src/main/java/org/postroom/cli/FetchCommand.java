package org.postroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.mailbox.Mailbox.SourceMessage;
import org.postroom.mailbox.Mailboxes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code postroom fetch}: every message of a mailbox, once, byte for byte, into a folder. Changes nothing on the server. */
@Command(
        name = "fetch",
        mixinStandardHelpOptions = true,
        description = {
            "Write every message of a mailbox to DIR/<uid>.eml, byte for byte.",
            "The secret comes from POSTROOM_PASSWORD or POSTROOM_ACCESS_TOKEN."
        })
final class FetchCommand implements Callable<Integer> {
    private static final int BATCH = 500;

    @Parameters(paramLabel = "URL", description = "imap[s]://user@host[:port][/folder]")
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private String url;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to write; made if need be.")
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private Path to;

    @Option(names = "--json", description = "Print count, bytes and seconds as JSON.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        MailboxUrl address;
        try {
            address = MailboxUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        @Nullable String token = System.getenv("POSTROOM_ACCESS_TOKEN");
        @Nullable String password = System.getenv("POSTROOM_PASSWORD");
        if (token == null && password == null) {
            throw new ParameterException(
                    spec.commandLine(), "no secret: set POSTROOM_PASSWORD or POSTROOM_ACCESS_TOKEN in the environment");
        }
        Files.createDirectories(to);
        long start = System.nanoTime();
        Writer writer = new Writer(to, spec);
        GivenMailbox given = new GivenMailbox(address, password, token);
        Mailboxes mailboxes = Mailboxes.over(GivenMailbox.dialer(System.getenv()), given.mailboxSecrets());
        try (Mailbox mailbox = mailboxes.open(given.channel())) {
            Cursor cursor = mailbox.start();
            for (Cursor next = mailbox.read(cursor, BATCH, writer);
                    !next.equals(cursor);
                    next = mailbox.read(cursor, BATCH, writer)) {
                cursor = next;
                if (!json && System.console() != null) {
                    spec.commandLine()
                            .getErr()
                            .print("\r" + writer.count + " of " + mailbox.messageCount() + " messages");
                    spec.commandLine().getErr().flush();
                }
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        String seconds = String.format(java.util.Locale.ROOT, "%.3f", took.toMillis() / 1000.0);
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? "{\"count\": " + writer.count + ", \"bytes\": " + writer.bytes + ", \"seconds\": "
                                        + seconds + "}"
                                : writer.count + " messages, " + writer.bytes + " bytes, " + seconds + " s");
        return writer.missing == 0 ? 0 : 1;
    }

    /** Streams messages to files; a file has its name only once it is whole. */
    private static final class Writer implements Mailbox.MessageTaker<Path> {
        private final Path folder;
        private final CommandSpec spec;
        private long count;
        private long bytes;
        private int missing;

        Writer(Path folder, CommandSpec spec) {
            this.folder = folder;
            this.spec = spec;
        }

        @Override
        public long largest() {
            return Long.MAX_VALUE;
        }

        @Override
        public Path take(InputStream raw) throws IOException {
            Path file = folder.resolve(".incoming");
            bytes += Files.copy(raw, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }

        @Override
        public void message(SourceMessage source, Path taken) throws IOException {
            String uid = source.sourceId().substring(source.sourceId().indexOf(':') + 1);
            Files.move(taken, folder.resolve(uid + ".eml"), StandardCopyOption.REPLACE_EXISTING);
            count++;
        }

        @Override
        public void unavailable(SourceMessage source, String why) {
            missing++;
            spec.commandLine().getErr().println("Message " + source.sourceId() + ": " + why);
        }
    }
}
