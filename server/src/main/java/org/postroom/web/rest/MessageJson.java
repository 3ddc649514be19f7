package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Returned;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.Invitation;
import org.postroom.mail.Protection;
import org.postroom.mail.Receipt;
import org.postroom.send.Delivery;

/** A message as the contract writes it. */
@Schema(name = "Message")
record MessageJson(
        String id,
        String conversation,
        String channel,

        @Schema(allowableValues = {"in", "out", "note"}) String direction,

        @Schema(allowableValues = {"message", "automatic", "bounce", "receipt", "complaint"})
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

        @Schema(description = "Text without quoted parts and signature.")
        String newText,

        @Schema(description = "Sanitised.") @Nullable String html,
        List<Attachment> attachments,
        @Nullable String threadedBecause,

        @Schema(description = "Why it counts as automatic.") @Nullable
        String automatic,

        List<String> problems,
        @Nullable String author,
        long size,

        @Schema(description = "Of its new text, BCP 47; null if it cannot be told.") @Nullable
        String language,

        @Schema(description = "What a delivery report says.") @Nullable
        Bounce bounce,

        @Schema(description = "What an abuse report says.") @Nullable
        Complaint complaint,

        @Schema(description = "What a read receipt says.") @Nullable
        Receipt receipt,

        @Schema(description = "Events of calendars that came along.")
        List<Invitation> invitations,

        @Schema(description = "How it was protected on its way; null if it is neither signed nor encrypted.") @Nullable
        Protection protection,

        @Schema(description = "Hosts of pictures that tell a sender who reads; taken out.")
        List<String> trackers,

        @Schema(description = "How far an outgoing message is.") @Nullable
        DeliveryJson delivery) {

    /** How far an outgoing message is. */
    @Schema(name = "Delivery")
    record DeliveryJson(
            @Schema(allowableValues = {"queued", "sending", "sent", "uncertain", "failed"})
            String state,

            int tries,
            @Nullable String lastReply,
            @Nullable Instant nextTryAt,

            @Schema(description = "What came back: delivery reports, read receipts, complaints; oldest first.")
            List<Returned> reports) {
        static @Nullable DeliveryJson of(Message message) {
            Delivery delivery = message.delivery();
            return delivery == null
                    ? null
                    : new DeliveryJson(
                            delivery.state().word(),
                            delivery.tries(),
                            delivery.lastReply(),
                            delivery.nextTryAt(),
                            message.returned());
        }
    }

    static MessageJson of(Message message) {
        return new MessageJson(
                message.id(),
                message.conversationId(),
                message.channel(),
                message.direction(),
                message.kind(),
                message.messageId(),
                message.date(),
                message.from(),
                message.to(),
                message.cc(),
                message.bcc(),
                message.replyTo(),
                message.subject(),
                message.text(),
                message.newText(),
                message.html(),
                message.attachments(),
                message.threadedBecause(),
                message.automatic(),
                message.problems(),
                message.author(),
                message.size(),
                message.findings().language(),
                message.bounce(),
                message.findings().complaint(),
                message.findings().receipt(),
                message.findings().invitations(),
                message.findings().protection(),
                message.findings().trackers(),
                DeliveryJson.of(message));
    }
}
