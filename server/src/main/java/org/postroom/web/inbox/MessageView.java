package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.send.Delivery;

/**
 * A message on the page.
 *
 * @param rest what is folded away, and {@code restWord} what it is
 * @param language of its text, for screen readers; null if it cannot be told
 * @param returned what came back about it, for outgoing ones
 * @param bounce what it says about others, if it is a delivery report
 * @param report what it says, if it is a read receipt or a complaint
 * @param because why it is in this conversation, in short
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
        List<Paragraph> fresh,
        List<Paragraph> rest,
        String restWord,
        boolean formatted,
        @Nullable PicturesView pictures,
        List<FileView> files,
        @Nullable String threadedBecause,
        String messageId,
        String size,
        @Nullable DeliveryView delivery,
        @Nullable String language,
        List<ReturnedView> returned,
        List<ReturnedView> bounce,
        @Nullable String report,
        List<InvitationView> invitations,
        @Nullable ProtectionView protection,
        @Nullable String because,
        String version) {
    private static final int MOST_LINES_OF_A_SIGNATURE = 8;

    /** The first letter of whom it is from, whole. */
    public String initial() {
        return Initial.of(author == null ? sender : author);
    }

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

    /** @param alwaysPictures addresses in lower case whose remote pictures are always shown */
    static MessageView of(Message message, @Nullable String author, Set<String> alwaysPictures) {
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
        String rest = rest(message.text(), fresh);
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
                Paragraph.of(fresh.strip()),
                Paragraph.of(rest),
                restWord(rest, message.text()),
                html != null && !out,
                out
                        ? null
                        : PicturesView.of(
                                html,
                                message.findings().trackers(),
                                message.from().address(),
                                Address.plausible(message.from().address()),
                                alwaysPictures.contains(message.from().key())),
                List.copyOf(files),
                message.threadedBecause(),
                message.messageId(),
                FileView.size(message.size()),
                DeliveryView.of(message.delivery()),
                language(message.findings().language()),
                ReturnedView.newest(message.returned()),
                message.bounce() == null ? List.of() : ReturnedView.of(message.bounce()),
                ReportWords.of(message.findings()),
                invitations(message),
                ProtectionView.of(message.findings().protection()),
                because(message.threadedBecause()),
                version(message, alwaysPictures));
    }

    private static String version(Message message, Set<String> alwaysPictures) {
        Delivery delivery = message.delivery();
        String pictures = alwaysPictures.contains(message.from().key()) ? "p" : "";
        return delivery == null
                ? "1" + pictures
                : delivery.state().word() + "-" + delivery.tries() + "-" + delivery.nextTryAt() + "-"
                        + message.returned().size();
    }

    /** As an attribute takes it. */
    static @Nullable String language(@Nullable String found) {
        return found != null && found.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}") ? found : null;
    }

    private static List<InvitationView> invitations(Message message) {
        String file = null;
        for (int i = message.attachments().size() - 1; i >= 0; i--) {
            Attachment one = message.attachments().get(i);
            if (one.contentType().equals("text/calendar")
                    || one.contentType().equals("application/ics")
                    || one.name().toLowerCase(Locale.ROOT).endsWith(".ics")) {
                file = "/inbox/messages/" + message.id() + "/attachments/" + i;
            }
        }
        String ics = file;
        return message.findings().invitations().stream()
                .limit(20)
                .map(one -> InvitationView.of(one, ics))
                .toList();
    }

    /** The reason without the Message-ID, which says nothing to people. */
    private static @Nullable String because(@Nullable String reason) {
        if (reason == null) {
            return null;
        }
        return reason.startsWith("report about")
                ? "it reports about our message"
                : reason.replaceAll("<[^<>]{1,1000}>", "")
                        .replaceAll("\\s+", " ")
                        .replace(" ,", ",")
                        .strip();
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

    /** What is folded away: a quote, a signature, or all of a text whose new words do not stand at its beginning. */
    private static String restWord(String rest, String text) {
        if (rest.length() == text.strip().length()) {
            return "Whole text";
        }
        boolean brief = rest.lines().limit(MOST_LINES_OF_A_SIGNATURE + 1).count() <= MOST_LINES_OF_A_SIGNATURE;
        return brief && rest.lines().noneMatch(line -> line.startsWith(">")) ? "Signature" : "Quoted text";
    }

    private static @Nullable String badge(String kind) {
        return switch (kind) {
            case "automatic" -> "Automatic";
            case "bounce" -> "Delivery report";
            case "receipt" -> "Read receipt";
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
