package org.postroom.reply;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.OwnMessageIds;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Findings;
import org.postroom.mail.MessageId;
import org.postroom.send.Outbox;
import org.postroom.send.OutgoingMail;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.RawStore;
import org.springframework.stereotype.Component;

/** A checked message's way into raw storage, its conversation and the outgoing table. Safe for use by many threads. */
@Component
class Dispatch {
    /** Quoted by the reader's program, though no reader sees it: not {@code display:none}, which some drop from quotes. */
    private static final String HIDDEN =
            "<div aria-hidden=\"true\" style=\"font-size:1px;line-height:1px;max-height:1px;"
                    + "overflow:hidden;color:#ffffff;mso-hide:all\">%s</div>";

    private static final long LARGEST = 150L * 1024 * 1024;

    private final Conversations conversations;
    private final Outbox outbox;
    private final RawStore raw;
    private final Database database;
    private final Ids ids;
    private final OwnMessageIds ownIds;
    private final Clock clock;
    private final Composer composer = new Composer();

    Dispatch(
            Conversations conversations,
            Outbox outbox,
            RawStore raw,
            Database database,
            Ids ids,
            OwnMessageIds ownIds,
            Clock clock) {
        this.conversations = conversations;
        this.outbox = outbox;
        this.raw = raw;
        this.database = database;
        this.ids = ids;
        this.ownIds = ownIds;
        this.clock = clock;
    }

    /**
     * A message that is to leave.
     *
     * @param inReplyTo the message it answers, null if it begins a conversation
     * @param text as it leaves, with the quote
     * @param newText what was written
     * @param author id of the person who wrote it, or null for a program
     */
    record Outgoing(
            Channel channel,
            String conversationId,
            List<Address> to,
            List<Address> cc,
            List<Address> bcc,
            String subject,
            @Nullable MessageId inReplyTo,
            List<MessageId> references,
            String text,
            String newText,
            @Nullable String html,
            List<ReplyInput.File> attachments,
            @Nullable String author) {}

    /**
     * Stores a message and lets it leave.
     *
     * @param first what belongs into the same transaction, before it
     * @return its id
     */
    String send(Outgoing mail, Runnable first) {
        Channel channel = mail.channel();
        Channel.Outgoing outgoing = channel.outgoing();
        String name = outgoing.displayName();
        Address from = new Address(name == null ? "" : name, outgoing.sendAs());
        MessageId messageId = ownIds.make(mail.conversationId(), from.domain());
        Composer.Letter letter = new Composer.Letter(
                from,
                outgoing.replyTo() == null ? null : Address.of(outgoing.replyTo()),
                mail.to(),
                mail.cc(),
                mail.subject(),
                clock.instant(),
                messageId,
                mail.inReplyTo(),
                mail.references(),
                channel.threading().referenceLine()
                        ? mail.text().stripTrailing() + "\n\nRef: " + OwnMessageIds.mark(messageId) + "\n"
                        : mail.text(),
                marked(mail.html(), HIDDEN.formatted(OwnMessageIds.mark(messageId))),
                mail.attachments());
        RawStore.Staged staged = keep(composer.write(letter));
        Message message = message(mail, letter, staged);
        String envelopeFrom = channel.envelopeFrom();
        return database.write(sql -> {
            first.run();
            conversations.addOutgoing(message, State.WAITING);
            outbox.add(new OutgoingMail(
                    ids.next(),
                    channel.id(),
                    mail.conversationId(),
                    message.id(),
                    envelopeFrom,
                    envelope(mail),
                    staged.sha256(),
                    staged.size()));
            return message.id();
        });
    }

    private Message message(Outgoing mail, Composer.Letter letter, RawStore.Staged staged) {
        return new Message(
                ids.next(),
                mail.conversationId(),
                mail.channel().id(),
                "out",
                "message",
                letter.messageId().value(),
                letter.date(),
                letter.from(),
                mail.to(),
                mail.cc(),
                mail.bcc(),
                List.of(),
                mail.subject(),
                mail.text(),
                mail.newText(),
                marked(mail.html(), ""),
                attachments(mail.attachments()),
                List.of(),
                null,
                null,
                mail.author(),
                null,
                null,
                Findings.NONE,
                mail.references().stream().map(MessageId::value).collect(Collectors.joining(" ")),
                staged.sha256(),
                staged.size(),
                List.of());
    }

    private static @Nullable String marked(@Nullable String html, String mark) {
        return html == null ? null : html.replace(Quote.MARK_PLACE, mark);
    }

    private static List<String> envelope(Outgoing mail) {
        List<Address> all = new ArrayList<>(mail.to());
        all.addAll(mail.cc());
        all.addAll(mail.bcc());
        return all.stream().map(Address::address).distinct().toList();
    }

    private RawStore.Staged keep(byte[] bytes) {
        try {
            RawStore.Staged staged = raw.stage(new ByteArrayInputStream(bytes), LARGEST);
            raw.flush(List.of(staged));
            return staged;
        } catch (IOException e) {
            throw new UncheckedIOException("The message could not be stored: " + e.getMessage(), e);
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
}
