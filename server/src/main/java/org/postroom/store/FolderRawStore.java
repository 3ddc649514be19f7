package org.postroom.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Raw messages in a folder: {@code a/bcdef….eml} by SHA-256; few folders, for each one touched costs a flush. A message is written under a temporary name, flushed,
 * renamed, and its folder flushed, so that a name always means the whole content, also after a power cut.
 */
final class FolderRawStore implements RawStore, AutoCloseable {
    private static final int FLUSHERS = 32;

    private final Path root;
    private final Path incoming;
    private final AtomicLong counter = new AtomicLong();
    private final ExecutorService flushers = Executors.newFixedThreadPool(
            FLUSHERS, Thread.ofPlatform().daemon(true).name("raw-flush-", 0).factory());

    /** Uses this folder, made if need be; what an earlier run left half-written is removed. */
    FolderRawStore(Path root) {
        this.root = root;
        this.incoming = root.resolve("incoming");
        try {
            Files.createDirectories(incoming);
            try (var left = Files.list(incoming)) {
                for (Path file : left.toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw failure("The folder for raw messages cannot be used", e);
        }
    }

    @Override
    public Staged stage(InputStream in, long limit) throws IOException {
        Path file = incoming.resolve(Long.toString(counter.incrementAndGet()));
        MessageDigest digest = sha256();
        long size = 0;
        try (OutputStream out = new DigestOutputStream(create(file), digest)) {
            byte[] buffer = new byte[32 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                size += n;
                if (size > limit) {
                    throw new TooBigException(limit);
                }
                write(out, buffer, n);
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return new Staged(HexFormat.of().formatHex(digest.digest()), size, file);
    }

    private static OutputStream create(Path file) {
        try {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure("A raw message cannot be written", e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int n) {
        try {
            out.write(buffer, 0, n);
        } catch (IOException e) {
            throw failure("A raw message cannot be written", e);
        }
    }

    @Override
    public void flush(List<Staged> staged) {
        try {
            together(staged.stream().map(Staged::file).toList());
            Set<Path> folders = new LinkedHashSet<>();
            for (Staged one : staged) {
                Path target = place(one.sha256());
                Path folder = target.getParent();
                if (folder != null && folders.add(folder) && !Files.isDirectory(folder)) {
                    Files.createDirectories(folder);
                    folders.add(root);
                }
                if (Files.exists(target)) {
                    Files.deleteIfExists(one.file());
                } else {
                    Files.move(one.file(), target, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            together(List.copyOf(folders));
        } catch (IOException e) {
            throw failure("Raw messages cannot be made durable", e);
        }
    }

    @Override
    public void drop(List<Staged> staged) {
        for (Staged one : staged) {
            try {
                Files.deleteIfExists(one.file());
            } catch (IOException e) {
                throw failure("A raw message that is not to be kept cannot be removed", e);
            }
        }
    }

    private void together(List<Path> paths) throws IOException {
        List<Future<?>> running = new ArrayList<>(paths.size());
        for (Path path : paths) {
            running.add(flushers.submit(() -> {
                force(path);
                return null;
            }));
        }
        try {
            for (Future<?> one : running) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while flushing raw messages", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    private static void force(Path path) throws IOException {
        // Opened for reading: fsync(2) needs no more, and a folder cannot be opened for writing.
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream open(String sha256) {
        try {
            return Files.newInputStream(place(sha256));
        } catch (NoSuchFileException e) {
            throw new StoreException("The raw message " + sha256 + " is missing from " + root, e);
        } catch (IOException e) {
            throw failure("A raw message cannot be read", e);
        }
    }

    @Override
    public boolean holds(String sha256) {
        return Files.exists(place(sha256));
    }

    private Path place(String sha256) {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        return root.resolve(sha256.substring(0, 1)).resolve(sha256.substring(1) + ".eml");
    }

    private static RuntimeException failure(String what, IOException e) {
        return StoreException.named(new UncheckedIOException(what + ": " + e.getMessage(), e));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        flushers.shutdown();
    }
}
