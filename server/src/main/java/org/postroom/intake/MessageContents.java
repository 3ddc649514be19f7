package org.postroom.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Attachment;
import org.postroom.parse.MessageParser;
import org.postroom.parse.ParseLimits;
import org.postroom.secure.ChannelKeys;
import org.postroom.store.RawStore;
import org.springframework.stereotype.Service;

/** Reads what is inside stored raw messages. Safe for use by many threads. */
@Service
public class MessageContents {
    private final RawStore raw;
    private final ChannelKeys keys;
    private final MessageParser parser = new MessageParser();

    MessageContents(RawStore raw, ChannelKeys keys) {
        this.raw = raw;
        this.keys = keys;
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

    /**
     * Writes an attachment's content as the message was stored: what was inside a protected part is opened again by the
     * channel's keys.
     *
     * @param number its place in the message's list, from 0
     * @return the attachment, or empty if there is none of that number, or the key is gone that it was opened by
     */
    public Optional<Attachment> attachment(Message message, int number, OutputStream to) throws IOException {
        if (message.findings().protection() == null || !message.direction().equals("in")) {
            return attachment(message.sha256(), number, to);
        }
        if (number < 0 || number >= message.attachments().size()) {
            return Optional.empty();
        }
        Attachment wanted = message.attachments().get(number);
        // With keys of today a part may open that was closed then, and the other way round: the content decides.
        for (boolean opened : new boolean[] {true, false}) {
            int place = place(message, wanted, opened);
            if (place >= 0) {
                try (InputStream in = raw.open(message.sha256())) {
                    return parser(message, opened).attachment(in, place, to);
                }
            }
        }
        return Optional.empty();
    }

    private int place(Message message, Attachment wanted, boolean opened) throws IOException {
        try (InputStream in = raw.open(message.sha256())) {
            List<Attachment> found = parser(message, opened).parse(in).attachments();
            for (int i = 0; i < found.size(); i++) {
                if (found.get(i).sha256().equals(wanted.sha256())
                        && found.get(i).name().equals(wanted.name())) {
                    return i;
                }
            }
            return -1;
        }
    }

    private MessageParser parser(Message message, boolean opened) {
        return opened ? new MessageParser(ParseLimits.DEFAULT, keys.opener(message.channel())) : parser;
    }
}
