package org.postroom.secure;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.Opener;

/**
 * Bytes on their way through one protected part: in memory while they are few, then in a file for its owner's eyes only,
 * which is gone when this is closed, or with the process. For one thread.
 */
final class Spooled implements Opener.Spool {
    private static final int IN_MEMORY = 4 << 20;

    private final long most;
    private byte[] memory = new byte[1024];
    private long size;
    private @Nullable FileChannel file;

    /** @param most how many bytes may be written */
    Spooled(long most) {
        this.most = most;
    }

    /** More was written than may be: a bomb, or beyond what a message may hold. */
    static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuchException(long most) {
            super("more than " + most + " bytes come out of it");
        }
    }

    @Override
    public OutputStream out() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                append(bytes, offset, length);
            }
        };
    }

    private void append(byte[] bytes, int offset, int length) throws IOException {
        if (size + length > most) {
            throw new TooMuchException(most);
        }
        if (file == null && size + length > IN_MEMORY) {
            file = temporary();
            write(file, memory, 0, (int) size, 0);
            memory = new byte[0];
        }
        if (file != null) {
            write(file, bytes, offset, length, size);
        } else {
            if (size + length > memory.length) {
                memory = Arrays.copyOf(memory, (int) Math.max(size + length, Math.min(IN_MEMORY, memory.length * 4L)));
            }
            System.arraycopy(bytes, offset, memory, (int) size, length);
        }
        size += length;
    }

    private static FileChannel temporary() throws IOException {
        Path path = Files.createTempFile("postroom-", ".part"); // readable by its owner alone
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static void write(FileChannel to, byte[] bytes, int offset, int length, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        long position = at;
        while (buffer.hasRemaining()) {
            position += to.write(buffer, position);
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        FileChannel from = file;
        return from == null ? new ByteArrayInputStream(memory, 0, (int) size) : new FromFile(from, size);
    }

    @Override
    public void close() throws IOException {
        memory = new byte[0];
        size = 0;
        if (file != null) {
            file.close();
        }
    }

    private static final class FromFile extends InputStream {
        private final FileChannel file;
        private final long end;
        private long position;

        FromFile(FileChannel file, long end) {
            this.file = file;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            int wanted = (int) Math.min(length, end - position);
            int n = file.read(ByteBuffer.wrap(bytes, offset, wanted), position);
            position += Math.max(n, 0);
            return n;
        }

        @Override
        public long skip(long wanted) {
            long n = Math.clamp(wanted, 0, end - position);
            position += n;
            return n;
        }
    }
}
