package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Address;
import org.postroom.send.Delivery;

/**
 * A message on the page.
 *
 * @param version changes whenever the message looks different
 */
record MessageView(
        String id,
        boolean out,
        String sender,
        String address,
        @Nullable String author,
        String to,
        String cc,
        When date,
        @Nullable String badge,
        @Nullable String automatic,
        List<String> problems,
        List<Piece> fresh,
        List<Piece> rest,
        boolean formatted,
        boolean remotePictures,
        List<FileView> files,
        @Nullable String threadedBecause,
        String messageId,
        String size,
        @Nullable DeliveryView delivery,
        String version) {

    /** How far an outgoing message is. */
    record DeliveryView(
            StateWord state,
            boolean queued,
            @Nullable String words,
            int tries,
            @Nullable When next,
            boolean mayTryAgain) {
        static @Nullable DeliveryView of(@Nullable Delivery delivery) {
            if (delivery == null) {
                return null;
            }
            boolean queued = delivery.state() == Delivery.State.QUEUED || delivery.state() == Delivery.State.SENDING;
            return new DeliveryView(
                    StateWord.of(delivery.state()),
                    queued,
                    delivery.lastReply(),
                    delivery.tries(),
                    queued && delivery.nextTryAt() != null && delivery.tries() > 0
                            ? When.of(delivery.nextTryAt())
                            : null,
                    delivery.state() == Delivery.State.FAILED || delivery.state() == Delivery.State.UNCERTAIN);
        }
    }

    static MessageView of(Message message, @Nullable String author) {
        boolean out = message.direction().equals("out");
        String html = message.html();
        List<FileView> files = new ArrayList<>();
        for (int i = 0; i < message.attachments().size(); i++) {
            // A picture that stands in the text is no file beside it.
            if (!(message.attachments().get(i).inline()
                    && html != null
                    && FileView.isPicture(message.attachments().get(i)))) {
                files.add(FileView.of(message.id(), i, message.attachments().get(i)));
            }
        }
        String fresh = message.newText().isBlank() ? message.text() : message.newText();
        return new MessageView(
                message.id(),
                out,
                message.from().name().isBlank()
                        ? message.from().address()
                        : message.from().name(),
                message.from().address(),
                author,
                shown(message.to()),
                shown(message.cc()),
                When.of(message.date()),
                badge(message.kind()),
                message.automatic(),
                message.problems(),
                Piece.of(fresh.strip()),
                Piece.of(rest(message.text(), fresh)),
                html != null && !out,
                html != null && HtmlFrame.hasRemotePictures(html),
                List.copyOf(files),
                message.threadedBecause(),
                message.messageId(),
                FileView.size(message.size()),
                DeliveryView.of(message.delivery()),
                version(message.delivery()));
    }

    private static String version(@Nullable Delivery delivery) {
        return delivery == null ? "1" : delivery.state().word() + "-" + delivery.tries() + "-" + delivery.nextTryAt();
    }

    /** What follows the new words: usually the quote. All of it, where the new words are not its beginning. */
    private static String rest(String text, String fresh) {
        String all = text.strip();
        String begin = fresh.strip();
        if (all.equals(begin)) {
            return "";
        }
        return (all.startsWith(begin) ? all.substring(begin.length()) : all).strip();
    }

    private static @Nullable String badge(String kind) {
        return switch (kind) {
            case "automatic" -> "Automatic";
            case "bounce" -> "Bounce";
            case "receipt" -> "Receipt";
            case "complaint" -> "Complaint";
            default -> null;
        };
    }

    private static String shown(List<Address> some) {
        return some.stream()
                .map(one -> one.name().isBlank() ? one.address() : one.name() + " <" + one.address() + ">")
                .collect(Collectors.joining(", "));
    }
}
