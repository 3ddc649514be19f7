package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.conversation.State;
import org.postroom.credentials.FakeEntra;
import org.postroom.credentials.SignIn;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.DoctorReport;
import org.postroom.rig.RealServers;

/** Mail in, answer out against Dovecot and Postfix, with a password and with XOAUTH2, on both databases. */
@Tag("server")
class MainJobRealServersTest {
    private static final String SERVICE = "svc@contoso.test";
    private static final String SHARED = "support@contoso.test";
    private static final String CUSTOMER = "ann@fabrikam.test";
    private static final Duration SOON = Duration.ofSeconds(40);

    private static RealServers servers;
    private static PostroomApp app;
    private static FakeEntra entra;
    private static MailReader reader;
    private static MainJobSteps steps;

    @BeforeAll
    static void start(@TempDir Path work, @TempDir Path data) throws IOException {
        servers = RealServers.start(work);
        for (String address : new String[] {SERVICE, SHARED, CUSTOMER}) {
            servers.addUser(address, MailReader.PASSWORD);
        }
        servers.grantFullAccess(SERVICE, SHARED);
        servers.grantSendAs(SERVICE, SHARED);
        entra = new FakeEntra();
        entra.answer(form -> FakeEntra.Answer.tokens(
                servers.accessToken(SERVICE, Duration.ofHours(1), Map.of("preferred_username", SERVICE)), "r1"));
        app = PostroomApp.start(data, servers.authorityPem(), Map.of());
        reader = new MailReader(servers);
        steps = new MainJobSteps(app);
    }

    @AfterAll
    static void stop() {
        app.close();
        entra.close();
        servers.close();
    }

    private static Channel withPassword(String name, String folder, String afterImport, String startFrom) {
        return steps.add(RealMail.channel(
                servers,
                name,
                name + "@contoso.test",
                RealMail.password(name + "@contoso.test", MailReader.PASSWORD),
                folder,
                afterImport,
                startFrom));
    }

    private static void user(String name) {
        servers.addUser(name + "@contoso.test", MailReader.PASSWORD);
    }

    private static void deliver(String name, String subject) {
        servers.deliver(
                name + "@contoso.test",
                RealMail.mail(
                        CUSTOMER,
                        name + "@contoso.test",
                        subject,
                        subject + "." + name + "@fabrikam.test",
                        "",
                        "Hello\r\n"));
    }

    @Test
    void wholeJobWithAPassword() throws IOException {
        user("sales");

        steps.walk(withPassword("sales", "INBOX", "keep", "all"), CUSTOMER, servers::deliver, reader);
    }

