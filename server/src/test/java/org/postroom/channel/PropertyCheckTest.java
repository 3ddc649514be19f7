package org.postroom.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.story.TestChannels;
import org.postroom.wire.Route;

class PropertyCheckTest {
    private static List<FieldProblem> problems(Map<String, String> entered) {
        PropertyCheck check = new PropertyCheck();
        check.check(entered);
        return check.problems();
    }

    private static List<FieldProblem> problems(Map<String, String> properties, Channel channel) {
        PropertyCheck check = new PropertyCheck();
        check.check(properties);
        check.against(TestChannels.with(channel, properties, Route.SERVERS));
        return check.problems();
    }

    @ParameterizedTest
    @CsvSource({
        "mail.imap.connectiontimeout, 0",
        "mail.imap.connectiontimeout, -1",
        "mail.smtp.timeout, soon",
        "mail.imaps.timeout, 600001",
        "mail.pop3.timeout, 0x10",
        "mail.imap.auth.mechanisms, NTLM",
        "mail.imap.auth.mechanisms, XOAUTH2 OAUTHBEARER",
        "mail.imap.auth.plain.disable, yes",
        "mail.smtp.ssl.protocols, TLSv1.1",
        "mail.smtp.ssl.protocols, SSLv3 TLSv1.2",
        "mail.smtp.localhost, a b",
        "mail.smtp.from, nobody",
        "mail.debug, 1",
        "mail.pop3.disabletop, maybe",
        "mail.pop3.auth.xoauth2.two.line.authentication.format, 2"
    })
    void namesThePropertyWhoseValueIsWrong(String name, String value) {
        assertThat(problems(Map.of(name, value))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("properties." + name);
            assertThat(problem.message()).startsWith("enter ");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "mail.imap.host, incoming.host",
        "mail.smtp.host, outgoing.host",
        "mail.pop3.port, incoming.port",
        "mail.smtps.port, outgoing.port",
        "mail.imap.user, authentication.username",
        "mail.user, authentication.username",
        "mail.imap.password, authentication.password",
        "mail.anything.secret, authentication.password",
        "mail.imap.socks.host, proxy",
        "mail.smtp.socks.port, proxy",
        "mail.smtp.proxy.host, proxy",
        "mail.smtp.auth, outgoing.authentication",
        "mail.store.protocol, incoming.protocol",
        "mail.transport.protocol, outgoing.protocol",
        "mail.imap.ssl.enable, incoming.security",
        "mail.smtp.starttls.enable, outgoing.security",
        "mail.from, outgoing.sendAs"
    })
    void namesTheFieldThatHasThisMeaning(String name, String field) {
        assertThat(problems(Map.of(name, "false"))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("properties." + name);
            assertThat(problem.message()).startsWith("take it out and use ").contains(field);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "mail.imap.socketFactory.class, javax.net.ssl.SSLSocketFactory, opens its connections itself",
        "mail.pop3.socketFactory.fallback, false, opens its connections itself",
        "mail.smtp.ssl.socketFactory, x, opens its connections itself",
        "mail.imap.ssl.trust, *, POSTROOM_TRUSTED_CA",
        "mail.imap.ssl.checkserveridentity, False, always checked",
        "mail.imap.class, com.example.Store, no code from outside",
        "mail.debug.auth, true, never written into the log"
    })
    void refusesWhatWouldBreakAPromise(String name, String value, String reason) {
        assertThat(problems(Map.of(name, value))).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("properties." + name);
            assertThat(problem.message()).startsWith("take it out: ").contains(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "MAIL.imap.timeout", "mail.", "mail.a b", "type"})
    void refusesWhatIsNoProperty(String name) {
        assertThat(problems(Map.of(name, "x")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith("names of properties begin with mail."));
    }

    @Test
    void refusesMissingLongAndDoubleValues() {
        Map<String, String> missing = new HashMap<>();
        missing.put("mail.debug", null);

        assertThat(problems(missing))
                .singleElement()
                .extracting(FieldProblem::message)
                .isEqualTo("the value is missing");
        assertThat(problems(Map.of("mail.x", "y".repeat(501)))).hasSize(1);
        assertThat(problems(Map.of("mail.x", "a\nb"))).hasSize(1);
        assertThat(problems(Map.of("mail.imap.timeout", "5", "mail.imap.TimeOut", "6")))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "mail.imap.fetchsize, 16384, streamed whole",
        "mail.imap.partialfetch, false, streamed whole",
        "mail.imap.peek, true, never marks",
        "mail.imap.writetimeout, 5, has no effect",
        "mail.imap.ssl.checkserveridentity, true, always so",
        "mail.mime.charset, utf-8, is not known to Postroom",
        "mail.pop3.disabletop, true, by POP3",
        "mail.pop3.auth.xoauth2.two.line.authentication.format, true, by POP3",
        "mail.ews.auth.mechanisms, XOAUTH2, kept"
    })
    void takesAndHintsWhatHasNoEffect(String name, String value, String hint) {
        Channel channel = TestChannels.with(
                TestChannels.imap(1, Security.TLS, TestChannels.PASSWORD), Map.of(name, value), Route.SERVERS);

        assertThat(problems(Map.of(name, value))).isEmpty();
        assertThat(channel.hints()).singleElement().satisfies(h -> {
            assertThat(h.property()).isEqualTo(name);
            assertThat(h.message()).contains(hint);
        });
    }

