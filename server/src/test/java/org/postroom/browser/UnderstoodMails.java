package org.postroom.browser;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Filing;
import org.postroom.conversation.InboundMessage;
import org.postroom.mail.Address;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.Findings;
import org.postroom.mail.Invitation;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.ParsedMessage.Kind;
import org.postroom.mail.Protection;
import org.postroom.mail.Receipt;
import org.postroom.parse.MessageParser;
import org.postroom.store.RawStore;

/** Mails of many kinds as the parser hands them on, filed into a running server. */
final class UnderstoodMails {
    private static final String OWN = "support@contoso.test";

    private final String channel;
    private final Filing filing;
    private final RawStore raw;
    private final Conversations conversations;

    UnderstoodMails(String channel, Filing filing, RawStore raw, Conversations conversations) {
        this.channel = channel;
        this.filing = filing;
        this.raw = raw;
        this.conversations = conversations;
    }

    /** Lets a mail arrive; the id of its conversation. */
    String arrives(ParsedMessage mail) {
        String inbound = UUID.randomUUID().toString();
        Map<String, String> filed =
                filing.file(channel, List.of(new InboundMessage(inbound, mail, true, Instant.now())), Set.of(OWN));
        return conversations
                .message(String.valueOf(filed.get(inbound)))
                .orElseThrow()
                .conversationId();
    }

    ParsedMessage parsed(String header, String body) {
        String text = header + "\nTo: " + OWN + "\nMessage-ID: <" + UUID.randomUUID()
                + "@test>\nDate: Sat, 21 Nov 2026 10:00:00 +0000\nMIME-Version: 1.0\n" + body;
        try {
            byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            raw.flush(List.of(raw.stage(new ByteArrayInputStream(bytes), bytes.length)));
            return new MessageParser().parse(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ParsedMessage plain(String from, String subject, String text) {
        return parsed(
                "From: " + from + "\nSubject: " + subject, "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n");
    }

    /** The same with HTML as the sanitiser leaves it. */
    static ParsedMessage html(ParsedMessage mail, String html, Findings findings) {
        return copy(mail, html, mail.kind(), null, findings, mail.problems());
    }

    static ParsedMessage with(ParsedMessage mail, Findings findings, List<String> problems) {
        return copy(mail, mail.html(), mail.kind(), null, findings, problems);
    }

    static ParsedMessage bounce(ParsedMessage mail, Bounce bounce) {
        return copy(mail, null, Kind.BOUNCE, bounce, mail.findings(), List.of());
    }

    static ParsedMessage receipt(ParsedMessage mail, Receipt receipt) {
        return copy(mail, null, Kind.RECEIPT, null, findings(null, null, receipt, List.of(), null), List.of());
    }

    static ParsedMessage complaint(ParsedMessage mail, Complaint complaint) {
        return copy(mail, null, Kind.COMPLAINT, null, findings(null, complaint, null, List.of(), null), List.of());
    }

    static Findings findings(
            @Nullable String language,
            @Nullable Complaint complaint,
            @Nullable Receipt receipt,
            List<String> trackers,
            @Nullable Protection protection,
            Invitation... invitations) {
        return new Findings(language, "", complaint, receipt, List.of(invitations), protection, trackers);
    }

    static Invitation invitation() {
        return new Invitation(
                "REQUEST",
                "u1",
                "Installation at your house",
                Instant.parse("2026-12-01T09:00:00Z"),
                Instant.parse("2026-12-01T10:30:00Z"),
                false,
                "FREQ=WEEKLY;COUNT=4",
                "Harbour Street 7, Bremen",
                new Address("Lena Vogt", "lena@northwind.test"),
                List.of(new Address("Contoso Support", OWN), new Address("", "kim@northwind.test")),
                null);
    }

    private static ParsedMessage copy(
            ParsedMessage m,
            @Nullable String html,
            Kind kind,
            @Nullable Bounce bounce,
            Findings findings,
            List<String> problems) {
        return new ParsedMessage(
                m.sha256(),
                m.size(),
                m.messageId(),
                m.inReplyTo(),
                m.references(),
                m.subject(),
                m.date(),
                m.from(),
                m.sender(),
                m.replyTo(),
                m.to(),
                m.cc(),
                m.bcc(),
                m.text(),
                html,
                m.newText(),
                m.attachments(),
                kind,
                m.automatic(),
                bounce,
                findings,
                problems);
    }
}
