package org.postroom.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Security;
import org.postroom.credentials.FakeCredentials;
import org.postroom.send.DeliveryResult;
import org.postroom.send.OutgoingMail;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.SelfSigned;

/** What somebody on the way puts behind the answer to STARTTLS in plain text counts for nothing (RFC 3207 section 6). */
@Timeout(30)
class SmtpStartTlsTest {
    @Test
    void capabilitiesInjectedInPlainTextAreNotBelieved(@TempDir Path folder) throws Exception {
        SSLContext tls = SelfSigned.context(folder);
        try (ScriptedServer server = new ScriptedServer(line -> {
            line.write("220 mail.test ESMTP\r\n");
            String hello = line.read();
            line.write(hello.startsWith("EHLO") ? "250-mail.test\r\n250 STARTTLS\r\n" : "500 no\r\n");
            String answer = line.read().equals("STARTTLS") ? "220 go\r\n" : "500 no\r\n";
            line.write(answer + "250-mail.test\r\n250 AUTH PLAIN XOAUTH2\r\n235 in\r\n");
            line.startTls(tls);
            while (true) {
                String command = line.read();
                line.write(command.startsWith("EHLO") ? "250-mail.test\r\n250 8BITMIME\r\n" : "530 5.7.0 no\r\n");
            }
        })) {
            byte[] mail = "Subject: a\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
            FakeCredentials credentials = FakeCredentials.fresh();
            Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), tls);

            DeliveryResult result = new SmtpTransport(dialer, credentials.secrets(), credentials.tokens())
                    .send(
                            TestChannels.smtp(server.port(), Security.STARTTLS, TestChannels.OAUTH),
                            new OutgoingMail(
                                    "o1",
                                    "c1",
                                    "v1",
                                    "m1",
                                    TestChannels.ADDRESS,
                                    List.of("ann@fabrikam.test"),
                                    "",
                                    mail.length),
                            () -> new ByteArrayInputStream(mail));

            assertThat(result).isNotInstanceOf(DeliveryResult.Accepted.class);
            assertThat(server.received())
                    .contains("STARTTLS")
                    .doesNotContain("AUTH")
                    .doesNotContain("MAIL FROM")
                    .doesNotContain("hello");
        }
    }
}
