package org.postroom.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds what this Postroom keeps on disk. While open, it is locked: a second Postroom on the same folder
 * is refused. The operating system drops the lock when the process dies, however it dies.
 */
public final class DataFolder implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final FileLock lock;
    private final String nodeId;

    private DataFolder(Path path, FileChannel channel, FileLock lock, String nodeId) {
        this.path = path;
        this.channel = channel;
        this.lock = lock;
        this.nodeId = nodeId;
    }

    /**
     * Makes the folder if need be, readable by its owner only, and locks it.
     *
     * @throws StoreException if another Postroom uses it, or it cannot be written
     */
    public static DataFolder open(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        FileChannel channel = null;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                }
            }
            channel = FileChannel.open(
                    folder.resolve("postroom.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = holder(channel);
                channel.close();
                throw new StoreException("Another Postroom" + holder + " is already using " + folder
                        + "; stop it, or choose another folder with --data");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(folder, channel, lock, nodeId(folder));
        } catch (IOException e) {
            closeQuietly(channel);
            throw new StoreException(words(folder, e), e);
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // The first failure is the one to tell.
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        channel.read(buffer, 0);
        String pid = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    private static String nodeId(Path folder) throws IOException {
        Path file = folder.resolve("node-id");
        if (Files.exists(file)) {
            String known = Files.readString(file).strip();
            if (!known.isEmpty()) {
                return known;
            }
        }
        String made = "node-" + UUID.randomUUID();
        Files.writeString(file, made);
        return made;
    }

    private static String words(Path folder, IOException e) {
        String known = StoreException.words(String.valueOf(e.getMessage()));
        if (known != null) {
            return known + " (" + folder + ")";
        }
        if (e instanceof AccessDeniedException) {
            return "The data folder " + folder + " cannot be written; make it writable for the user who runs Postroom";
        }
        if (e instanceof FileSystemException && Files.exists(folder) && !Files.isDirectory(folder)) {
            return folder + " is a file, not a folder; choose another with --data";
        }
        return "The data folder " + folder + " cannot be used: " + e.getMessage();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The name of this node, the same at every start on this folder. */
    public String nodeId() {
        return nodeId;
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new StoreException("The data folder could not be unlocked: " + e.getMessage(), e);
        }
    }
}
