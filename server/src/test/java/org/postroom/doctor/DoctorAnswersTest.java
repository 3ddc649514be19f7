package org.postroom.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.FakeCredentials;
import org.postroom.credentials.FakeEntra;
import org.postroom.credentials.FakeTokens;
import org.postroom.credentials.Grant;
import org.postroom.credentials.Secrets;
import org.postroom.doctor.DoctorReport.Result;
import org.postroom.doctor.DoctorReport.Step;
import org.postroom.mailbox.IncomingProbe;
import org.postroom.mailbox.MailboxSecrets;
import org.postroom.mailbox.imap.FakeImapServer;
import org.postroom.send.OutgoingProbe;
import org.postroom.send.SendSecrets;
import org.postroom.send.smtp.FakeSmtpServer;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;

/**
 * Every AADSTS number and protocol text that is known of Microsoft 365, answered by servers, and what the diagnosis of a
 * channel says: see {@code doctor/answers.txt}.
 */
class DoctorAnswersTest {
    private static final String PASSWORD = "planted-password-7351";
    private static final String CLIENT_SECRET = "planted-client-secret-7351";
    private static final String APPLICATION_TOKEN = FakeTokens.saying("""
            {"aud": "https://outlook.office365.com", "tid": "t1", "appid": "app", "oid": "7d1f0f3e-object",
             "roles": ["IMAP.AccessAsApp", "SMTP.SendAsApp"]}""");
    /** Words for what is not known; no answer of the reference may end with them. */
    private static final List<String> UNKNOWN = List.of(
            "asks for a new sign-in",
            "Consent is missing",
            "does not accept the application's settings",
            "refused a command",
            "refused the message",
            "refused the sender address",
            "refused every recipient",
            "cannot take it now",
            "The connection to");

    private static FakeImapServer imap;
    private static FakeSmtpServer smtp;
    private static FakeCredentials credentials = FakeCredentials.fresh();

    /** One line of the table. */
    record Row(String where, String who, String answer, String step, String kind, String cause, String remedy) {
        static Row of(String line) {
            String[] parts = line.split(" \\| ");
            assertThat(parts).as(line).hasSize(7);
            return new Row(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
        }

        boolean ofReference() {
            return !answer.endsWith(" 1999999") && !where.equals("http");
        }
    }

    static Stream<Row> rows() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DoctorAnswersTest.class.getResourceAsStream("/doctor/answers.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(Row::of).toList().stream();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        imap = new FakeImapServer();
        imap.add("Subject: a\r\n\r\na\r\n");
        smtp = new FakeSmtpServer();
    }

    @AfterAll
    static void stop() throws IOException {
        imap.close();
        smtp.close();
    }

