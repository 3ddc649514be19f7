package org.postroom.reply;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.FieldProblem;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.OwnMessageIds;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Whole;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.MessageId;
import org.postroom.send.Outbox;
import org.postroom.send.OutgoingMail;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.RawStore;
import org.springframework.stereotype.Service;

/** Answers: whom they go to, what stands in them, and their way into the outgoing table. Safe for use by many threads. */
@Service
public class Replies {
    private static final long LARGEST = 150L * 1024 * 1024;
    private static final int LONGEST_TEXT = 1_000_000;

    private final Conversations conversations;
    private final Channels channels;
    private final Outbox outbox;
    private final RawStore raw;
    private final Database database;
    private final Ids ids;
    private final OwnMessageIds ownIds;
    private final Clock clock;
    private final Composer composer = new Composer();

    Replies(
            Conversations conversations,
            Channels channels,
            Outbox outbox,
            RawStore raw,
            Database database,
            Ids ids,
            OwnMessageIds ownIds,
            Clock clock) {
        this.conversations = conversations;
        this.channels = channels;
        this.outbox = outbox;
        this.raw = raw;
        this.database = database;
        this.ids = ids;
        this.ownIds = ownIds;
        this.clock = clock;
    }

    /** What came of answering. */
    public sealed interface Answered {
        /** It is stored and on its way. */
        record Queued(String messageId) implements Answered {}

        /** Nothing was stored; every wrong field is named. */
        record Wrong(List<FieldProblem> problems) implements Answered {}

        /** There is no such conversation. */
        record NoSuchConversation() implements Answered {}
    }

    /** Whom an answer would go to. */
    public Recipients recipients(Whole conversation) {
        return Recipients.answering(answered(conversation), ownAddresses());
    }

