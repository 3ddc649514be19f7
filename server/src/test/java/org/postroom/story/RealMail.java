package org.postroom.story;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput;
import org.postroom.credentials.Authentication;
import org.postroom.rig.RealServers;

/** Channels on the real servers as an administrator enters them, and mail as customers write it. */
final class RealMail {
    private RealMail() {}

    static ChannelInput channel(
            RealServers servers, String name, String address, ChannelInput.AuthenticationInput authentication) {
        return channel(servers, name, address, authentication, "INBOX", "keep", "all");
    }

    static ChannelInput channel(
            RealServers servers,
            String name,
            String address,
            ChannelInput.AuthenticationInput authentication,
            String folder,
            String afterImport,
            String startFrom) {
        return new ChannelInput(
                name,
                address,
                true,
                null,
                authentication,
                new ChannelInput.IncomingInput(
                        "imap", RealServers.HOST, servers.imapTlsPort(), "tls", folder, afterImport, startFrom),
                new ChannelInput.OutgoingInput(
                        "smtp",
                        RealServers.HOST,
                        servers.smtpStartTlsPort(),
                        "starttls",
                        address,
                        "Contoso Support",
                        null,
                        null,
                        "same"),
                null,
                Map.of());
    }

    static ChannelInput.AuthenticationInput password(String user, String password) {
        return new ChannelInput.AuthenticationInput(
                "password", user, password, null, null, null, null, null, null, null, null, null);
    }

    static ChannelInput.AuthenticationInput oauth(Authentication.OAuth2 settings, @Nullable String secret) {
        return new ChannelInput.AuthenticationInput(
                "oauth2",
                null,
                null,
                settings.provider().word(),
                settings.grant().word(),
                settings.tenant(),
                settings.clientId(),
                secret,
                null,
                settings.authority(),
                List.of(),
                settings.signInUser());
    }

    /** A plain mail; {@code more} are further header lines, each with its end. */
    static byte[] mail(String from, String to, String subject, String id, String more, String text) {
        return ("From: Ann Becker <" + from + ">\r\nTo: " + to + "\r\nSubject: " + subject + "\r\nMessage-ID: <" + id
                        + ">\r\nDate: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC))
                        + "\r\nMIME-Version: 1.0\r\n" + more + "\r\n" + text)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A mail with a text and a file. */
    static byte[] withFile(String from, String to, String subject, String id) {
        return mail(
                from,
                to,
                subject,
                id,
                "Content-Type: multipart/mixed; boundary=\"b1\"\r\n",
                "--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nPlease see the file.\r\n"
                        + "--b1\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"a.pdf\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQ=\r\n--b1--\r\n");
    }
}
