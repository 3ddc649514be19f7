package org.postroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.SaslXoauth2;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.SelfSigned;

/** What leaves at sign-in, and what never does. */
class ImapSignInTest {
    private static SSLContext tls;

    private final FakeSecrets secrets = new FakeSecrets();
    private FakeImapServer server;

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        tls = SelfSigned.context(folder);
    }

    @BeforeEach
    void start() throws IOException {
        server = new FakeImapServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Mailbox open(int port, Security security, Authentication authentication) throws Exception {
        Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), tls);
        return new ImapMailboxes(dialer, secrets).open(TestChannels.imap(port, security, authentication));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMAP4rev1 AUTH=PLAIN AUTH=LOGIN SASL-IR",
                "IMAP4rev1",
                "IMAP4rev1 AUTH=OAUTHBEARER SASL-IR",
                "IMAP4rev1 LOGINDISABLED",
                "IMAP4rev1 AUTH=XOAUTH",
                "IMAP4rev1 XOAUTH2",
            })
    void tokenDoesNotLeaveWhereXoauth2IsNotOffered(String capabilities) {
        server.capabilities = capabilities;

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(server.port(), Security.NONE, TestChannels.OAUTH))
                .satisfies(e -> assertThat(e.step()).isEqualTo(Step.CAPABILITIES))
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(Kind.SETTINGS))
                .withMessageContaining("XOAUTH2");

        String encoded = SaslXoauth2.encode(TestChannels.ADDRESS, FakeSecrets.TOKEN);
        assertThat(server.received())
                .doesNotContain(FakeSecrets.TOKEN)
                .doesNotContain(encoded)
                .doesNotContain(base64(FakeSecrets.TOKEN).substring(0, 12))
                .doesNotContain("AUTHENTICATE")
                .doesNotContain("LOGIN ");
    }

    @Test
    void tokenGoesByXoauth2ForTheMailbox() throws Exception {
        open(server.port(), Security.NONE, TestChannels.OAUTH).close();

        assertThat(server.received())
                .contains("AUTHENTICATE XOAUTH2 " + SaslXoauth2.encode(TestChannels.ADDRESS, FakeSecrets.TOKEN));
    }

    @Test
    void longTokenGoesOnALineOfItsOwn() throws Exception {
        server.capabilities = "IMAP4rev1 AUTH=XOAUTH2";
        server.twist = (command, tag, line) -> {
            if (command.equals("AUTHENTICATE XOAUTH2")) {
                line.write("+ \r\n");
                line.read();
                return tag + " OK in\r\n";
            }
            return null;
        };

        open(server.port(), Security.NONE, TestChannels.OAUTH).close();

        assertThat(server.received())
                .containsSubsequence(
                        "AUTHENTICATE XOAUTH2\r\n", SaslXoauth2.encode(TestChannels.ADDRESS, FakeSecrets.TOKEN));
    }

    @Test
    void refusedTokenIsRenewedOnceAndTheErrorChallengeAnswered() throws Exception {
        server.twist = (command, tag, line) -> {
            if (command.startsWith("AUTHENTICATE") && !plain(command).contains("-renewed")) {
                line.write("+ eyJzdGF0dXMiOiI0MDEifQ==\r\n");
                line.read();
                return tag + " NO AUTHENTICATE failed.\r\n";
            }
            return null;
        };

        open(server.port(), Security.NONE, TestChannels.OAUTH).close();

        assertThat(secrets.given).containsExactly(FakeSecrets.TOKEN, FakeSecrets.TOKEN + "-renewed");
    }

    @Test
    void tokenRefusedTwiceIsAProblemWithTheRemedy() {
        server.twist = (command, tag, line) ->
                command.startsWith("AUTHENTICATE") ? tag + " NO AUTHENTICATE failed.\r\n" : null;

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(server.port(), Security.NONE, TestChannels.OAUTH))
                .satisfies(e -> assertThat(e.step()).isEqualTo(Step.AUTHENTICATE))
                .withMessageContaining("Set-CASMailbox -Identity support@contoso.test -ImapEnabled $true");
        assertThat(secrets.given).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO [UNAVAILABLE] Temporary authentication failure. | PASSING",
                "NO [LIMIT] Too many simultaneous connections. (Failure) | THROTTLED",
                "NO [AUTHENTICATIONFAILED] Authentication failed. | SETTINGS",
                "NO LOGIN failed. | SETTINGS",
            })
    void refusalsAreToldApart(String refusal, Kind kind) {
        server.twist = (command, tag, line) -> command.startsWith("AUTHENTICATE") ? tag + " " + refusal + "\r\n" : null;

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(server.port(), Security.NONE, TestChannels.PASSWORD))
                .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(kind))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(refusal))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(FakeSecrets.PASSWORD));
    }

    @Test
    void passwordGoesByLoginWherePlainIsNotOfferedWithItsQuotesEscaped() throws Exception {
        server.capabilities = "IMAP4rev1";

        open(server.port(), Security.NONE, TestChannels.PASSWORD).close();

        assertThat(server.received()).contains("LOGIN \"support@contoso.test\" \"s3cret \\\"quoted\\\\\"");
    }

    @Test
    void strippedStartTlsIsRefusedBeforeAnySecretLeaves() {
        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(server.port(), Security.STARTTLS, TestChannels.PASSWORD))
                .satisfies(e -> assertThat(e.step()).isEqualTo(Step.TLS))
                .withMessageContaining("STARTTLS")
                .withMessageContaining("993");
        assertThat(server.received()).doesNotContain("AUTHENTICATE").doesNotContain("LOGIN");
    }

    @Test
    void signedInGreetingDoesNotReplaceEncryption() throws Exception {
        try (ScriptedServer preauth = new ScriptedServer(line -> {
            line.write("* PREAUTH [CAPABILITY IMAP4rev1] welcome\r\n");
            while (true) {
                line.write(line.read().split(" ")[0] + " OK done\r\n");
            }
        })) {
            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(preauth.port(), Security.STARTTLS, TestChannels.PASSWORD))
                    .satisfies(e -> assertThat(e.step()).isEqualTo(Step.TLS));
        }
    }

    @Test
    void whatWasSaidBeforeEncryptionIsNotBelieved() throws Exception {
        try (ScriptedServer injecting = new ScriptedServer(line -> {
            line.write("* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=XOAUTH2 SASL-IR] ready\r\n");
            String tag = line.read().split(" ")[0];
            line.write(tag + " OK begin\r\n* CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR\r\n* OK injected\r\n");
            line.startTls(tls);
            while (true) {
                String command = line.read();
                String next = command.split(" ")[0];
                line.write((command.endsWith("CAPABILITY") ? "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" : "") + next
                        + " OK\r\n");
            }
        })) {
            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(injecting.port(), Security.STARTTLS, TestChannels.OAUTH))
                    .satisfies(e -> assertThat(e.step()).isEqualTo(Step.CAPABILITIES));

            assertThat(injecting.received()).contains("CAPABILITY").doesNotContain("AUTHENTICATE");
        }
    }

    @Test
    void goodbyeAsGreetingIsTold() throws Exception {
        try (ScriptedServer full = new ScriptedServer(line -> line.write("* BYE Too busy\r\n"))) {
            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(full.port(), Security.NONE, TestChannels.PASSWORD))
                    .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(Kind.PASSING))
                    .withMessageContaining("Too busy");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(String command) {
        return new String(
                Base64.getDecoder().decode(command.substring(command.lastIndexOf(' ') + 1)), StandardCharsets.UTF_8);
    }
}
