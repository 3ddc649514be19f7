package org.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.credentials.FakeTokens;
import org.postroom.mailbox.imap.FakeImapServer;
import org.postroom.send.smtp.FakeSmtpServer;
import org.postroom.web.rest.RestTest;
import picocli.CommandLine;

class DoctorCommandTest extends RestTest {
    /** What a command left. */
    record Ran(int status, String out, String err) {}

    private static Ran run(Map<String, String> environment, String... arguments) {
        CommandLine line = new CommandLine(new DoctorCommand(environment));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int status = line.execute(arguments);
        return new Ran(status, out.toString(), err.toString());
    }

    private Map<String, String> server() {
        return new HashMap<>(Map.of("POSTROOM_URL", "http://127.0.0.1:" + port(), "POSTROOM_API_KEY", ADMINISTRATOR));
    }

    @Test
    void mailboxThatWorksEndsWithNought() throws Exception {
        try (FakeImapServer imap = new FakeImapServer()) {
            imap.add("Subject: a\r\n\r\na\r\n");

            Ran ran = run(
                    Map.of("POSTROOM_PASSWORD", "planted-password"),
                    "imap://support@contoso.test@127.0.0.1:" + imap.port() + "/INBOX");

            assertThat(ran.status()).isZero();
            assertThat(ran.out())
                    .startsWith("Incoming\n")
                    .contains(
                            "authenticated",
                            "Sent mail lies in Sent Items.",
                            "Everything works. 1 message in the folder.")
                    .doesNotContain("planted-password", "\u001b");
        }
    }

    @Test
    void failureEndsWithOneAndTellsCauseStepsAndLines() throws Exception {
        try (FakeImapServer imap = new FakeImapServer()) {
            imap.twist = (command, tag, line) ->
                    command.startsWith("EXAMINE") ? tag + " BAD User is authenticated but not connected.\r\n" : null;
            String url = "imap://support@contoso.test@127.0.0.1:" + imap.port();
            String token = FakeTokens.saying("{\"upn\": \"svc@contoso.test\", \"scp\": \"IMAP.AccessAsUser.All\"}");

            Ran ran = run(Map.of("POSTROOM_ACCESS_TOKEN", token), url);
            Ran json = run(Map.of("POSTROOM_ACCESS_TOKEN", token), url, "--json");

            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("How sure: likely")
                    .contains("> Add-MailboxPermission -Identity support@contoso.test -User svc@contoso.test"
                            + " -AccessRights FullAccess")
                    .contains("Answer: BAD User is authenticated but not connected.")
                    .contains("1 step failed.")
                    .doesNotContain(token);
            assertThat(json.status()).isEqualTo(1);
            assertThat(JSON.readTree(json.out()).path("ok").asBoolean(true)).isFalse();
        }
    }

    @Test
    void outgoingServerIsTriedAndATestMailSent() throws Exception {
        try (FakeSmtpServer smtp = new FakeSmtpServer()) {
            String url = "smtp://support@contoso.test@127.0.0.1:" + smtp.port();

            Ran dry = run(Map.of("POSTROOM_PASSWORD", "planted-password"), url);
            Ran sent = run(Map.of("POSTROOM_PASSWORD", "planted-password"), url, "--send-to", "ann@fabrikam.test");

            assertThat(dry.status()).isZero();
            assertThat(dry.out()).startsWith("Outgoing\n").contains("may send as support@contoso.test", "size limit");
            assertThat(sent.status()).isZero();
            assertThat(sent.out()).contains("test mail to ann@fabrikam.test");
            assertThat(smtp.taken).hasSize(1);
        }
    }

    @Test
    void channelOfARunningServerIsTriedByItsName() {
        String id = addChannel();
        String name = get("/api/v1/channels/" + id).at("/name");

        Ran ran = run(server(), "--channel", name, "--send-to", "ann@fabrikam.test");
        Ran json = run(server(), "--channel", id, "--json");

        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("Incoming", "server reached", "failed.");
        assertThat(JSON.readTree(json.out()).path("steps").size()).isPositive();
        assertThat(run(server(), "--channel", "no such channel").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pop3://a@b.test@127.0.0.1",
                "pop3s://a@b.test@127.0.0.1",
                "ews+https://a@b.test@127.0.0.1",
                "graph+https://a@b.test@127.0.0.1"
            })
    void protocolThatIsNotOfferedIsNamed(String url) {
        Ran ran = run(Map.of("POSTROOM_PASSWORD", "x"), url);

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err())
                .contains("'" + url.substring(0, url.indexOf(':'))
                        + "' is not offered by this version; use imap, imaps, smtp");
    }

    @Test
    void wrongUsageEndsWithTwo() {
        Map<String, String> secret = Map.of("POSTROOM_PASSWORD", "x");

        assertThat(run(secret).status()).isEqualTo(2);
        assertThat(run(secret, "imaps://a@b.test@127.0.0.1", "--channel", "x").status())
                .isEqualTo(2);
        assertThat(run(Map.of(), "imaps://a@b.test@127.0.0.1").err()).contains("POSTROOM_PASSWORD");
        assertThat(run(secret, "imaps://127.0.0.1").status()).isEqualTo(2);
        assertThat(run(secret, "imaps://a@b.test@127.0.0.1", "--send-to", "c@d.test")
                        .err())
                .contains("smtp");
        assertThat(run(secret, "smtp://a@b.test@127.0.0.1", "--send-to", "nobody")
                        .err())
                .contains("one address");
        assertThat(run(Map.of(), "--channel", "x").err()).contains("POSTROOM_API_KEY");
    }

    @Test
    void marksFitTheTerminal() {
        var report = JSON.readTree("""
                {"ok": false, "messageCount": null, "steps": [
                 {"name": "incoming: a", "result": "pass", "what": "fine", "warning": "not for long"},
                 {"name": "incoming: b", "result": "fail", "what": "bad\\u001b[2J", "steps": ["Do it."], "commands": []},
                 {"name": "incoming: c", "result": "skipped"}]}""");
        StringWriter wide = new StringWriter();
        StringWriter narrow = new StringWriter();

        new DoctorPrint(new PrintWriter(wide, true), StandardCharsets.UTF_8, true).report(report);
        new DoctorPrint(new PrintWriter(narrow, true), StandardCharsets.US_ASCII, false).report(report);

        assertThat(wide.toString()).contains("\u001b[32m✓\u001b[0m a", "✗", "–").doesNotContain("[2J\u001b");
        assertThat(narrow.toString()).contains("  + a", "  x b", "  - c", "1. Do it.", "not for long");
        assertThat(narrow.toString()).doesNotContain("\u001b");
    }
}
