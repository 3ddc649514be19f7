package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.ChannelInput.IncomingInput;
import org.postroom.channel.ChannelInput.OutgoingInput;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Whole;
import org.postroom.credentials.FakeEntra;
import org.postroom.credentials.SignIn;
import org.postroom.desk.Desk;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.DoctorReport;
import org.postroom.fetch.Inbound;
import org.postroom.reply.ReplyInput;
import org.postroom.rig.RealServers;
import org.postroom.send.Delivery;

/** Whatever is wrong is said with its remedy, leaves nothing half-stored, and stops no other channel. */
@Tag("server")
class BadInputTest {
    private static final String CUSTOMER = "ann@fabrikam.test";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static RealServers servers;
    private static FakeMicrosoft365 microsoft;
    private static FakeEntra entra;
    private static PostroomApp app;
    private static MainJobSteps steps;
    private static Channel good;
    private static int mails;

    @BeforeAll
    static void start(@TempDir Path work, @TempDir Path data, @TempDir Path simulator) throws IOException {
        servers = RealServers.start(work);
        microsoft = FakeMicrosoft365.start(simulator);
        entra = new FakeEntra();
        Path both = data.resolve("both.pem");
        java.nio.file.Files.writeString(
                both,
                java.nio.file.Files.readString(servers.authorityPem())
                        + java.nio.file.Files.readString(microsoft.authorityPem()));
        for (String name : new String[] {"good", "wrong", "large", "sender"}) {
            servers.addUser(name + "@contoso.test", MailReader.PASSWORD);
        }
        servers.addUser(CUSTOMER, MailReader.PASSWORD);
        app = PostroomApp.start(data.resolve("data"), both, Map.of());
        steps = new MainJobSteps(app);
        good = steps.add(input("good", "good"));
    }

    @AfterAll
    static void stop() {
        app.close();
        entra.close();
        microsoft.close();
        servers.close();
    }

    private static ChannelInput input(String name, String user) {
        String address = user + "@contoso.test";
        return RealMail.channel(servers, name, address, RealMail.password(address, MailReader.PASSWORD));
    }

    private static ChannelInput with(ChannelInput input, UnaryOperator<IncomingInput> change) {
        return new ChannelInput(
                input.name(),
                input.address(),
                input.enabled(),
                input.script(),
                input.authentication(),
                change.apply(java.util.Objects.requireNonNull(input.incoming())),
                input.outgoing(),
                null,
                input.properties());
    }

    private static IncomingInput at(IncomingInput in, String host, int port, String security, String folder) {
        return new IncomingInput("imap", host, port, security, folder, in.afterImport(), in.startFrom());
    }

