package org.postroom.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
import org.postroom.channel.Trial;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.FakeCredentials;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.send.DeliveryResult;
import org.postroom.send.OutgoingMail;
import org.postroom.send.SendSecrets;
import org.postroom.story.TestChannels;
import org.postroom.wire.CapturedLog;
import org.postroom.wire.Dialer;
import org.postroom.wire.FakeProxy;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.NoProxy;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.ScriptedServer.Line;
import org.postroom.wire.SelfSigned;

/** A channel's proxy and its properties, seen from the submission server. */
@Timeout(30)
class SmtpRouteTest {
    private final FakeCredentials credentials = FakeCredentials.fresh();
    private ScriptedServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(SmtpRouteTest::talk);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static void talk(Line line) throws IOException {
        line.write("220 mail.test ESMTP\r\n");
        while (true) {
            String command = line.read();
            switch (command.split(" ")[0]) {
                case "EHLO" -> line.write("250-mail.test\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n");
                case "AUTH" -> {
                    if (command.equals("AUTH LOGIN")) {
                        line.write("334 VXNlcm5hbWU6\r\n");
                        line.read();
                        line.write("334 UGFzc3dvcmQ6\r\n");
                        line.read();
                    }
                    line.write("235 in\r\n");
                }
                case "DATA" -> {
                    line.write("354 go\r\n");
                    while (!line.read().equals(".")) {
                        // The message is of no interest here.
                    }
                    line.write("250 queued\r\n");
                }
                default -> line.write("250 ok\r\n");
            }
        }
    }

    private DeliveryResult send(Map<String, String> properties, Route route) throws Exception {
        return send(server, Security.NONE, TestChannels.PASSWORD, properties, route, SSLContext.getDefault());
    }

    private DeliveryResult send(
            ScriptedServer to,
            Security security,
            Authentication authentication,
            Map<String, String> properties,
            Route route,
            SSLContext tls) {
        Channel channel = TestChannels.with(TestChannels.smtp(to.port(), security, authentication), properties, route);
        byte[] mail = "Subject: a\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
        return transport(tls)
                .send(
                        channel,
                        new OutgoingMail(
                                "o1",
                                "c1",
                                "v1",
                                "m1",
                                channel.envelopeFrom(),
                                List.of("ann@fabrikam.test"),
                                "",
                                mail.length),
                        () -> new ByteArrayInputStream(mail));
    }

