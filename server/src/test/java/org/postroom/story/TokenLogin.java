package org.postroom.story;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.postroom.credentials.SaslXoauth2;
import org.postroom.rig.RealServers;
import org.postroom.rig.RigTrust;

/** Asks a real Dovecot about a token, by nothing but a socket. */
final class TokenLogin {
    private static final Duration SOON = Duration.ofSeconds(60);

    private TokenLogin() {}

    /** What Dovecot says to a token. */
    static String answer(RealServers at, String mailbox, String token) throws Exception {
        try (Socket socket = RigTrust.of(at.authorityPem())
                        .getSocketFactory()
                        .createSocket(RealServers.HOST, at.imapTlsPort());
                var in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            OutputStream out = socket.getOutputStream();
            socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            out.write(("a AUTHENTICATE XOAUTH2 " + SaslXoauth2.encode(mailbox, token) + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String line = in.readLine();
            while (line != null && !line.startsWith("a ")) {
                if (line.startsWith("+")) {
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                line = in.readLine();
            }
            return String.valueOf(line);
        }
    }
}