    @BeforeEach
    void usual() {
        credentials = FakeCredentials.fresh();
        credentials.secrets().put("c1", Secrets.Purpose.INCOMING_PASSWORD, PASSWORD);
        credentials.secrets().put("c1", Secrets.Purpose.CLIENT_SECRET, CLIENT_SECRET);
        imap.twist = (command, tag, line) -> null;
        smtp.usual();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyAnswerHasItsCauseAndRemedy(Row row) throws Exception {
        prepare(row);

        String sendTo = row.where().startsWith("smtp") ? "ann@fabrikam.test" : null;
        DoctorReport report = doctor().test(channel(row), sendTo, step -> true);

        Step failed = report.steps().stream()
                .filter(s -> s.result() == Result.FAIL)
                .findFirst()
                .orElseThrow();
        assertThat(failed.name()).isEqualTo(row.step());
        assertThat(failed.kind()).isEqualTo(row.kind());
        assertThat(failed.what()).contains(row.cause()).endsWith(".");
        assertThat(failed.remedy()).contains(row.remedy()).endsWith(".");
        assertThat(failed.sureness()).isNotNull();
        assertThat(failed.steps()).isNotEmpty().allMatch(step -> step.endsWith("."));
        if (row.remedy().matches("(Add|Set|New)-\\w+ -.*")) {
            assertThat(failed.commands()).anyMatch(command -> command.startsWith(row.remedy()));
        }
        if (row.ofReference()) {
            assertThat(UNKNOWN).noneMatch(String.valueOf(failed.what())::contains);
        }
        assertThat(report.ok()).isFalse();
        assertThat(String.valueOf(failed.code())).contains(code(row));
        assertThat(report.toString())
                .doesNotContain(
                        PASSWORD, CLIENT_SECRET, FakeCredentials.TOKEN, FakeCredentials.RENEWED, APPLICATION_TOKEN);
    }

    private static String code(Row row) {
        String last = row.answer().substring(row.answer().lastIndexOf(' ') + 1);
        return switch (row.where()) {
            case "entra" -> "AADSTS" + last;
            case "http" ->
                row.answer().startsWith("429")
                        ? "temporarily"
                        : "http_" + row.answer().substring(0, 3);
            default -> row.answer().replaceFirst("^BYE ", "");
        };
    }

    private static void prepare(Row row) {
        String[] where = row.where().split(" ");
        switch (where[0]) {
            case "entra" -> {
                FakeTokens.end(credentials);
                String[] answer = row.answer().split(" ");
                credentials.entra().answer(f -> FakeEntra.Answer.error(answer[0], Integer.parseInt(answer[1])));
            }
            case "http" -> {
                FakeTokens.end(credentials);
                String[] answer = row.answer().split(" ", 2);
                byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
                credentials.entra().answer(f -> new FakeEntra.Answer(Integer.parseInt(answer[0]), Map.of(), body));
            }
            case "imap" ->
                imap.twist = (command, tag, line) -> {
                    if (!command.startsWith(where[1])
                            || (command.contains("\"INBOX\"") && row.answer().contains("NONEXISTENT"))) {
                        return null;
                    }
                    String[] answers = row.answer().split(" / ");
                    line.write(Arrays.stream(answers)
                            .map(a -> (a.startsWith("BYE") ? "* " : tag + " ") + a + "\r\n")
                            .reduce("", (a, b) -> b.startsWith("*") ? b + a : a + b));
                    if (row.answer().contains("BYE")) {
                        line.close();
                    }
                    return "";
                };
            default -> {
                if (where[1].equals("AUTH")) {
                    smtp.replies.put("AUTH XOAUTH2", row.answer() + "\r\n");
                }
                smtp.replies.put(where[1], row.answer() + "\r\n");
            }
        }
        if (row.who().equals("application")) {
            FakeTokens.hold(credentials, APPLICATION_TOKEN, "");
            credentials.entra().answer(f -> FakeEntra.Answer.tokens(APPLICATION_TOKEN, "r"));
        }
    }

    private static Channel channel(Row row) {
        Authentication authentication = switch (row.who()) {
            case "user" -> credentials.oauth();
            case "application" ->
                Authentication.OAuth2.microsoft(
                        Grant.CLIENT_CREDENTIALS,
                        "contoso.test",
                        "app",
                        false,
                        credentials.entra().authority(),
                        List.of(),
                        null);
            default -> TestChannels.PASSWORD;
        };
        String folder = row.answer().contains("NONEXISTENT") ? "Support" : "INBOX";
        Channel in = TestChannels.imap(imap.port(), Security.NONE, authentication, folder, new AfterImport.Keep());
        Channel out = TestChannels.smtp(smtp.port(), Security.NONE, authentication);
        return new Channel(
                in.id(),
                in.name(),
                in.address(),
                true,
                in.script(),
                authentication,
                in.incoming(),
                row.where().isEmpty() || row.where().startsWith("smtp") ? out.outgoing() : in.outgoing(),
                in.properties(),
                in.route(),
                in.createdAt(),
                in.updatedAt(),
                1);
    }

    private static Doctor doctor() throws Exception {
        Dialer dialer = new Dialer(NetworkGuard.parse("127.0.0.0/8,::1"), SSLContext.getDefault());
        Clock clock = Clock.systemUTC();
        return new Doctor(
                IncomingProbe.over(dialer, MailboxSecrets.stored(credentials.secrets(), credentials.tokens()), clock),
                OutgoingProbe.over(dialer, SendSecrets.stored(credentials.secrets(), credentials.tokens()), clock),
                credentials.tokens()::obstacle,
                clock);
    }

    @Test
    void theTableHasEveryAnswerOfTheReference() throws IOException {
        List<Row> rows = rows().toList();
        List<String> numbers = Arrays.stream(REFERENCE.strip().split("\\s+")).toList();

        assertThat(rows.stream()
                        .filter(r -> r.where().equals("entra"))
                        .map(r -> r.answer().split(" ")[1]))
                .containsAll(numbers);
        for (String text : TEXTS) {
            assertThat(rows).as(text).anyMatch(row -> row.answer().contains(text));
        }
    }

    @Test
    void whereNothingIsWrongEveryStepPasses() throws Exception {
        DoctorReport report =
                doctor().test(channel(new Row("", "user", "", "", "", "", "")), "ann@fabrikam.test", step -> true);

        assertThat(report.steps())
                .allMatch(step -> step.result() == Result.PASS)
                .hasSize(19);
        assertThat(report.ok()).isTrue();
        assertThat(report.messageCount()).isOne();
        assertThat(smtp.taken).isNotEmpty();
    }

    private static final String REFERENCE = """
            50011 50034 50020 51004 50053 50055 50144 50056 50126 50057 50058 50059 90002 50072 50074 50076 50079 50078
            50089 70008 700082 700084 50097 53000 53001 53002 50105 50131 53003 530032 530035 50132 50133 50173 50147
            501481 50194 50196 500011 650052 650057 65005 54005 65001 650056 90094 65004 70000 700016 70001 700011
            7000112 70002 7000215 7000222 7000218 700025 700027 70011 28002 700022 70016 70018 70019 70043 9001023
            900144 900561 9002313 90006 90024 90033 50033 90012 90055""";

    private static final List<String> TEXTS = List.of(
            "NO AUTHENTICATE failed.",
            "BAD User is authenticated but not connected.",
            "BYE Connection closed. 14",
            "Session invalidated - AccessTokenExpired",
            "535 5.7.3 Authentication unsuccessful",
            "SmtpClientAuthentication is disabled for the Tenant",
            "SmtpClientAuthentication is disabled for the Mailbox",
            "user is locked by your organization's security defaults policy",
            "did not meet the criteria",
            "550 5.7.30 Basic authentication is not supported for Client Submission.",
            "501 5.5.124 Invalid XOAUTH2 auth data",
            "504 5.7.4 Unrecognized authentication type",
            "5.7.57 Client not authenticated to send mail",
            "554 5.2.252 SendAsDenied",
            "550 5.7.60",
            "432 4.3.2 Concurrent connection limit exceeded",
            "STOREDRV.ClientSubmit; sender thread limit exceeded",
            "451 4.7.0",
            "451 4.3.2",
            "5.1.90",
            "5.7.233");
}
