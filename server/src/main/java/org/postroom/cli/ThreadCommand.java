package org.postroom.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Clues;
import org.postroom.conversation.Grouping;
import org.postroom.mail.Address;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.Headers;
import org.postroom.parse.MessageParser;
import org.postroom.parse.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code postroom thread}: which mails are one conversation, by the server's own rules as far as they need no store. Mails
 * are parsed in parallel; only their ids and addresses stay in memory.
 */
@Command(
        name = "thread",
        mixinStandardHelpOptions = true,
        description = "Puts mails into conversations, one JSON object per conversation per line, in the order given.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every mail was read", "1:a file could not be read", "2:wrong usage, or a path is missing"})
public final class ThreadCommand implements Callable<Integer> {
    private static final int AHEAD = 8;
    private static final int LONGEST_THREAD_ID = 100;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Mails parsed at the same time; default: one per processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "The mailbox's own address, which takes part in everything; may be repeated. Default: the"
                    + " address that nearly all mails went to or came from, if there is one.")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--json", description = "Taken as by other commands; the output is always JSON.")
    @SuppressWarnings("UnusedVariable") // there is nothing to switch
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders (all files below).")
    private List<String> paths = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    private final MessageParser parser = new MessageParser();
    private final OutputStream standardOutput;
    private final Deque<Future<Read>> waiting = new ArrayDeque<>();
    private final List<String> files = new ArrayList<>();
    private final List<Clues> clues = new ArrayList<>();
    private final MailboxOwner owner = new MailboxOwner();
    private boolean failed;

    /** What came of a file. */
    private sealed interface Read {
        record Mail(String file, Clues clues, Set<String> from, Set<String> to, boolean ofList) implements Read {}

        record Failure(String file, String why) implements Read {}
    }

    /** On the process's own streams. */
    public ThreadCommand() {
        this(System.out);
    }

    ThreadCommand(OutputStream standardOutput) {
        this.standardOutput = standardOutput;
    }

    @Override
    public Integer call() throws IOException {
        if (jobs < 1) {
            error("--jobs must be at least 1, not " + jobs);
            return 2;
        }
        for (String path : paths) {
            if (!Files.exists(Path.of(path))) {
                error("no such file or folder: " + path);
                return 2;
            }
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
            for (String path : paths) {
                MailPaths.visit(
                        Path.of(path), file -> read(pool, file), (folder, e) -> complain(folder + "", Words.of(e)));
            }
            takeDownTo(0);
        }
        print(grouped());
        return failed ? 1 : 0;
    }

    private void read(ExecutorService pool, Path file) {
        takeDownTo(jobs * AHEAD - 1);
        waiting.add(pool.submit(() -> read(file)));
    }

    private Read read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Reading reading = parser.read(in);
            ParsedMessage message = reading.message();
            Set<String> from = keys(message.from(), message.sender());
            Set<String> to = keys(message.to(), message.cc());
            boolean list = reading.headers().has("list-id") || reading.headers().has("list-post");
            return new Read.Mail(
                    file.toString(), Clues.of(message, providerThread(reading.headers()), Set.of()), from, to, list);
        } catch (IOException e) {
            return new Read.Failure(file.toString(), Words.of(e));
        }
    }

    /** Google's name for the thread, as its exports write it into the header. */
    private static @Nullable String providerThread(Headers headers) {
        String id = headers.get("x-gm-thrid");
        return id.isEmpty() || id.length() > LONGEST_THREAD_ID ? null : "google:" + id;
    }

    @SafeVarargs
    private static Set<String> keys(List<Address>... some) {
        return Stream.of(some)
                .flatMap(List::stream)
                .filter(one -> Address.plausible(one.address()))
                .map(Address::key)
                .limit(200)
                .collect(Collectors.toSet());
    }

    private void takeDownTo(int left) {
        while (waiting.size() > left) {
            switch (result(waiting.remove())) {
                case Read.Mail mail -> {
                    files.add(mail.file());
                    clues.add(mail.clues());
                    if (!mail.ofList()) {
                        owner.note(mail.from(), mail.to());
                    }
                }
                case Read.Failure(String file, String why) -> complain(file, why);
            }
        }
    }

    private static Read result(Future<Read> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private Grouping grouped() {
        Set<String> own = new HashSet<>();
        addresses.forEach(one -> own.add(one.strip().toLowerCase(Locale.ROOT)));
        Set<String> mailbox = own.isEmpty() ? owner.addresses() : own;
        Grouping grouping = new Grouping();
        clues.forEach(one -> grouping.add(one, mailbox));
        return grouping;
    }

    private void print(Grouping grouping) throws IOException {
        JsonFactory factory = new JsonFactory();
        OutputStream out = new BufferedOutputStream(standardOutput, 1 << 16);
        int number = 0;
        for (List<Integer> conversation : grouping.conversations()) {
            try (JsonGenerator line = factory.createGenerator(ObjectWriteContext.empty(), new Uncloseable(out))) {
                line.writeStartObject();
                line.writeNumberProperty("conversation", ++number);
                line.writeArrayPropertyStart("messages");
                conversation.forEach(message -> line.writeString(files.get(message)));
                line.writeEndArray();
                line.writeEndObject();
            }
            out.write('\n');
        }
        out.flush();
    }

    /** Stays open when a line is done. */
    private static final class Uncloseable extends java.io.FilterOutputStream {
        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            // Its owner closes it.
        }
    }

    private void complain(String file, String why) {
        failed = true;
        error("cannot read " + file + ": " + why);
    }

    private void error(String line) {
        if (spec != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("postroom thread: " + line);
            err.flush();
        } else {
            System.err.println("postroom thread: " + line);
        }
    }
}
