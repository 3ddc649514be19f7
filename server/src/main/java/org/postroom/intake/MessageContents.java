package org.postroom.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.postroom.mail.Attachment;
import org.postroom.parse.MessageParser;
import org.postroom.store.RawStore;
import org.springframework.stereotype.Service;

/** Reads what is inside stored raw messages. Safe for use by many threads. */
@Service
public class MessageContents {
    private final RawStore raw;
    private final MessageParser parser = new MessageParser();

    MessageContents(RawStore raw) {
        this.raw = raw;
    }

    /** The raw message; the caller closes it. */
    public InputStream raw(String sha256) {
        return raw.open(sha256);
    }

    /**
     * Writes an attachment's content.
     *
     * @param number its place in the message's list, from 0
     * @return the attachment, or empty if there is none of that number
     */
    public Optional<Attachment> attachment(String sha256, int number, OutputStream to) throws IOException {
        try (InputStream in = raw.open(sha256)) {
            return parser.attachment(in, number, to);
        }
    }
}