    @Test
    void wholeJobOnPostgres(@TempDir Path data) throws IOException {
        user("elephants");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                PostroomApp other = PostroomApp.start(
                        data,
                        servers.authorityPem(),
                        Map.of(
                                "postroom.store.database-url",
                                postgres.getJdbcUrl("postgres", "postgres"),
                                "postroom.store.database-username",
                                "postgres"))) {
            MainJobSteps there = new MainJobSteps(other);
            Channel channel = there.add(RealMail.channel(
                    servers,
                    "elephants",
                    "elephants@contoso.test",
                    RealMail.password("elephants@contoso.test", MailReader.PASSWORD)));

            there.walk(channel, CUSTOMER, servers::deliver, reader);
        }
    }

    @Test
    void wholeJobWithASharedMailboxByXoauth2() throws IOException {
        Channel channel =
                steps.add(RealMail.channel(servers, "shared", SHARED, RealMail.oauth(entra.settings(SERVICE), null)));

        assertThat(steps.connect(channel)).isInstanceOf(SignIn.Outcome.Connected.class);

        steps.walk(channel, CUSTOMER, servers::deliver, reader);
        DoctorReport report = app.get(Doctor.class).test(channel);
        assertThat(report.steps()).allMatch(step -> step.result() == DoctorReport.Result.PASS);
        assertThat(report.messageCount()).isEqualTo(2);
    }

    @Test
    void keepLeavesMailUnread() {
        user("keep");
        deliver("keep", "one");

        steps.awaitConversation(withPassword("keep", "INBOX", "keep", "all"), "one", 1);

        assertThat(reader.all("keep@contoso.test", "INBOX")).hasSize(1).noneMatch(MailReader.Seen::read);
    }

    @Test
    void markReadMarksWhatWasImported() {
        user("marked");
        deliver("marked", "one");

        steps.awaitConversation(withPassword("marked", "INBOX", "mark-read", "all"), "one", 1);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reader.all("marked@contoso.test", "INBOX"))
                        .hasSize(1)
                        .allMatch(MailReader.Seen::read));
    }

    @Test
    void deleteRemovesWhatWasImported() {
        user("deleted");
        deliver("deleted", "one");
        Channel channel = withPassword("deleted", "INBOX", "delete", "all");

        steps.awaitConversation(channel, "one", 1);

        await().atMost(SOON)
                .until(() -> reader.all("deleted@contoso.test", "INBOX").isEmpty());
        deliver("deleted", "two");
        steps.awaitConversation(channel, "two", 1);
    }

    @Test
    void moveMakesTheFolderAndMovesWhatWasImported() {
        user("moved");
        deliver("moved", "one");

        steps.awaitConversation(withPassword("moved", "INBOX", "move:Erledigt ü", "all"), "one", 1);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(reader.all("moved@contoso.test", "Erledigt ü"))
                        .hasSize(1));
        assertThat(reader.all("moved@contoso.test", "INBOX")).isEmpty();
    }

    @Test
    void startFromNowLeavesOldMailAlone() {
        user("fresh");
        deliver("fresh", "old");
        Channel channel = withPassword("fresh", "INBOX", "keep", "now");
        await().atMost(SOON).until(() -> status(channel) == ChannelState.Status.CONNECTED);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

        deliver("fresh", "new");

        steps.awaitConversation(channel, "new", 1);
        assertThat(steps.conversations(channel)).hasSize(1);
    }

    @Test
    void startFromADateTakesWhatCameSinceAndOldMailComesInClosed() {
        user("dated");
        servers.deliver(
                "dated@contoso.test",
                RealMail.mail(CUSTOMER, "dated@contoso.test", "today", "d1@fabrikam.test", "", "Hello\r\n"));
        Channel past = withPassword(
                "dated",
                "INBOX",
                "keep",
                Instant.now().minus(Duration.ofDays(2)).toString());
        steps.awaitConversation(past, "today", 1);
        assertThat(steps.conversations(past)).hasSize(1).allMatch(row -> row.state() == State.NEW);

        app.get(Channels.class).delete(past.id());
        Channel future = steps.add(RealMail.channel(
                servers,
                "dated later",
                "dated@contoso.test",
                RealMail.password("dated@contoso.test", MailReader.PASSWORD),
                "INBOX",
                "keep",
                Instant.now().plus(Duration.ofDays(1)).toString()));
        await().atMost(SOON).until(() -> status(future) == ChannelState.Status.CONNECTED);

        assertThat(steps.conversations(future)).isEmpty();
    }

    @Test
    void otherFolderIsReadFromItsOwnBeginning() {
        user("folders");
        deliver("folders", "one");
        Channel channel = withPassword("folders", "INBOX", "move:Done", "all");
        steps.awaitConversation(channel, "one", 1);
        await().atMost(SOON)
                .until(() -> reader.all("folders@contoso.test", "Done").size() == 1);

        app.get(Channels.class)
                .change(
                        channel.id(),
                        RealMail.channel(
                                servers,
                                "folders",
                                "folders@contoso.test",
                                RealMail.password("folders@contoso.test", MailReader.PASSWORD),
                                "Done",
                                "keep",
                                "all"));

        await().atMost(SOON)
                .until(() -> app.get(ChannelStates.class)
                        .of(channel.id())
                        .map(s -> s.duplicates() == 1)
                        .orElse(false));
        assertThat(steps.conversations(channel)).hasSize(1);
    }

    private static ChannelState.Status status(Channel channel) {
        return app.get(ChannelStates.class).of(channel.id()).orElseThrow().status();
    }
}