    private SmtpTransport transport(SSLContext tls) {
        return new SmtpTransport(
                new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), tls), credentials.secrets(), credentials.tokens());
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void sendsThroughAProxyWithTheStoredPassword(Proxy.Type type) throws Exception {
        credentials.secrets().put("c1", Purpose.PROXY_PASSWORD, "proxy-s3cret");
        try (FakeProxy proxy = new FakeProxy(type, "joe", "proxy-s3cret")) {
            DeliveryResult result =
                    send(Map.of(), new Route.Through(proxy.settings().withPassword(null)));

            assertThat(result).isInstanceOf(DeliveryResult.Accepted.class);
            assertThat(proxy.asked()).containsExactly("localhost:" + server.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void keepsTheMessageWhenTheProxyRefuses(Proxy.Type type) throws Exception {
        credentials.secrets().put("c1", Purpose.PROXY_PASSWORD, "wrong-s3cret");
        try (FakeProxy proxy = new FakeProxy(type, "joe", "proxy-s3cret")) {
            DeliveryResult result = send(Map.of(), new Route.Through(proxy.settings()));

            assertThat(result).isInstanceOfSatisfying(DeliveryResult.TryLater.class, later -> {
                assertThat(later.problem().kind()).isEqualTo(Kind.SETTINGS);
                assertThat(later.problem().what())
                        .startsWith("The proxy 127.0.0.1:")
                        .doesNotContain("s3cret");
            });
            assertThat(server.connections()).isZero();
        }
    }

    @Test
    void waitsForTheConnectionAsLongAsThePropertySays() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(SmtpRouteTest::sleep)) {
            Proxy proxy = new Proxy(Proxy.Type.SOCKS5, "127.0.0.1", silent.port(), null, null, NoProxy.NONE);
            long start = System.nanoTime();

            assertThat(send(Map.of("mail.smtp.connectiontimeout", "300"), new Route.Through(proxy)))
                    .isInstanceOf(DeliveryResult.TryLater.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void waitsForAnAnswerAsLongAsThePropertySays() throws Exception {
        try (ScriptedServer silent = new ScriptedServer(SmtpRouteTest::sleep)) {
            long start = System.nanoTime();

            assertThat(send(
                            silent,
                            Security.NONE,
                            TestChannels.PASSWORD,
                            Map.of("mail.smtp.timeout", "300"),
                            Route.DIRECT,
                            SSLContext.getDefault()))
                    .isInstanceOf(DeliveryResult.TryLater.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private static void sleep(Line line) throws IOException {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mail.smtp.auth.mechanisms, LOGIN PLAIN, AUTH LOGIN",
        "mail.smtp.auth.plain.disable, true, AUTH LOGIN",
        "mail.smtp.auth.login.disable, true, AUTH PLAIN",
        "mail.smtp.auth.mechanisms, PLAIN, AUTH PLAIN"
    })
    void signsInByTheMechanismThatThePropertyNames(String name, String value, String command) throws Exception {
        assertThat(send(Map.of(name, value), Route.DIRECT)).isInstanceOf(DeliveryResult.Accepted.class);

        assertThat(server.received())
                .contains(command)
                .doesNotContain(command.equals("AUTH LOGIN") ? "AUTH PLAIN" : "AUTH LOGIN");
    }

    @Test
    void sendsNoTokenWhereXoauth2IsTakenOut() throws Exception {
        DeliveryResult result = send(
                server,
                Security.NONE,
                TestChannels.OAUTH,
                Map.of("mail.smtp.auth.xoauth2.disable", "true"),
                Route.DIRECT,
                SSLContext.getDefault());

        assertThat(result).isInstanceOf(DeliveryResult.TryLater.class);
        assertThat(server.received()).doesNotContain("AUTH");
    }

    @Test
    void introducesItselfAndSendsAsThePropertiesSay() throws Exception {
        Map<String, String> properties =
                Map.of("mail.smtp.localhost", "mx.contoso.test", "mail.smtp.from", "bounces@contoso.test");

        send(properties, Route.DIRECT);
        new SmtpProbe(
                        new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), SSLContext.getDefault()),
                        SendSecrets.stored(credentials.secrets(), credentials.tokens()),
                        Clock.systemUTC())
                .probe(
                        TestChannels.with(
                                TestChannels.smtp(server.port(), Security.NONE, TestChannels.PASSWORD),
                                properties,
                                Route.DIRECT),
                        new Trial(finding -> {}),
                        null);

        assertThat(server.received().split("\r\n"))
                .contains("EHLO mx.contoso.test", "MAIL FROM:<bounces@contoso.test>")
                .doesNotContain("MAIL FROM:<" + TestChannels.ADDRESS + ">");
    }

    @ParameterizedTest
    @CsvSource({"mail.smtp.ssl.protocols, TLSv1.2", "mail.smtps.ssl.protocols, TLSv1.3"})
    void agreesOnTheVersionOfTlsThatThePropertyNames(String name, String value, @TempDir Path folder) throws Exception {
        SSLContext tls = SelfSigned.context(folder);
        try (ScriptedServer encrypted = new ScriptedServer(line -> {
            line.startTls(tls);
            talk(line);
        })) {
            send(encrypted, Security.TLS, TestChannels.PASSWORD, Map.of(name, value), Route.DIRECT, tls);

            assertThat(encrypted.tlsVersions()).containsExactly(value);
        }
    }

    @Test
    void writesTheProtocolIntoTheLogWithoutSecrets() throws Exception {
        try (CapturedLog log = new CapturedLog()) {
            send(Map.of("mail.debug", "true", "mail.smtp.auth.mechanisms", "LOGIN"), Route.DIRECT);

            assertThat(log.text())
                    .contains("Support smtp > AUTH LOGIN")
                    .contains("Support smtp > ***")
                    .contains("Support smtp < 250 queued")
                    .doesNotContain("czNjcmV0")
                    .doesNotContain("hello");
        }
    }
}