    @Test
    void hintsNothingWhereThePropertyWorks() {
        Channel channel = TestChannels.with(
                TestChannels.imap(1, Security.TLS, TestChannels.PASSWORD),
                Map.of("mail.imap.timeout", "5000", "mail.debug", "false"),
                Route.SERVERS);

        assertThat(channel.hints()).isEmpty();
    }

    @Test
    void namesMechanismsThatDoNotFitTheSignIn() {
        Channel oauth = TestChannels.smtp(1, Security.TLS, TestChannels.OAUTH);
        Channel password = TestChannels.smtp(1, Security.TLS, TestChannels.PASSWORD);

        assertThat(problems(Map.of("mail.imap.auth.mechanisms", "PLAIN"), oauth))
                .singleElement()
                .satisfies(p -> assertThat(p.field()).isEqualTo("properties.mail.imap.auth.mechanisms"))
                .satisfies(p -> assertThat(p.message()).contains("needs XOAUTH2"));
        assertThat(problems(Map.of("mail.smtp.auth.mechanisms", "XOAUTH2"), password))
                .singleElement()
                .satisfies(p -> assertThat(p.field()).isEqualTo("properties.mail.smtp.auth.mechanisms"))
                .satisfies(p -> assertThat(p.message()).contains("PLAIN or LOGIN"));
        assertThat(problems(Map.of("mail.pop3.auth.mechanisms", "PLAIN"), oauth))
                .isEmpty();
        assertThat(problems(
                        Map.of("mail.imap.auth.mechanisms", "XOAUTH2", "mail.smtp.auth.mechanisms", "XOAUTH2"), oauth))
                .isEmpty();
    }

    @Test
    void readsWhatTheClientsNeed() {
        MailOptions options = new MailOptions(Map.of(
                "mail.imap.timeout", "1000",
                "mail.imaps.timeout", "2000",
                "mail.smtp.from", "b@contoso.test",
                "mail.imap.ssl.protocols", "TLSv1.3"));
        Duration usual = Duration.ofSeconds(60);

        assertThat(options.readTimeout("imap", Security.TLS, usual)).hasMillis(2000);
        assertThat(options.readTimeout("imap", Security.STARTTLS, usual)).hasMillis(1000);
        assertThat(options.readTimeout("smtp", Security.TLS, usual)).isEqualTo(usual);
        assertThat(options.envelopeFrom(Security.STARTTLS)).contains("b@contoso.test");
        assertThat(options.tlsVersions("imap", Security.TLS)).containsExactly("TLSv1.3");
        assertThat(options.mechanisms("imap", Security.TLS)).containsExactly("XOAUTH2", "PLAIN", "LOGIN");
        assertThat(options.twoLineXoauth2(Security.TLS)).isTrue();
        assertThat(new MailOptions(Map.of("mail.pop3.auth.xoauth2.two.line.authentication.format", "false"))
                        .twoLineXoauth2(Security.TLS))
                .isFalse();
    }

    @Test
    void countsNoStoredValueThatCannotBeRead() {
        MailOptions options = new MailOptions(
                Map.of("mail.imap.timeout", "soon", "mail.imap.ssl.protocols", "SSLv3", "mail.smtp.localhost", "a b"));

        assertThat(options.readTimeout("imap", Security.TLS, Duration.ofSeconds(60)))
                .hasSeconds(60);
        assertThat(options.tlsVersions("imap", Security.TLS)).containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(options.ehloName(Security.TLS)).isEmpty();
    }

    static Stream<MailProperty> table() {
        return MailProperty.TABLE.stream();
    }

    @ParameterizedTest
    @MethodSource("table")
    void thePageShowsEveryRowOfTheTable(MailProperty property) throws IOException {
        String page = Files.readString(Path.of("../docs/reference/properties.md"));

        assertThat(MailProperty.named(property.example())).contains(property);
        assertThat(page).contains(property.example());
    }
}
