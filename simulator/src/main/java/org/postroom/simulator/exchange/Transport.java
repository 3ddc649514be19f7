package org.postroom.simulator.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.mailbox.MessageContent;
import org.postroom.simulator.mailbox.StoredMessage;
import org.postroom.simulator.mime.Address;
import org.postroom.simulator.mime.Headers;
import org.postroom.simulator.mime.MimePart;
import org.postroom.simulator.organisation.Organisation;

/** Carries mail to its recipients and files what was sent. Safe for all threads. */
public final class Transport {
    /** Its name in Received fields and SMTP greetings. */
    public static final String HOST = "AM0PR01CA0042.eurprd01.prod.exchangelabs.com";

    private final Organisation organisation;
    private final List<Outside> catchAll = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Mailbox, StoredMessage>> watchers = new CopyOnWriteArrayList<>();

    /** Mail to an address that belongs to nobody here, taken as delivered. */
    public record Outside(Instant at, String from, String to, MessageContent content) {}

    /** Serves the organisation. */
    public Transport(Organisation organisation) {
        this.organisation = organisation;
    }

    /** Calls the watcher after each delivery, in the thread that delivers; it must not block. */
    public void watch(BiConsumer<Mailbox, StoredMessage> watcher) {
        watchers.add(watcher);
    }

    /** Mail to addresses outside that nobody here has. */
    public List<Outside> catchAll() {
        return List.copyOf(catchAll);
    }

    /** Whether mail to the address can be taken: it is outside, or there is such a mailbox inside. */
    public boolean accepts(String recipient) {
        return !organisation.isInternal(recipient)
                || organisation.mailbox(recipient).isPresent();
    }

    /**
     * The sender in the From field that the identity may not use, if there is one; the envelope's sender counts too.
     */
    public Optional<String> forbiddenSender(Identity identity, String envelopeFrom, byte[] message) {
        Headers headers = MimePart.parse(message).headers();
        Set<String> senders = new LinkedHashSet<>();
        for (String field : headers.all("From")) {
            Address.parseList(field).stream()
                    .filter(Address::isMailbox)
                    .map(Address::spec)
                    .forEach(senders::add);
        }
        if (senders.isEmpty() || !envelopeFrom.isEmpty()) {
            senders.add(envelopeFrom);
        }
        return senders.stream().filter(sender -> !maySendAs(identity, sender)).findFirst();
    }

    private boolean maySendAs(Identity identity, String sender) {
        return identity.mailbox().answersTo(sender)
                || organisation
                        .mailbox(sender)
                        .filter(mailbox -> mailbox.sendAs().contains(identity.name())
                                && organisation.propagation().inForce("sendAs", mailbox.address(), identity.name()))
                        .isPresent();
    }

    /** Sends a submitted message on and files it in Sent Items. */
    public void submit(Identity identity, String envelopeFrom, Collection<String> recipients, byte[] message) {
        byte[] complete = withMissingFields(message);
        MessageContent copy = new MessageContent(complete);
        identity.mailbox().create(Mailbox.SENT).append(copy, EnumSet.of(Flag.SEEN), now());
        Address.parseList(copy.parsed().headers().first("From").orElse("")).stream()
                .filter(Address::isMailbox)
                .flatMap(from -> organisation.mailbox(from.spec()).stream())
                .filter(mailbox -> !mailbox.equals(identity.mailbox()) && mailbox.messageCopyForSentAsEnabled())
                .forEach(mailbox -> mailbox.create(Mailbox.SENT).append(copy, EnumSet.of(Flag.SEEN), now()));
        deliver(envelopeFrom, recipients, complete);
    }

    /** Delivers a message to each recipient's inbox, or takes note of it where the recipient is nobody here. */
    public void deliver(String envelopeFrom, Collection<String> recipients, byte[] message) {
        byte[] received = withoutBcc(message);
        MessageContent content = new MessageContent(concat(trace(), received));
        List<Runnable> news = new ArrayList<>();
        for (String recipient : new LinkedHashSet<>(recipients)) {
            Optional<Mailbox> mailbox = organisation.mailbox(recipient);
            if (mailbox.isPresent()) {
                StoredMessage stored = mailbox.get().inbox().append(content, Set.of(), now());
                watchers.forEach(watcher -> news.add(() -> watcher.accept(mailbox.get(), stored)));
            } else {
                catchAll.add(new Outside(now(), envelopeFrom, recipient, content));
            }
        }
        news.forEach(Runnable::run);
    }

    private Instant now() {
        return organisation.clock().instant();
    }

    private byte[] trace() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC));
        String id = UUID.randomUUID().toString().substring(0, 13);
        return ("Received: from " + HOST + " (127.0.0.1) by\r\n " + HOST + " (127.0.0.1) with Microsoft SMTP Server id "
                        + id + ";\r\n " + date + "\r\n")
                .getBytes(ISO_8859_1);
    }

    private byte[] withMissingFields(byte[] message) {
        Headers headers = MimePart.parse(message).headers();
        StringBuilder added = new StringBuilder();
        if (headers.first("Message-ID").isEmpty()) {
            added.append("Message-ID: <")
                    .append(UUID.randomUUID())
                    .append("@")
                    .append(HOST)
                    .append(">\r\n");
        }
        if (headers.first("Date").isEmpty()) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC));
            added.append("Date: ").append(date).append("\r\n");
        }
        return added.isEmpty() ? message : concat(added.toString().getBytes(ISO_8859_1), message);
    }

    private static byte[] withoutBcc(byte[] message) {
        MimePart parsed = MimePart.parse(message);
        if (parsed.headers().first("Bcc").isEmpty()) {
            return message;
        }
        StringBuilder kept = new StringBuilder();
        boolean dropping = false;
        for (String line : new String(parsed.headerOctets(), ISO_8859_1).split("(?<=\n)")) {
            boolean folded = line.startsWith(" ") || line.startsWith("\t");
            dropping = folded ? dropping : line.regionMatches(true, 0, "Bcc:", 0, 4);
            kept.append(dropping ? "" : line);
        }
        return concat(kept.toString().getBytes(ISO_8859_1), parsed.bodyOctets());
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream(first.length + second.length);
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }
}
