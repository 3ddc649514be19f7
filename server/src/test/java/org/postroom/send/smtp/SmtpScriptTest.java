package org.postroom.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.credentials.FakeCredentials;
import org.postroom.credentials.SaslXoauth2;
import org.postroom.send.DeliveryResult;
import org.postroom.send.OutgoingMail;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;

/** Submission to a server whose every reply a test can replace. */
class SmtpScriptTest {
    private static final String CLOSE = FakeSmtpServer.CLOSE;

    private final FakeCredentials credentials = FakeCredentials.fresh();
    private FakeSmtpServer server;
    private Map<String, String> replies;
    private List<String> taken;

    @BeforeEach
    void start() throws IOException {
        server = new FakeSmtpServer();
        replies = server.replies;
        taken = server.taken;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private DeliveryResult send(String message, String... to) throws Exception {
        return send(Security.NONE, TestChannels.PASSWORD, message, List.of(to));
    }

    private DeliveryResult send(
            Security security, org.postroom.credentials.Authentication authentication, String message, List<String> to)
            throws Exception {
        Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), SSLContext.getDefault());
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        var mail = new OutgoingMail(
                "o1",
                "c1",
                "v1",
                "m1",
                TestChannels.ADDRESS,
                to.isEmpty() ? List.of("ann@fabrikam.test") : to,
                "",
                bytes.length);
        return new SmtpTransport(dialer, credentials.secrets(), credentials.tokens())
                .send(
                        TestChannels.smtp(server.port(), security, authentication),
                        mail,
                        () -> new ByteArrayInputStream(bytes));
    }

    @Test
    void handsTheMessageOver() throws Exception {
        DeliveryResult result = send("Subject: a\r\n\r\nhello\r\n");

        assertThat(result).isEqualTo(new DeliveryResult.Accepted("250 2.0.0 queued as 1", List.of()));
        assertThat(taken).containsExactly("Subject: a\n\nhello\n");
        assertThat(server.received())
                .contains("MAIL FROM:<support@contoso.test> SIZE=")
                .contains("RCPT TO:<ann@fabrikam.test>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."})
    void passingRefusalAtAnyStepIsTriedLater(String step) throws Exception {
        replies.put(step, "451-4.3.0 Temporary\r\n451 4.3.0 server error\r\n");

        assertThat(send("a\r\n"))
                .isInstanceOfSatisfying(
                        DeliveryResult.TryLater.class,
                        later -> assertThat(later.problem().sentence())
                                .contains("451 4.3.0 Temporary 4.3.0 server error"));
    }

    @ParameterizedTest
    @CsvSource({"MAIL,true", "RCPT,true", "DATA,true", ".,true", "greeting,false", "EHLO,false", "AUTH,false"})
    void refusalOfTheMessageIsFinalAndOfTheSessionIsNot(String step, boolean forGood) throws Exception {
        replies.put(step, "550 5.1.1 Never\r\n");

        DeliveryResult result = send("a\r\n");

        assertThat(result).isInstanceOf(forGood ? DeliveryResult.Refused.class : DeliveryResult.TryLater.class);
        assertThat(result.toString()).contains("550 5.1.1 Never");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EHLO", "AUTH", "MAIL", "RCPT", "DATA", "middle"})
    void connectionLostBeforeTheFinalDotIsTriedLater(String step) throws Exception {
        replies.put("EHLO", "250-mail.test\r\n250-AUTH PLAIN\r\n250 SIZE 100000000\r\n");
        replies.put(step, CLOSE);

        // more than all buffers on the way hold: else the final dot may be out before the end of the connection is seen
        String large = ("x".repeat(900) + "\r\n").repeat(20_000);
        assertThat(send(large)).isInstanceOf(DeliveryResult.TryLater.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {CLOSE, "what?\r\n"})
    void connectionLostAfterTheFinalDotIsUnknown(String end) throws Exception {
        replies.put(".", end);

        assertThat(send("a\r\n")).isInstanceOf(DeliveryResult.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'.\\r\\n..\\r\\n.a\\r\\nb.\\r\\n' | '..\\n...\\n..a\\nb.\\n'",
                "'a\\nb\\n.c\\n' | 'a\\nb\\n..c\\n'",
                "'a\\rb\\r.c\\r' | 'a\\nb\\n..c\\n'",
                "'a\\r\\r\\nb' | 'a\\n\\nb\\n'",
                "'' | ''",
                "'no end' | 'no end\\n'",
                "'.' | '..\\n'",
            })
    void lineEndsAreMadeWholeAndDotsDoubled(String message, String onTheWire) throws Exception {
        DeliveryResult result = send(unescape(message));

        assertThat(result).isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(taken).containsExactly(unescape(onTheWire));
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    @Test
    void dotsAreDoubledAcrossBuffers() throws Exception {
        String line = "x".repeat(32 * 1024 - 2) + "\r\n";

        send(line + ".hidden\r\n" + line + ".\r\nRCPT TO:<evil@x.test>\r\n");

        assertThat(taken)
                .containsExactly((line + "..hidden\r\n" + line + "..\r\nRCPT TO:<evil@x.test>\r\n").replace("\r", ""));
    }

    @Test
    void someRefusedRecipientsAreNamedAndTheOthersGetIt() throws Exception {
        replies.put("RCPT TO:<bob", "550 5.1.1 no such user\r\n");

        DeliveryResult result = send("a\r\n", "ann@fabrikam.test", "bob@fabrikam.test", "eve@fabrikam.test");

        assertThat(result)
                .isInstanceOfSatisfying(
                        DeliveryResult.Accepted.class,
                        accepted -> assertThat(accepted.refused())
                                .containsExactly("bob@fabrikam.test (550 5.1.1 no such user)"));
    }

    @Test
    void onePassingRefusalHoldsTheMessageBackForAll() throws Exception {
        replies.put("RCPT TO:<ann", "450 4.2.0 greylisted\r\n");
        replies.put("RCPT TO:<bob", "550 5.1.1 no such user\r\n");

        DeliveryResult result = send("a\r\n", "ann@fabrikam.test", "bob@fabrikam.test", "eve@fabrikam.test");

        assertThat(result).isInstanceOf(DeliveryResult.TryLater.class);
        assertThat(server.received()).doesNotContain("DATA");
    }

    @Test
    void messageLargerThanTheServerTakesIsRefusedBeforeItIsSent() throws Exception {
        replies.put("EHLO", "250-mail.test\r\n250-AUTH PLAIN\r\n250 SIZE 2097152\r\n");

        DeliveryResult result = send("x".repeat(3 << 20));

        assertThat(result).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(result.toString()).contains("3 MB").contains("2 MB").contains("smaller attachments");
        assertThat(server.received()).doesNotContain("MAIL FROM");
    }

    @Test
    void addressBeyondAsciiIsRefusedWhereTheServerCannotTakeIt() throws Exception {
        DeliveryResult refused = send("a\r\n", "jürgen@fabrikam.test");
        replies.put("EHLO", "250-mail.test\r\n250-AUTH PLAIN\r\n250 SMTPUTF8\r\n");
        DeliveryResult taken = send("a\r\n", "jürgen@fabrikam.test");

        assertThat(refused).isInstanceOf(DeliveryResult.Refused.class);
        assertThat(taken).isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(server.received()).contains("SMTPUTF8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTH PLAIN LOGIN", "8BITMIME", "AUTH OAUTHBEARER", "AUTH", "XOAUTH2", "AUTHX XOAUTH2"})
    void tokenDoesNotLeaveWhereXoauth2IsNotOffered(String extension) throws Exception {
        replies.put("EHLO", "250-mail.test\r\n250 " + extension + "\r\n");

        DeliveryResult result = send(Security.NONE, credentials.oauth(), "a\r\n", List.of());

        assertThat(result).isInstanceOf(DeliveryResult.TryLater.class);
        assertThat(result.toString()).contains("XOAUTH2").contains("nothing was sent");
        assertThat(server.received())
                .doesNotContain("AUTH ")
                .doesNotContain(FakeCredentials.TOKEN)
                .doesNotContain(SaslXoauth2.encode(TestChannels.OWNER, FakeCredentials.TOKEN));
    }

    @Test
    void tokenGoesByXoauth2ForItsOwner() throws Exception {
        DeliveryResult result = send(Security.NONE, credentials.oauth(), "a\r\n", List.of());

        assertThat(result).isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(server.received())
                .contains("AUTH XOAUTH2")
                .contains(SaslXoauth2.encode(TestChannels.OWNER, FakeCredentials.TOKEN));
    }

    @Test
    void refusedTokenIsRenewedOnce() throws Exception {
        String first = SaslXoauth2.encode(TestChannels.OWNER, FakeCredentials.TOKEN);
        replies.put("sasl " + first, "535 5.7.3 Authentication unsuccessful\r\n");

        DeliveryResult result = send(Security.NONE, credentials.oauth(), "a\r\n", List.of());

        assertThat(result).isInstanceOf(DeliveryResult.Accepted.class);
        assertThat(server.received()).contains(SaslXoauth2.encode(TestChannels.OWNER, FakeCredentials.RENEWED));
    }

    @Test
    void strippedStartTlsIsRefusedBeforeAnySecretLeaves() throws Exception {
        DeliveryResult result = send(Security.STARTTLS, TestChannels.PASSWORD, "a\r\n", List.of());

        assertThat(result.toString()).contains("STARTTLS").contains("465");
        assertThat(server.received()).doesNotContain("AUTH");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTH | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | Set-TransportConfig",
                "AUTH | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | Set-CASMailbox",
                "AUTH | 535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. | Security Defaults",
                "AUTH | 550 5.7.30 Basic authentication is not supported for Client Submission. | OAuth 2.0",
                ". | 554 5.2.252 SendAsDenied; svc@contoso.test not allowed to send as support@contoso.test | Add-RecipientPermission",
                "MAIL | 530 5.7.57 Client not authenticated to send mail. | authentication of outgoing mail",
                "RCPT | 553 5.7.1 <support@contoso.test>: Sender address rejected: not owned by user svc@contoso.test | Add-RecipientPermission",
            })
    void knownRefusalsComeWithTheirRemedy(String step, String words, String remedy) throws Exception {
        replies.put(step, words + "\r\n");

        DeliveryResult result = send("a\r\n");

        assertThat(result.toString()).contains(remedy).contains(words.substring(0, 12));
    }

    @Test
    void recipientOverTheDaysLimitIsTriedLaterThoughAnotherWasTaken() throws Exception {
        replies.put("RCPT TO:<late@", "550 5.1.90 You've reached your daily limit for message recipients\r\n");

        DeliveryResult result = send("a\r\n", "early@example.test", "late@example.test");

        assertThat(result)
                .isInstanceOfSatisfying(
                        DeliveryResult.TryLater.class,
                        later -> assertThat(later.problem().kind()).isEqualTo(Kind.THROTTLED));
        assertThat(taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not smtp at all\r\n", "", "250-", "999 what\r\n", "220 ok"})
    void whateverTheServerSaysBecomesAResult(String greeting) {
        replies.put(
                "greeting", greeting.isEmpty() ? "\r\n" : greeting.endsWith("\n") ? greeting : greeting + "\r\nxx\r\n");

        assertThatNoException().isThrownBy(() -> assertThat(send("a\r\n")).isInstanceOf(DeliveryResult.TryLater.class));
    }
}
