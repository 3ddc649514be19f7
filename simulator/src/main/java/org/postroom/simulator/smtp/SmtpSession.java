package org.postroom.simulator.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.exchange.ConnectionServer;
import org.postroom.simulator.exchange.Identity;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.exchange.WireInput;
import org.postroom.simulator.log.ProtocolLog.Speaker;

/** One SMTP connection (RFC 5321, RFC 6409). Owned by its thread. */
final class SmtpSession {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int TIMEOUT_MILLIS = 5 * 60 * 1000;
    private static final Pattern PATH = Pattern.compile("(?i)(?:FROM|TO):\\s*<([^<>]*)>(.*)");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");

    private final SmtpService service;
    private final String id = Sessions.newId();
    private final Instant since = Instant.now();
    private Socket socket;
    private WireInput in;
    private OutputStream out;
    private boolean tls;
    private boolean greeted;
    private boolean open = true;
    private boolean withinLimit = true;
    private @Nullable Identity identity;
    private SmtpMail mail = new SmtpMail();

    SmtpSession(SmtpService service, Socket socket, boolean tls) throws IOException {
        this.service = service;
        this.socket = socket;
        this.tls = tls;
        in = new WireInput(socket.getInputStream());
        out = socket.getOutputStream();
        service.sessions().put(session(null));
    }