    /**
     * Answers the newest message of the customer's side.
     *
     * @param author id of the person who wrote it, or null for a program
     */
    public Answered answer(String conversationId, ReplyInput input, @Nullable String author) {
        Whole conversation = conversations.open(conversationId).orElse(null);
        if (conversation == null || conversation.messages().isEmpty()) {
            return new Answered.NoSuchConversation();
        }
        Message answered = answered(conversation);
        Channel channel = channels.find(conversation.row().channel()).orElse(null);
        List<FieldProblem> problems = new ArrayList<>();
        check(input, channel, problems);
        Recipients usual = Recipients.answering(answered, ownAddresses());
        List<Address> to = input.to() == null ? usual.to() : read("to", input.to(), problems);
        List<Address> cc =
                input.cc() == null ? (input.to() == null ? usual.cc() : List.of()) : read("cc", input.cc(), problems);
        List<Address> bcc = input.bcc() == null ? List.of() : read("bcc", input.bcc(), problems);
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && problems.isEmpty()) {
            problems.add(new FieldProblem("to", "nobody would get this answer; enter an address"));
        }
        if (!problems.isEmpty() || channel == null) {
            return new Answered.Wrong(problems);
        }
        return queue(conversation, channel, answered, input, author, to, cc, bcc);
    }

    private static void check(ReplyInput input, @Nullable Channel channel, List<FieldProblem> problems) {
        String text = Objects.requireNonNullElse(input.text(), "");
        String html = Objects.requireNonNullElse(input.html(), "");
        if (text.isBlank() && html.isBlank()) {
            problems.add(new FieldProblem("text", "write something first"));
        }
        if (text.length() > LONGEST_TEXT || html.length() > LONGEST_TEXT) {
            problems.add(new FieldProblem("text", "at most " + LONGEST_TEXT + " characters"));
        }
        if (channel == null) {
            problems.add(
                    new FieldProblem("channel", "the channel of this conversation was deleted; nothing can be sent"));
        } else if (!channel.sends()) {
            problems.add(new FieldProblem("channel", "this channel sends no mail; give it an outgoing mail server"));
        }
    }

    private static List<Address> read(String field, List<String> entered, List<FieldProblem> problems) {
        List<Address> read = new ArrayList<>();
        for (String one : entered) {
            String text = one.strip();
            int open = text.lastIndexOf('<');
            boolean named = open > 0 && text.endsWith(">");
            String address = named ? text.substring(open + 1, text.length() - 1) : text;
            String name = named ? text.substring(0, open).strip().replaceAll("^\"|\"$", "") : "";
            if (text.isEmpty()) {
                continue;
            }
            if (Address.plausible(address)) {
                read.add(new Address(name, address));
            } else {
                problems.add(new FieldProblem(field, "'" + text + "' is not an email address"));
            }
        }
        if (read.size() > 500) {
            problems.add(new FieldProblem(field, "at most 500 recipients"));
        }
        return read;
    }

    private Answered queue(
            Whole conversation,
            Channel channel,
            Message answered,
            ReplyInput input,
            @Nullable String author,
            List<Address> to,
            List<Address> cc,
            List<Address> bcc) {
        String conversationId = conversation.row().id();
        Instant now = clock.instant();
        Channel.Outgoing outgoing = channel.outgoing();
        Address from = new Address(Objects.requireNonNullElse(outgoing.displayName(), ""), outgoing.sendAs());
        MessageId messageId = ownIds.make(conversationId, from.domain());
        MessageId inReplyTo = new MessageId(answered.messageId());
        String written =
                Objects.requireNonNullElseGet(input.text(), () -> HtmlWords.text(Objects.requireNonNull(input.html())));
        String text = input.quote() ? written.stripTrailing() + Quote.text(answered) : written;
        String html = html(input, answered);
        List<MessageId> references = new ArrayList<>(MessageId.all(answered.references()));
        references.remove(inReplyTo);
        references.add(inReplyTo);
        String subject = subject(input, answered);
        byte[] bytes = composer.write(new Composer.Letter(
                from,
                outgoing.replyTo() == null ? null : Address.of(outgoing.replyTo()),
                to,
                cc,
                subject,
                now,
                messageId,
                inReplyTo,
                references,
                text,
                html,
                input.attachments()));
        RawStore.Staged staged = keep(bytes);
        Message message = new Message(
                ids.next(),
                conversationId,
                channel.id(),
                "out",
                "message",
                messageId.value(),
                now,
                from,
                to,
                cc,
                bcc,
                List.of(),
                subject,
                text,
                written,
                html,
                attachments(input.attachments()),
                List.of(),
                null,
                null,
                author,
                null,
                references.stream().map(MessageId::value).collect(Collectors.joining(" ")),
                staged.sha256(),
                staged.size());
        String envelopeFrom = outgoing.bounceAddress() == null ? outgoing.sendAs() : outgoing.bounceAddress();
        database.write(sql -> {
            conversations.addOutgoing(message, State.WAITING);
            outbox.add(new OutgoingMail(
                    ids.next(),
                    channel.id(),
                    conversationId,
                    message.id(),
                    envelopeFrom,
                    envelope(to, cc, bcc),
                    staged.sha256(),
                    staged.size()));
            return message.id();
        });
        return new Answered.Queued(message.id());
    }

    private static @Nullable String html(ReplyInput input, Message answered) {
        boolean html = input.html() != null || (input.quote() && answered.html() != null);
        if (!html) {
            return null;
        }
        String own = input.html() != null
                ? HtmlWords.clean(input.html())
                : Quote.plainAsHtml(Objects.requireNonNullElse(input.text(), ""));
        return input.quote() ? own + "<br>" + Quote.html(answered) : own;
    }

    private static String subject(ReplyInput input, Message answered) {
        String given = input.subject();
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        String before = answered.subject().strip();
        return before.toLowerCase(Locale.ROOT).startsWith("re:") ? before : "Re: " + before;
    }

    private static List<String> envelope(List<Address> to, List<Address> cc, List<Address> bcc) {
        List<Address> all = new ArrayList<>(to);
        all.addAll(cc);
        all.addAll(bcc);
        return all.stream().map(Address::address).distinct().toList();
    }

    private RawStore.Staged keep(byte[] bytes) {
        try {
            RawStore.Staged staged = raw.stage(new ByteArrayInputStream(bytes), LARGEST);
            raw.flush(List.of(staged));
            return staged;
        } catch (IOException e) {
            throw new UncheckedIOException("The answer could not be stored: " + e.getMessage(), e);
        }
    }

    private static List<Attachment> attachments(List<ReplyInput.File> files) {
        return files.stream()
                .map(f ->
                        new Attachment(f.name(), f.contentType(), f.content().length, sha256(f.content()), null, false))
                .toList();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Message answered(Whole conversation) {
        List<Message> all = conversation.messages();
        return all.reversed().stream()
                .filter(m -> m.direction().equals("in") && m.kind().equals("message"))
                .findFirst()
                .orElse(all.getLast());
    }

    private Set<String> ownAddresses() {
        return channels.all().stream()
                .map(c -> c.address().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
