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

    /** A contact. */
    public record Contact(String id, String name, String address) {}

    /**
     * A conversation in a list.
     *
     * @param channel id of its channel
     * @param lastDirection {@code in} or {@code out}
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
            Instant updatedAt) {}

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
            long size) {}
}
