package org.postroom.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Rewriting;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.ParsedMessage;
import org.postroom.parse.MessageParser;
import org.postroom.parse.ParseLimits;
import org.postroom.secure.ChannelKeys;
import org.postroom.store.RawStore;
import org.postroom.store.StoreException;
import org.springframework.stereotype.Service;

/** Understands a stored message again, with the keys of today. Safe for use by many threads. */
@Service
public class Rereading {
    private final Conversations conversations;
    private final Rewriting rewriting;
    private final RawStore raw;
    private final ChannelKeys keys;

    Rereading(Conversations conversations, Rewriting rewriting, RawStore raw, ChannelKeys keys) {
        this.conversations = conversations;
        this.rewriting = rewriting;
        this.raw = raw;
        this.keys = keys;
    }

    /** The message as it is understood now; empty if there is none of that id that came in. */
    public Optional<Message> again(String messageId) {
        Optional<Message> message =
                conversations.message(messageId).filter(m -> m.direction().equals("in"));
        if (message.isEmpty()) {
            return Optional.empty();
        }
        MessageParser parser =
                new MessageParser(ParseLimits.DEFAULT, keys.opener(message.get().channel()));
        ParsedMessage parsed;
        try (InputStream in = raw.open(message.get().sha256())) {
            parsed = parser.parse(in);
        } catch (IOException e) {
            throw new StoreException("A raw message cannot be read: " + e.getMessage(), e);
        }
        return rewriting.replace(messageId, parsed) ? conversations.message(messageId) : Optional.empty();
    }
}
