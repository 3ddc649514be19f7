package org.postroom.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Finding;
import org.postroom.channel.Security;
import org.postroom.channel.Trial;
import org.postroom.credentials.FakeCredentials;
import org.postroom.send.SendSecrets;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;

/** What the diagnosis asks an outgoing server, and what it makes of the answers. */
class SmtpProbeTest {
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

    private List<Finding> probe(org.postroom.channel.Channel channel, @Nullable String sendTo) throws Exception {
        Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), SSLContext.getDefault());
        var secrets = SendSecrets.stored(credentials.secrets(), credentials.tokens());
        List<Finding> findings = new ArrayList<>();
        new SmtpProbe(dialer, secrets, Clock.systemUTC()).probe(channel, new Trial(findings::add), sendTo);
        return findings;
    }

    @Test
    void testMailSaysWhatItIs() throws Exception {
        List<Finding> findings =
                probe(TestChannels.smtp(server.port(), Security.NONE, credentials.oauth()), "ann@fabrikam.test");

        assertThat(findings.getLast())
                .satisfies(f -> assertThat(f.name()).isEqualTo("outgoing: test mail to ann@fabrikam.test"))
                .satisfies(f -> assertThat(f.what()).contains("250 2.0.0 queued as 1"));
        assertThat(server.received()).contains("RCPT TO:<ann@fabrikam.test>");
        String body =
                taken.getFirst().substring(taken.getFirst().indexOf("\n\n")).strip();
        assertThat(taken.getFirst())
                .contains("From: <support@contoso.test>\nTo: <ann@fabrikam.test>\n")
                .contains("Auto-Submitted: auto-generated\n");
        assertThat(new String(java.util.Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8))
                .contains("test mail of Postroom", "channel \"Support\"", "support@contoso.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "554 5.2.252 SendAsDenied; svc@contoso.test not allowed to send as support@contoso.test",
                "550 5.7.60 SMTP; Client does not have permissions to send as this sender"
            })
    void testMailThatIsRefusedNamesTheRight(String refusal) throws Exception {
        replies.put(".", refusal + "\r\n");

        Finding last = probe(TestChannels.smtp(server.port(), Security.NONE, credentials.oauth()), "ann@fabrikam.test")
                .getLast();

        assertThat(last.problem()).satisfies(problem -> {
            assertThat(problem).isNotNull();
            assertThat(problem.remedy())
                    .contains("Add-RecipientPermission -Identity support@contoso.test -Trustee svc@contoso.test"
                            + " -AccessRights SendAs");
            assertThat(problem.code()).isEqualTo(refusal);
        });
    }

    @Test
    void probeNamesEveryStepAndSendsNothing() throws Exception {
        var channel = TestChannels.smtp(server.port(), Security.NONE, credentials.oauth());

        List<Finding> good = probe(channel, null);
        replies.put("MAIL", "550 5.7.60 SMTP; Client does not have permissions to send as this sender\r\n");
        List<Finding> bad = probe(channel, null);

        assertThat(good).allMatch(f -> f.reached() && f.problem() == null);
        assertThat(good)
                .extracting(Finding::name)
                .containsExactly(
                        "outgoing: name resolved",
                        "outgoing: server reached",
                        "outgoing: sign-in offered",
                        "outgoing: token obtained",
                        "outgoing: token decoded",
                        "outgoing: authenticated",
                        "outgoing: may send as support@contoso.test",
                        "outgoing: size limit read");
        assertThat(good.getLast().what()).contains("976 KB");
        assertThat(good.getLast().warning()).contains("25 MB");
        assertThat(bad.getLast().reached()).isFalse();
        assertThat(bad.get(6).problem()).satisfies(problem -> {
            assertThat(problem).isNotNull();
            assertThat(problem.kind()).isEqualTo(Kind.SETTINGS);
            assertThat(problem.remedy()).contains("Grant Send As");
        });
        assertThat(server.received()).doesNotContain("DATA");
    }
}
