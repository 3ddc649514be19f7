package org.postroom.parse;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Protection;

/**
 * Checks signatures and opens what is encrypted, for one message at a time. What it keeps on the way is its own affair,
 * so that parsing stays free of keys and files. Called by the thread that parses; never throws because of a mail.
 */
public interface Opener {
    /** An empty place for bytes; the caller closes it. */
    Spool spool();

    /**
     * Checks or opens one protected part.
     *
     * @param most how many bytes may come out of it; more is refused in words
     * @throws IOException only when its spool cannot be written or read
     */
    Opened open(Guarded part, long most) throws IOException;

    /** How a part is protected. */
    enum Form {
        /** A CMS structure by itself: signed, enveloped or compressed (RFC 8551 section 3.2). */
        SMIME,
        /** Content with a detached CMS signature (RFC 8551 section 3.5.3). */
        SMIME_DETACHED,
        /** An OpenPGP message, armored or not: encrypted, signed or both. */
        PGP,
        /** Content with a detached OpenPGP signature (RFC 3156 section 5). */
        PGP_DETACHED,
        /** Text under the cleartext signature framework (RFC 9580 section 7). */
        PGP_CLEARTEXT
    }

    /**
     * A protected part as it came.
     *
     * @param content decoded from its transfer encoding; of a detached signature what it is about, byte for byte
     * @param signature decoded; of a detached one only
     * @param from who the message says wrote it
     */
    record Guarded(Form form, Content content, byte @Nullable [] signature, List<Address> from) {}

    /**
     * What came of it.
     *
     * @param protection null if the part turned out to be neither signed nor encrypted
     * @param content what was inside; null if it stays closed, or the signature is detached
     */
    record Opened(@Nullable Protection protection, @Nullable Spool content) implements Closeable {
        @Override
        public void close() throws IOException {
            if (content != null) {
                content.close();
            }
        }
    }

    /** Bytes that can be read again and again. */
    interface Content {
        /** How many there are. */
        long size();

        /** From their beginning; streams of one content may be read in turn, not at the same time by two threads. */
        InputStream open() throws IOException;

        /** Those from one place up to before another. */
        default Content slice(long from, long to) {
            Content whole = this;
            return new Content() {
                @Override
                public long size() {
                    return to - from;
                }

                @Override
                public InputStream open() throws IOException {
                    InputStream in = whole.open();
                    in.skipNBytes(from);
                    return new Bounded(in, to - from);
                }
            };
        }
    }

    /** A content that is first written; closing it forgets the bytes. */
    interface Spool extends Content, Closeable {
        /** Where to write, before the first reading. */
        OutputStream out();

        @Override
        void close() throws IOException;
    }

    /** The first bytes of a stream. */
    final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            int one = left <= 0 ? -1 : in.read();
            left -= one < 0 ? left : 1;
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = left <= 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
            left -= n < 0 ? left : n;
            return n;
        }

        @Override
        public long skip(long wanted) throws IOException {
            long n = in.skip(Math.min(wanted, left));
            left -= n;
            return n;
        }
    }
}
