package org.postroom.cli;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.Findings;
import org.postroom.mail.Invitation;
import org.postroom.mail.MessageId;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Protection;
import org.postroom.mail.Receipt;
import org.postroom.parse.Reading;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One line of {@code postroom parse}: names and order are the contract's. */
final class MessageJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private MessageJson(JsonGenerator json) {
        this.json = json;
    }

    /** UTF-8, with the line's end. */
    static byte[] line(String file, Reading reading) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            new MessageJson(generator).write(file, reading);
        }
        out.write('\n');
        return out.toByteArray();
    }

    private void write(String file, Reading reading) {
        ParsedMessage message = reading.message();
        json.writeStartObject();
        string("file", file);
        string("sha256", message.sha256());
        MessageId id = message.messageId();
        string("messageId", id == null ? null : id.value());
        ids("inReplyTo", message.inReplyTo());
        ids("references", message.references());
        string("subject", message.subject());
        string("date", message.date() == null ? null : message.date().toString());
        people("from", message.from());
        people("sender", message.sender());
        people("replyTo", message.replyTo());
        people("to", message.to());
        people("cc", message.cc());
        people("bcc", message.bcc());
        string("text", message.text());
        string("html", message.html());
        string("newText", message.newText());
        json.writeArrayPropertyStart("attachments");
        message.attachments().forEach(this::attachment);
        json.writeEndArray();
        json.writeObjectPropertyStart("automatic");
        json.writeBooleanProperty("is", message.automatic().is());
        json.writeBooleanProperty("mayAnswer", message.automatic().mayAnswer());
        string("why", message.automatic().why());
        json.writeEndObject();
        report(message.bounce(), message.findings().complaint());
        findings(message.findings());
        json.writeArrayPropertyStart("problems");
        message.problems().forEach(p -> json.writeString(whole(p)));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void attachment(Attachment attachment) {
        json.writeStartObject();
        string("name", attachment.name());
        string("contentType", attachment.contentType());
        json.writeNumberProperty("size", attachment.size());
        string("sha256", attachment.sha256());
        string("contentId", attachment.contentId());
        json.writeBooleanProperty("inline", attachment.inline());
        json.writeEndObject();
    }

    private void report(@Nullable Bounce bounce, @Nullable Complaint complaint) {
        if (complaint != null) {
            json.writeObjectPropertyStart("complaint");
            string("type", complaint.type());
            string("userAgent", complaint.userAgent());
            string("recipient", complaint.recipient());
            string("sourceIp", complaint.sourceIp());
            string(
                    "arrived",
                    complaint.arrived() == null ? null : complaint.arrived().toString());
            string("originalMessageId", complaint.originalMessageId());
            json.writeEndObject();
            return;
        }
        if (bounce == null) {
            json.writeNullProperty("bounce");
            return;
        }
        json.writeObjectPropertyStart("bounce");
        json.writeArrayPropertyStart("recipients");
        for (Bounce.Recipient recipient : bounce.recipients()) {
            json.writeStartObject();
            string("address", recipient.address());
            string("action", recipient.action());
            string("status", recipient.status());
            string("code", recipient.code());
            string("diagnostic", recipient.diagnostic());
            json.writeBooleanProperty("permanent", recipient.permanent());
            string("reason", recipient.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        string("originalMessageId", bounce.originalMessageId());
        json.writeEndObject();
    }

    private void findings(Findings findings) {
        string("language", findings.language());
        string("preview", findings.preview());
        Receipt receipt = findings.receipt();
        if (receipt != null) {
            json.writeObjectPropertyStart("receipt");
            string("recipient", receipt.recipient());
            string("disposition", receipt.disposition());
            json.writeBooleanProperty("automatic", receipt.automatic());
            string("originalMessageId", receipt.originalMessageId());
            json.writeEndObject();
        }
        if (!findings.invitations().isEmpty()) {
            json.writeArrayPropertyStart("invitations");
            findings.invitations().forEach(this::invitation);
            json.writeEndArray();
        }
        Protection protection = findings.protection();
        if (protection != null) {
            json.writeObjectPropertyStart("protection");
            string("standard", word(protection.standard()));
            string("signature", word(protection.signature()));
            string("encryption", word(protection.encryption()));
            string("signer", protection.signer());
            string("words", protection.words());
            json.writeEndObject();
        }
        if (!findings.trackers().isEmpty()) {
            json.writeArrayPropertyStart("trackers");
            findings.trackers().forEach(host -> json.writeString(whole(host)));
            json.writeEndArray();
        }
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private void invitation(Invitation invitation) {
        json.writeStartObject();
        string("method", invitation.method());
        string("uid", invitation.uid());
        string("summary", invitation.summary());
        string("start", invitation.start() == null ? null : invitation.start().toString());
        string("end", invitation.end() == null ? null : invitation.end().toString());
        json.writeBooleanProperty("allDay", invitation.allDay());
        string("when", invitation.when());
        string("location", invitation.location());
        people("organizer", invitation.organizer() == null ? List.of() : List.of(invitation.organizer()));
        people("attendees", invitation.attendees());
        string("answer", invitation.answer());
        json.writeEndObject();
    }

    private void people(String name, List<Address> people) {
        json.writeArrayPropertyStart(name);
        for (Address person : people) {
            json.writeStartObject();
            string("name", person.name());
            string("address", person.address());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void ids(String name, List<MessageId> ids) {
        json.writeArrayPropertyStart(name);
        ids.forEach(id -> json.writeString(whole(id.value())));
        json.writeEndArray();
    }

    private void string(String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, whole(value));
        }
    }

    /** Half a surrogate pair, which a cut may leave, is no text. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return mended(text);
                }
                i++;
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return out.toString();
    }
}
