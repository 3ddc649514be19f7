package org.postroom.send.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import org.postroom.channel.Channel;
import org.postroom.send.DeliveryResult;
import org.postroom.send.Notices;
import org.postroom.send.OutgoingMail;
import org.postroom.send.Transport;

/** Notices by SMTP. */
public final class SmtpNotices implements Notices {
    private final Transport transport;
    private final Clock clock;

    /** Notices by this transport. */
    public SmtpNotices(Transport transport, Clock clock) {
        this.transport = transport;
        this.clock = clock;
    }

    @Override
    public DeliveryResult send(Channel by, String to, String subject, String text) {
        byte[] mail;
        try (InputStream written = NoticeMail.of(by, to, subject, text, clock.instant())) {
            mail = written.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be read", e);
        }
        String from = by.outgoing().bounceAddress() == null
                ? by.outgoing().sendAs()
                : by.outgoing().bounceAddress();
        var outgoing = new OutgoingMail("notice", by.id(), "", "", from, List.of(to), "", mail.length);
        return transport.send(by, outgoing, () -> new java.io.ByteArrayInputStream(mail));
    }
}