    void serve() throws IOException {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    service.organisation().clock().instant().atOffset(ZoneOffset.UTC));
            reply("220 " + Transport.HOST + " Microsoft ESMTP MAIL Service ready at " + date);
            while (open) {
                one();
            }
        } catch (SocketTimeoutException e) {
            reply("451 4.7.0 Timeout waiting for client input");
        } catch (EOFException | SocketException e) {
            service.log().add("smtp", id, Speaker.NOTE, "connection lost");
        } finally {
            service.sessions().remove(id);
        }
    }

    private void one() throws IOException {
        String line;
        try {
            line = in.line(LONGEST_LINE);
        } catch (WireInput.LineTooLongException e) {
            reply("500 5.5.2 Line too long");
            return;
        }
        service.log().add("smtp", id, Speaker.CLIENT, line.replaceAll("(?i)^(AUTH \\S+) .*", "$1 ***"));
        int space = line.indexOf(' ');
        String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space + 1).strip();
        switch (verb) {
            case "EHLO" -> ehlo();
            case "HELO" -> {
                greeted = true;
                mail = new SmtpMail();
                reply("250 " + Transport.HOST + " Hello [127.0.0.1]");
            }
            case "STARTTLS" -> startTls();
            case "AUTH" -> auth(rest);
            case "MAIL" -> from(rest);
            case "RCPT" -> to(rest);
            case "DATA" -> data();
            case "BDAT" -> bdat(rest);
            case "RSET" -> {
                mail = new SmtpMail();
                reply("250 2.0.0 Resetting");
            }
            case "NOOP" -> reply("250 2.0.0 OK");
            case "VRFY" -> reply("252 2.1.5 Cannot VRFY user");
            case "QUIT" -> {
                reply("221 2.0.0 Service closing transmission channel");
                open = false;
            }
            default -> reply("500 5.3.3 Unrecognized command '" + printable(verb) + "' [" + Transport.HOST + "]");
        }
    }

    private static String printable(String text) {
        return text.substring(0, Math.min(text.length(), 40)).replaceAll("[^\\x20-\\x7e]", "?");
    }

    private void ehlo() throws IOException {
        greeted = true;
        mail = new SmtpMail();
        StringBuilder lines = new StringBuilder();
        lines.append("250-").append(Transport.HOST).append(" Hello [127.0.0.1]\r\n");
        lines.append("250-SIZE ")
                .append(service.organisation().limits().messageSize())
                .append("\r\n");
        lines.append("250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n");
        lines.append(tls ? "250-AUTH LOGIN XOAUTH2\r\n" : "250-STARTTLS\r\n");
        lines.append("250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8");
        reply(lines.toString());
    }

    private void startTls() throws IOException {
        if (tls) {
            reply("503 5.5.2 Already in TLS");
            return;
        }
        reply("220 2.0.0 SMTP server ready");
        socket = ConnectionServer.secure(service.tls(), socket);
        in = new WireInput(socket.getInputStream());
        out = socket.getOutputStream();
        tls = true;
        greeted = false;
        mail = new SmtpMail();
    }

    private void auth(String rest) throws IOException {
        if (identity != null) {
            reply("503 5.5.2 Already authenticated");
        } else if (!greeted) {
            reply("503 5.5.2 Send hello first");
        } else {
            new SmtpAuthentication(this, service, tls).run(rest);
        }
    }

    void authenticated(Identity who) {
        identity = who;
        withinLimit = service.sessions()
                .putWithin(session(who), service.organisation().limits().smtpConnections());
    }

    private Sessions.Session session(@Nullable Identity who) {
        return new Sessions.Session(
                id,
                "smtp",
                since,
                who == null ? null : who.mailbox().address(),
                who == null ? null : who.name(),
                who == null ? null : who.tokenExpires(),
                () -> {});
    }

    private void from(String rest) throws IOException {
        Matcher path = PATH.matcher(rest);
        if (!greeted) {
            reply("503 5.5.2 Send hello first");
        } else if (identity == null) {
            reply("530 5.7.57 Client not authenticated to send mail. [" + Transport.HOST + "]");
        } else if (mail.begun()) {
            reply("503 5.5.2 Sender already specified");
        } else if (!path.matches()
                || !(path.group(1).isEmpty() || ADDRESS.matcher(path.group(1)).matches())) {
            reply("501 5.1.7 Invalid address");
        } else if (declaredSize(path.group(2)) > service.organisation().limits().messageSize()) {
            reply("552 5.3.4 Message size exceeds fixed maximum message size");
        } else {
            mail.begin(path.group(1).toLowerCase(Locale.ROOT));
            reply("250 2.1.0 Sender OK");
        }
    }

    private static long declaredSize(String parameters) {
        Matcher size = Pattern.compile("(?i)\\bSIZE=(\\d{1,15})").matcher(parameters);
        return size.find() ? Long.parseLong(size.group(1)) : 0;
    }

    private void to(String rest) throws IOException {
        Matcher path = PATH.matcher(rest);
        if (!mail.begun()) {
            reply("503 5.5.2 Need mail command");
        } else if (!path.matches() || !ADDRESS.matcher(path.group(1)).matches()) {
            reply("501 5.1.3 Invalid address");
        } else if (mail.recipients().size() >= service.organisation().limits().recipients()) {
            reply("452 4.5.3 Too many recipients");
        } else if (!service.transport().accepts(path.group(1))) {
            reply("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient " + path.group(1)
                    + " not found by SMTP address lookup [" + Transport.HOST + "]");
        } else {
            mail.recipients().add(path.group(1).toLowerCase(Locale.ROOT));
            reply("250 2.1.5 Recipient OK");
        }
    }

    private void data() throws IOException {
        if (mail.recipients().isEmpty() || mail.chunked()) {
            reply("503 5.5.2 Need rcpt command");
            return;
        }
        reply("354 Start mail input; end with <CRLF>.<CRLF>");
        SmtpData data = SmtpData.read(in, service.organisation().limits().messageSize());
        if (data.tooLarge()) {
            mail = new SmtpMail();
            reply("552 5.3.4 Message size exceeds fixed maximum message size");
        } else {
            submit(data.octets());
        }
    }

    private void bdat(String rest) throws IOException {
        Matcher chunk = Pattern.compile("(?i)(\\d{1,12})( LAST)?").matcher(rest);
        if (!chunk.matches()) {
            reply("501 5.5.4 Invalid arguments");
            return;
        }
        long size = Long.parseLong(chunk.group(1));
        boolean fits = mail.size() + size <= service.organisation().limits().messageSize();
        if (mail.recipients().isEmpty() || !fits) {
            in.skip(size);
            mail = mail.recipients().isEmpty() ? mail : new SmtpMail();
            reply(fits ? "503 5.5.2 Need rcpt command" : "552 5.3.4 Message size exceeds fixed maximum message size");
            return;
        }
        mail.add(in.octets((int) size));
        if (chunk.group(2) == null) {
            reply("250 2.0.0 Chunk received OK, " + size + " octets");
        } else {
            submit(mail.octets());
        }
    }

    private void submit(byte[] message) throws IOException {
        SmtpMail done = mail;
        mail = new SmtpMail();
        Identity who = identity;
        if (who == null) {
            reply("530 5.7.57 Client not authenticated to send mail. [" + Transport.HOST + "]");
        } else {
            reply(SmtpSubmission.submit(service, who, withinLimit, done, message));
        }
    }

    String line() throws IOException {
        try {
            return in.line(LONGEST_LINE);
        } catch (WireInput.LineTooLongException e) {
            return "*";
        }
    }

    void note(String text) {
        service.log().add("smtp", id, Speaker.NOTE, text);
    }

    void reply(String text) throws IOException {
        service.log().add("smtp", id, Speaker.SERVER, text.replace("\r\n", " | "));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes((text + "\r\n").getBytes(ISO_8859_1));
        out.write(whole.toByteArray());
        out.flush();
    }
}
