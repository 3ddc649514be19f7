package org.postroom.conversation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Bounce;
import org.postroom.mail.Findings;
import org.postroom.send.Delivery;

/** Conversations as people and programs read them; shapes of the contract. */
public final class Views {
    private Views() {}

    /**
     * A contact.
     *
     * @param invalid why mail to its address does not arrive, null as far as is known
     * @param complained when it called a message of ours spam: no automatic answers; null if never
     */
    public record Contact(
            String id,
            String name,
            String address,
            @Nullable Invalid invalid,
            @Nullable Complained complained) {}

    /**
     * Why mail to an address does not arrive.
     *
     * @param reason a word of the contract's list
     * @param status enhanced status code (RFC 3463), null if none was given
     * @param message id of the delivery report that says so
     */
    public record Invalid(
            Instant since, String reason, @Nullable String status, String message) {}

    /**
     * A complaint.
     *
     * @param type abuse, fraud, virus, other and so on
     * @param message id of the report that says so
     */
    public record Complained(Instant since, String type, String message) {}

    /**
     * A conversation in a list.
     *
     * @param channel id of its channel
     * @param lastDirection {@code in} or {@code out}
     * @param undelivered since when an answer is known not to have arrived and nobody has seen to it
     * @param follows id of the one it follows, which was closed too long ago to be opened again
     */
    public record Row(
            String id,
            long number,
            String subject,
            State state,
            String channel,
            @Nullable String queue,
            @Nullable String assignee,
            @Nullable Contact contact,
            String preview,
            String lastDirection,
            int messageCount,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant undelivered,
            @Nullable String follows) {}

    /**
     * A page of a list.
     *
     * @param next cursor of the next page, null on the last
     */
    public record Page<T>(List<T> items, @Nullable String next) {
        /** Copies the items. */
        public Page {
            items = List.copyOf(items);
        }
    }

    /** A whole conversation, oldest message first. */
    public record Whole(Row row, List<Message> messages) {}

    /**
     * A message in a conversation.
     *
     * @param direction {@code in}, {@code out} or {@code note}
     * @param html safe to show in a sandboxed frame
     * @param automatic why it counts as automatic, null if it does not
     * @param delivery how far it is, for outgoing ones
     * @param bounce what a delivery report says, null if it is none
     * @param findings what else was found in it
     * @param returned what came back about it, for outgoing ones, oldest first
     */
    public record Message(
            String id,
            String conversationId,
            String channel,
            String direction,
            String kind,
            String messageId,
            Instant date,
            Address from,
            List<Address> to,
            List<Address> cc,
            List<Address> bcc,
            List<Address> replyTo,
            String subject,
            String text,
            String newText,
            @Nullable String html,
            List<Attachment> attachments,
            List<String> problems,
            @Nullable String automatic,
            @Nullable String threadedBecause,
            @Nullable String author,
            @Nullable Delivery delivery,
            @Nullable Bounce bounce,
            Findings findings,
            String references,
            String sha256,
            long size,
            List<Returned> returned) {}
}
