package org.postroom.send.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Tokens;
import org.postroom.send.DeliveryResult;
import org.postroom.send.OutgoingMail;
import org.postroom.send.SendSecrets;
import org.postroom.send.Transport;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.wire.Dialer;

/** Message submission (RFC 6409) by SMTP, the message streamed from raw storage. */
public final class SmtpTransport implements Transport {
    private final Dialer dialer;
    private final SendSecrets secrets;

    /** A transport that reaches servers by this dialer. */
    public SmtpTransport(Dialer dialer, Secrets secrets, Tokens tokens) {
        this.dialer = dialer;
        this.secrets = SendSecrets.stored(secrets, tokens);
    }

    @Override
    public DeliveryResult send(Channel channel, OutgoingMail mail, Supplier<InputStream> raw) {
        boolean handedOver = false;
        SmtpLogin login = new SmtpLogin(dialer, secrets, channel, socket -> {});
        SmtpErrors errors = login.errors();
        try (SmtpConnection connection = login.open()) {
            List<String> refused = envelope(connection, errors, mail);
            SmtpReply go = connection.command("DATA");
            if (go.code() != 354) {
                throw errors.message(Step.DATA, go);
            }
            try (InputStream message = raw.get()) {
                connection.data(message);
            }
            handedOver = true;
            SmtpReply end = connection.finishData();
            handedOver = false;
            if (!end.positive()) {
                throw errors.message(Step.DATA, end);
            }
            quit(connection);
            return new DeliveryResult.Accepted(end.words(), refused);
        } catch (SmtpFailure e) {
            return e.forGood() ? new DeliveryResult.Refused(e.problem()) : new DeliveryResult.TryLater(e.problem());
        } catch (IOException e) {
            if (handedOver) {
                return new DeliveryResult.Unknown(
                        "The connection broke after the message was handed over and before the"
                                + " server confirmed it: " + e.getMessage());
            }
            return new DeliveryResult.TryLater(login.lost(e).problem());
        } catch (RuntimeException e) {
            return new DeliveryResult.TryLater(new ChannelProblem(
                    Kind.PASSING,
                    "The message could not be read or sent: " + e.getMessage() + ".",
                    "It is tried again.",
                    null));
        }
    }

    private static List<String> envelope(SmtpConnection connection, SmtpErrors errors, OutgoingMail mail)
            throws IOException {
        long largest = connection.largest();
        if (largest > 0 && mail.size() > largest) {
            throw new SmtpFailure(
                    Step.SENDER,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "The message is " + mail.size() / (1024 * 1024) + " MB; the server takes "
                                    + largest / (1024 * 1024) + " MB.",
                            "Send it with smaller attachments.",
                            null),
                    true);
        }
        boolean wide = !StandardCharsets.US_ASCII.newEncoder().canEncode(mail.envelopeFrom() + mail.recipients());
        if (wide && !connection.can("SMTPUTF8")) {
            throw new SmtpFailure(
                    Step.RECIPIENT,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "An address has characters outside ASCII, which the outgoing server does not take (SMTPUTF8).",
                            "Write to another address.",
                            null),
                    true);
        }
        String options = (largest > 0 ? " SIZE=" + mail.size() : "") + (wide ? " SMTPUTF8" : "");
        SmtpReply sender = connection.command("MAIL FROM:<" + mail.envelopeFrom() + ">" + options);
        if (!sender.positive()) {
            throw errors.message(Step.SENDER, sender);
        }
        List<String> refused = new ArrayList<>();
        SmtpReply last = sender;
        boolean anyPassing = false;
        for (String recipient : mail.recipients()) {
            SmtpReply reply = connection.command("RCPT TO:<" + recipient + ">");
            if (!reply.positive()) {
                refused.add(recipient + " (" + reply.words() + ")");
                last = reply;
                anyPassing |= reply.passing() || SmtpErrors.heldBack(reply);
            }
        }
        if (refused.size() == mail.recipients().size() || anyPassing) {
            // With a passing refusal nobody gets it yet: all together, once, rather than some of them twice.
            throw anyPassing && !last.passing()
                    ? errors.passing(Step.RECIPIENT, last)
                    : errors.message(Step.RECIPIENT, last);
        }
        return refused;
    }

    static void quit(SmtpConnection connection) {
        try {
            connection.send("QUIT");
        } catch (IOException ignored) {
            // The message is taken; how the connection ends does not matter.
        }
    }
}