    /** The channel's failing step, its state, and that another channel still works. */
    private static DoctorReport.Step assertFails(Channel channel, String step) {
        DoctorReport report = app.get(Doctor.class).test(channel);
        assertThat(report.ok()).isFalse();
        DoctorReport.Step failed = report.steps().stream()
                .filter(s -> s.result() == DoctorReport.Result.FAIL)
                .findFirst()
                .orElseThrow();
        assertThat(failed.name()).isEqualTo(step);
        assertThat(failed.what()).isNotBlank();
        assertThat(failed.remedy()).isNotBlank();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(state(channel).problem()).isNotNull());
        assertThat(steps.conversations(channel)).isEmpty();
        assertOtherChannelWorks();
        return failed;
    }

    private static void assertOtherChannelWorks() {
        String subject = "still works " + ++mails;
        servers.deliver(
                good.address(),
                RealMail.mail(CUSTOMER, good.address(), subject, "g" + mails + "@fabrikam.test", "", "x\r\n"));
        steps.awaitConversation(good, subject, 1);
    }

    private static ChannelState state(Channel channel) {
        return app.get(ChannelStates.class).of(channel.id()).orElseThrow();
    }

    @Test
    void wrongHost() {
        Channel channel = steps.add(
                with(input("wrong host", "wrong"), in -> at(in, "imap.nowhere.invalid", 993, "tls", "INBOX")));

        assertThat(assertFails(channel, "incoming: name resolved").what())
                .contains("imap.nowhere.invalid")
                .contains("DNS");
    }

    @Test
    void closedPort() {
        Channel channel = steps.add(with(input("closed port", "wrong"), in -> at(in, "localhost", 1, "tls", "INBOX")));

        assertThat(assertFails(channel, "incoming: server reached").remedy()).contains("993");
    }

    @Test
    void certificateForAnotherName() {
        Channel channel = steps.add(with(
                input("other name", "wrong"),
                in -> at(in, RealServers.MISMATCHED_HOST, servers.imapTlsPort(), "tls", "INBOX")));

        assertThat(assertFails(channel, "incoming: encrypted").what()).contains("another name");
    }

    @Test
    void wrongEncryptionForThePort() {
        Channel channel = steps.add(with(
                input("wrong encryption", "wrong"),
                in -> at(in, RealServers.HOST, servers.imapStartTlsPort(), "tls", "INBOX")));

        assertThat(assertFails(channel, "incoming: encrypted").remedy()).contains("STARTTLS");
    }

    @Test
    void wrongPassword() {
        Channel channel = steps.add(RealMail.channel(
                servers, "wrong password", "wrong@contoso.test", RealMail.password("wrong@contoso.test", "hunter2!")));

        DoctorReport.Step failed = assertFails(channel, "incoming: authenticated");

        assertThat(failed.what()).contains("wrong@contoso.test");
        assertThat(failed.toString()).contains("password").doesNotContain("hunter2!");
    }

    @Test
    void unknownFolder() {
        Channel channel = steps.add(with(
                input("unknown folder", "wrong"),
                in -> at(in, RealServers.HOST, servers.imapTlsPort(), "tls", "Nowhere")));

        assertThat(assertFails(channel, "incoming: folder found").what()).contains("Nowhere");
    }

    @Test
    void nobodyConnectedAndWrongTenant() {
        Channel channel = steps.add(RealMail.channel(
                servers,
                "wrong tenant",
                "wrong@contoso.test",
                RealMail.oauth(entra.settings("svc@contoso.test"), null)));
        assertThat(assertFails(channel, "incoming: token obtained").remedy()).contains("Connect");

        entra.answer(form -> FakeEntra.Answer.error("invalid_request", 90002));
        SignIn.Outcome outcome = steps.connect(channel);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SignIn.Outcome.Refused.class,
                        refused -> assertThat(refused.problem().sentence())
                                .contains("tenant is not known")
                                .contains("AADSTS90002"));
    }

    @Test
    void noSendAs() {
        OutgoingInput foreign = new OutgoingInput(
                "smtp",
                RealServers.HOST,
                servers.smtpStartTlsPort(),
                "starttls",
                "good@contoso.test",
                null,
                null,
                null,
                "same");
        ChannelInput plain = input("no send as", "sender");
        Channel channel = steps.add(new ChannelInput(
                plain.name(),
                plain.address(),
                true,
                null,
                plain.authentication(),
                plain.incoming(),
                foreign,
                null,
                Map.of()));
        servers.deliver(
                channel.address(),
                RealMail.mail(CUSTOMER, channel.address(), "sender", "s1@fabrikam.test", "", "x\r\n"));
        Whole conversation = steps.awaitConversation(channel, "sender", 1);

        DoctorReport report = app.get(Doctor.class).test(channel);
        app.get(Desk.class).answer(conversation.row().id(), ReplyInput.ofText("answer"), null);

        assertThat(report.steps()).anySatisfy(step -> {
            assertThat(step.name()).isEqualTo("outgoing: may send as good@contoso.test");
            assertThat(step.remedy()).contains("Grant Send As");
        });
        Message answer = await().atMost(SOON)
                .until(
                        () -> app.get(Desk.class)
                                .open(conversation.row().id())
                                .orElseThrow()
                                .messages()
                                .getLast(),
                        m -> m.delivery() != null && m.delivery().state() == Delivery.State.FAILED);
        assertThat(answer.delivery())
                .extracting(Delivery::lastReply)
                .asString()
                .contains("may not send as good@contoso.test")
                .contains("5.7.1");
        assertOtherChannelWorks();
    }

    @Test
    void imapSwitchedOffAndNoFullAccessAtMicrosoft() throws Exception {
        assertThat(assertFails(
                                microsoftChannel("no access", "orders@contoso.test"),
                                "incoming: mailbox opened and counted")
                        .remedy())
                .contains("Add-MailboxPermission -Identity orders@contoso.test -User svc@contoso.test");
        microsoft.patchMailbox("sales@contoso.test", "{\"imapEnabled\": false}");
        assertThat(assertFails(microsoftChannel("imap off", "sales@contoso.test"), "incoming: authenticated")
                        .remedy())
                .contains("ImapEnabled $true");
    }

    private static Channel microsoftChannel(String name, String address) throws IOException, InterruptedException {
        String token = microsoft
                .control("POST", "/control/token", "{\"user\": \"svc@contoso.test\"}")
                .path("access_token")
                .asString();
        entra.answer(form -> FakeEntra.Answer.tokens(token, "r"));
        Channel channel =
                steps.add(microsoft.channel(name, address, RealMail.oauth(entra.settings("svc@contoso.test"), null)));
        assertThat(steps.connect(channel)).isInstanceOf(SignIn.Outcome.Connected.class);
        return channel;
    }

    @Test
    void hugeEmptyNestedAndScriptedMailStopNothing() {
        String to = "large@contoso.test";
        servers.deliver(to, huge(to));
        servers.deliver(to, new byte[0]);
        servers.deliver(to, nested(to));
        servers.deliver(
                to,
                RealMail.mail(
                        CUSTOMER,
                        to,
                        "scripted",
                        "l3@fabrikam.test",
                        "Content-Type: text/html; charset=utf-8\r\n",
                        "<p onclick=\"steal()\">Hi<script>alert(1)</script><img src=x onerror=alert(2)>"
                                + "<a href=\"javascript:alert(3)\">x</a></p>\r\n"));
        servers.deliver(to, RealMail.mail(CUSTOMER, to, "after", "l4@fabrikam.test", "", "x\r\n"));

        Channel channel = steps.add(input("large", "large"));

        steps.awaitConversation(channel, "after", 1);
        String html = steps.awaitConversation(channel, "scripted", 1)
                .messages()
                .getFirst()
                .html();
        assertThat(html)
                .contains("Hi")
                .doesNotContain("script")
                .doesNotContain("onerror")
                .doesNotContain("onclick");
        assertThat(steps.conversations(channel)).hasSize(4);
        List<Inbound.Quarantined> quarantine = app.get(Inbound.class).quarantine(null, 100).stream()
                .filter(q -> q.channelId().equals(channel.id()))
                .toList();
        assertThat(quarantine).hasSize(1);
        assertThat(quarantine.getFirst().why()).contains("60 MB").contains("50 MB");
        assertThat(state(channel).imported()).isEqualTo(4);
        assertThat(state(channel).quarantined()).isOne();
        assertOtherChannelWorks();
    }

    private static byte[] huge(String to) {
        byte[] start = RealMail.mail(CUSTOMER, to, "huge", "l1@fabrikam.test", "", "");
        byte[] line = ("x".repeat(76) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        int lines = (60 * 1024 * 1024) / line.length + 1;
        byte[] all = new byte[start.length + lines * line.length];
        System.arraycopy(start, 0, all, 0, start.length);
        for (int i = 0; i < lines; i++) {
            System.arraycopy(line, 0, all, start.length + i * line.length, line.length);
        }
        return all;
    }

    private static byte[] nested(String to) {
        StringBuilder body = new StringBuilder();
        for (int i = 1; i < 10_000; i++) {
            body.append("--b")
                    .append(i - 1)
                    .append("\r\nContent-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n");
        }
        return RealMail.mail(
                CUSTOMER,
                to,
                "nested",
                "l2@fabrikam.test",
                "Content-Type: multipart/mixed; boundary=b0\r\n",
                body.toString());
    }
}
