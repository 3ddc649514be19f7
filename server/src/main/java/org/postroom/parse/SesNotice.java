package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.ParsedMessage.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Amazon SES says through Amazon SNS by mail: a bounce, a complaint or a delivery as JSON in the text, with a footer
 * of SNS below ("Amazon SNS notification contents for Amazon SES").
 */
final class SesNotice {
    /** How Sendmail cuts lines that are too long. */
    private static final String CUT = "!\n ";

    private static final int MOST = 500;
    private static final Set<String> ACTIONS = Set.of("failed", "delayed", "delivered", "relayed", "expanded");

    /** Made for the first such notice, which most never see. */
    private static final class Json {
        private static final ObjectReader READER =
                JsonMapper.builder().build().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private SesNotice() {}

    /** Null if it is none. */
    static @Nullable Reports read(ReportSource source) {
        if (!source.headers().has("x-amz-sns-message-id")) {
            return null;
        }
        String text = source.text().strip();
        if (!text.startsWith("{")) {
            return null;
        }
        try {
            JsonNode sent = Json.READER.readTree(text.replace(CUT, ""));
            String within = sent.path("Message").asString(""); // where SNS does not send it raw
            JsonNode root = within.startsWith("{") ? Json.READER.readTree(within) : sent;
            String kind = root.path("notificationType")
                    .asString(root.path("eventType").asString(""));
            String id = messageId(root.path("mail"));
            return switch (kind) {
                case "Bounce" -> bounce(root.path("bounce").path("bouncedRecipients"), "failed", id);
                case "DeliveryDelay" -> bounce(root.path("deliveryDelay").path("delayedRecipients"), "delayed", id);
                case "Delivery" -> bounce(root.path("delivery").path("recipients"), "delivered", id);
                case "Complaint" -> complaint(root.path("complaint"), id);
                default -> null;
            };
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Reports bounce(JsonNode named, String action, @Nullable String id) {
        List<Bounce.Recipient> recipients = new ArrayList<>();
        for (JsonNode one : named) {
            String address = address(one);
            if (address != null && recipients.size() < MOST) {
                String diagnostic = text(one, "diagnosticCode");
                String code = diagnostic == null ? null : BounceCodes.reply(diagnostic);
                String said = one.path("action").asString(action);
                recipients.add(BounceCodes.recipient(
                        address, ACTIONS.contains(said) ? said : action, status(one), code, diagnostic));
            }
        }
        return recipients.isEmpty() ? null : new Reports(Kind.BOUNCE, new Bounce(recipients, id), null, null, false);
    }

    private static Reports complaint(JsonNode told, @Nullable String id) {
        JsonNode first = told.path("complainedRecipients").path(0);
        String type = told.path("complaintFeedbackType").asString("abuse").toLowerCase(Locale.ROOT);
        Complaint complaint = new Complaint(type, text(told, "userAgent"), address(first), null, null, id);
        return new Reports(Kind.COMPLAINT, null, complaint, null, false);
    }

    /** An address, or an object with one. */
    private static @Nullable String address(JsonNode one) {
        List<Address> found = Addresses.parse(
                one.isString() ? one.asString("") : one.path("emailAddress").asString(""));
        return found.isEmpty() ? null : found.get(0).address();
    }

    private static @Nullable String status(JsonNode recipient) {
        String status = text(recipient, "status");
        return status == null ? null : BounceCodes.fieldStatus(status);
    }

    private static @Nullable String text(JsonNode node, String name) {
        String text = node.path(name).asString("");
        return text.isBlank() ? null : text;
    }

    /** As the sender wrote it, where his header came along. */
    private static @Nullable String messageId(JsonNode mail) {
        for (JsonNode header : mail.path("headers")) {
            if (header.path("name").asString("").equalsIgnoreCase("message-id")) {
                return ReportSource.firstId(header.path("value").asString(""));
            }
        }
        return ReportSource.firstId(mail.path("commonHeaders").path("messageId").asString(""));
    }
}
