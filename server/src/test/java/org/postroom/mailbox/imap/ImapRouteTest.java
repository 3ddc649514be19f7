package org.postroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.mailbox.Mailbox;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.story.TestChannels;
import org.postroom.wire.CapturedLog;
import org.postroom.wire.Dialer;
import org.postroom.wire.FakeProxy;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.NoProxy;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.SelfSigned;

/** A channel's proxy and its properties, seen from the IMAP server. */
@Timeout(30)
class ImapRouteTest {
    private FakeImapServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeImapServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static Mailbox open(Channel channel, SSLContext tls) throws IOException {
        return new ImapMailboxes(new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), tls), new FakeSecrets())
                .open(channel);
    }

    private Mailbox open(Map<String, String> properties, Route route) throws Exception {
        Channel channel = TestChannels.imap(server.port(), Security.NONE, TestChannels.PASSWORD);
        return open(TestChannels.with(channel, properties, route), SSLContext.getDefault());
    }

    private static String plain() {
        return Base64.getEncoder()
                .encodeToString(("\0" + TestChannels.ADDRESS + "\0" + FakeSecrets.PASSWORD)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void readsThroughAProxy(Proxy.Type type) throws Exception {
        server.add("Subject: a\r\n\r\nhello\r\n");
        try (FakeProxy proxy = new FakeProxy(type, "joe", "proxy-s3cret");
                Mailbox mailbox = open(Map.of(), new Route.Through(proxy.settings()))) {
            assertThat(mailbox.messageCount()).isEqualTo(1);
            assertThat(proxy.asked()).containsExactly("localhost:" + server.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void neverTakesTheProxysCredentialsForTheMailboxs(Proxy.Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", "proxy-s3cret")) {
            Proxy wrong = proxy.settings().withPassword("another-s3cret");

            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(Map.of(), new Route.Through(wrong)))
                    .satisfies(e -> assertThat(e.step()).isEqualTo(Step.CONNECT))
                    .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(Kind.SETTINGS))
                    .satisfies(e -> assertThat(e.problem().what()).startsWith("The proxy 127.0.0.1:"))
                    .satisfies(e -> assertThat(e.problem().remedy()).contains("of the proxy"))
                    .satisfies(e -> assertThat(e.problem().sentence()).doesNotContain("s3cret"));
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"403, SETTINGS", "502, PASSING", "405, SETTINGS", "504, PASSING"})
    void tellsWhetherWaitingHelps(int status, Kind kind) throws Exception {
        try (FakeProxy proxy = new FakeProxy(Proxy.Type.HTTP, null, null)) {
            proxy.refuse(status);

            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(Map.of(), new Route.Through(proxy.settings())))
                    .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(kind))
                    .satisfies(e -> assertThat(e.problem().what()).contains("(" + status));
        }
    }

    @Test
    void waitsForTheConnectionAsLongAsThePropertySays() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(ImapRouteTest::sleep)) {
            Proxy proxy = new Proxy(Proxy.Type.HTTP, "127.0.0.1", silent.port(), null, null, NoProxy.NONE);
            long start = System.nanoTime();

            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(Map.of("mail.imap.connectiontimeout", "300"), new Route.Through(proxy)))
                    .satisfies(e -> assertThat(e.problem().kind()).isEqualTo(Kind.PASSING));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void waitsForAnAnswerAsLongAsThePropertySays() {
        server.twist = (command, tag, line) -> {
            sleep(line);
            return "";
        };
        long start = System.nanoTime();

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(Map.of("mail.imap.timeout", "300"), Route.DIRECT))
                .withMessageContaining("in time");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    private static void sleep(ScriptedServer.Line line) throws IOException {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mail.imap.auth.mechanisms, LOGIN",
        "mail.imap.auth.mechanisms, login plain",
        "mail.imap.auth.plain.disable, true"
    })
    void prefersTheMechanismThatThePropertyNames(String name, String value) throws Exception {
        open(Map.of(name, value), Route.DIRECT).close();

        assertThat(server.received()).contains(" LOGIN \"").doesNotContain("AUTHENTICATE PLAIN");
    }

    @Test
    void usesNoMechanismThatIsDisabled() {
        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(
                        Map.of("mail.imap.auth.login.disable", "true", "mail.imap.auth.plain.disable", "TRUE"),
                        Route.DIRECT))
                .satisfies(e -> assertThat(e.step()).isEqualTo(Step.CAPABILITIES))
                .withMessageContaining("mail.imap.auth.mechanisms");
        assertThat(server.received()).doesNotContain("LOGIN").doesNotContain("AUTHENTICATE");
    }

    @Test
    void sendsNoTokenWhereXoauth2IsTakenOut() {
        Channel channel = TestChannels.imap(server.port(), Security.NONE, TestChannels.OAUTH);

        assertThatExceptionOfType(MailboxException.class)
                .isThrownBy(() -> open(
                        TestChannels.with(channel, Map.of("mail.imap.auth.xoauth2.disable", "true"), Route.DIRECT),
                        SSLContext.getDefault()))
                .satisfies(e -> assertThat(e.step()).isEqualTo(Step.CAPABILITIES));
        assertThat(server.received()).doesNotContain("XOAUTH2").doesNotContain("LOGIN");
    }

    @ParameterizedTest
    @CsvSource({"mail.imap.ssl.protocols, TLSv1.2", "mail.imaps.ssl.protocols, TLSv1.2", "mail.imap.timeout, 9000"})
    void agreesOnTheVersionOfTlsThatThePropertyNames(String name, String value, @TempDir Path folder) throws Exception {
        SSLContext tls = SelfSigned.context(folder);
        try (ScriptedServer encrypted = new ScriptedServer(line -> {
            line.startTls(tls);
            line.write("* BYE later\r\n");
        })) {
            Channel channel = TestChannels.imap(encrypted.port(), Security.TLS, TestChannels.PASSWORD);

            assertThatExceptionOfType(MailboxException.class)
                    .isThrownBy(() -> open(TestChannels.with(channel, Map.of(name, value), Route.DIRECT), tls));

            assertThat(encrypted.tlsVersions()).containsExactly(name.contains("ssl.protocols") ? "TLSv1.2" : "TLSv1.3");
        }
    }

    @Test
    void writesTheProtocolIntoTheLogWithoutSecrets() throws Exception {
        server.add("Subject: personal matter\r\n\r\nhello\r\n");
        try (CapturedLog log = new CapturedLog()) {
            open(Map.of("mail.debug", "true"), Route.DIRECT).close();

            assertThat(log.text())
                    .contains("Support imap > P1 CAPABILITY")
                    .contains("AUTHENTICATE PLAIN ***")
                    .contains("OK done")
                    .doesNotContain(FakeSecrets.PASSWORD)
                    .doesNotContain(plain());
        }
    }

    @Test
    void logsNothingOfTheProtocolUnasked() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            open(Map.of(), Route.DIRECT).close();

            assertThat(log.text()).doesNotContain("CAPABILITY");
        }
    }
}
