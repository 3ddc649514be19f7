package org.postroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.MessageParser;
import org.postroom.parse.ParseLimits;
import org.postroom.secure.GivenKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code postroom parse}: one JSON object per message per line, in the order given, parsed in parallel. At most
 * {@value #AHEAD} messages per job wait to be printed, so memory stays bounded.
 */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = "Reads messages and prints what Postroom understands, one JSON object per message per line.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every message was read", "1:a file could not be read", "2:wrong usage, or a path is missing"
        })
public final class ParseCommand implements Callable<Integer> {
    private static final int AHEAD = 8;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Messages parsed at the same time; default: one per processor.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description =
                    "A file with keys or certificates (PKCS#12, PEM, OpenPGP), by which signatures are checked and"
                            + " encrypted mail is opened; may be given several times. The passphrase comes from"
                            + " POSTROOM_PASSWORD.")
    private List<Path> keyFiles = new ArrayList<>();

    @Option(names = "--json", description = "Taken as by other commands; the output is always JSON.")
    @SuppressWarnings("UnusedVariable") // there is nothing to switch
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, folders (all files below) or - for standard input.")
    private List<String> paths = new ArrayList<>();

    @Spec
    private @Nullable CommandSpec spec;

    private @Nullable GivenKeys keys;
    private final InputStream standardInput;
    private final OutputStream standardOutput;
    private final Deque<Future<Answer>> waiting = new ArrayDeque<>();
    private boolean failed;

    /** A line to print, or why there is none. */
    private sealed interface Answer {
        record Line(byte[] json) implements Answer {}

        record Failure(String file, String why) implements Answer {}
    }

    /** The reader has gone: {@code parse … | head}. */
    private static final class NobodyReads extends RuntimeException {
        private static final long serialVersionUID = 1;

        NobodyReads(IOException cause) {
            super(cause);
        }
    }

    /** On the process's own streams. */
    public ParseCommand() {
        this(System.in, System.out);
    }

    ParseCommand(InputStream standardInput, OutputStream standardOutput) {
        this.standardInput = standardInput;
        this.standardOutput = standardOutput;
    }

    @Override
    public Integer call() {
        if (jobs < 1) {
            error("--jobs must be at least 1, not " + jobs);
            return 2;
        }
        for (String path : paths) {
            if (!path.equals("-") && !Files.exists(Path.of(path))) {
                error("no such file or folder: " + path);
                return 2;
            }
        }
        if (!keyFiles.isEmpty()) {
            try {
                keys = GivenKeys.read(keyFiles, Objects.requireNonNullElse(System.getenv("POSTROOM_PASSWORD"), ""));
            } catch (IllegalArgumentException e) {
                error("--keys: " + e.getMessage());
                return 2;
            } catch (IOException e) {
                error("--keys: cannot read " + e.getMessage());
                return 2;
            }
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
            try {
                for (String path : paths) {
                    submit(pool, path);
                }
                printDownTo(0);
                standardOutput.flush();
            } catch (NobodyReads e) {
                pool.shutdownNow();
                return 0;
            } catch (IOException e) {
                pool.shutdownNow();
                return 0;
            }
        }
        return failed ? 1 : 0;
    }

    private void submit(ExecutorService pool, String path) {
        Path start = Path.of(path);
        if (path.equals("-")) {
            add(pool, () -> answer("-", standardInput));
        } else if (Files.isDirectory(start)) {
            folder(pool, start);
        } else {
            add(pool, () -> answer(path, start));
        }
    }

    /** Everything below, sorted by name, folder by folder; symbolic links to folders are not followed. */
    private void folder(ExecutorService pool, Path folder) {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.sorted().toList();
        } catch (IOException e) {
            complain(folder.toString(), why(e));
            return;
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                folder(pool, entry);
            } else if (!Files.isDirectory(entry)) {
                add(pool, () -> answer(entry.toString(), entry));
            }
        }
    }

    private void add(ExecutorService pool, Callable<Answer> task) {
        printDownTo(jobs * AHEAD - 1);
        waiting.add(pool.submit(task));
    }

    private Answer answer(String file, Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return answer(file, in);
        } catch (IOException e) {
            return new Answer.Failure(file, why(e));
        }
    }

    private Answer answer(String file, InputStream in) {
        try {
            return new Answer.Line(MessageJson.line(file, parser().read(in)));
        } catch (IOException e) {
            return new Answer.Failure(file, why(e));
        }
    }

    private MessageParser parser() {
        return new MessageParser(ParseLimits.DEFAULT, keys == null ? null : keys.opener(Clock.systemUTC()));
    }

    private void printDownTo(int left) {
        while (waiting.size() > left) {
            switch (result(waiting.remove())) {
                case Answer.Line(byte[] json) -> print(json);
                case Answer.Failure(String file, String why) -> complain(file, why);
            }
        }
    }

    private static Answer result(Future<Answer> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NobodyReads(new IOException("interrupted", e));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void print(byte[] json) {
        try {
            standardOutput.write(json);
            if (standardOutput instanceof java.io.PrintStream stream && stream.checkError()) {
                throw new IOException("standard output is closed");
            }
        } catch (IOException e) {
            throw new NobodyReads(e);
        }
    }

    private void complain(String file, String why) {
        failed = true;
        error("cannot read " + file + ": " + why);
    }

    private static String why(IOException e) {
        return switch (e) {
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case java.nio.file.NoSuchFileException missing -> "no such file";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private void error(String line) {
        if (spec != null) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("postroom parse: " + line);
            err.flush();
        } else {
            System.err.println("postroom parse: " + line);
        }
    }
}
