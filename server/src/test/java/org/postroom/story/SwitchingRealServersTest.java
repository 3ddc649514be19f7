package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.postroom.store.tables.Tables.INBOUND;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.FakeEntra;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.Grant;
import org.postroom.credentials.SignIn;
import org.postroom.doctor.Switching;
import org.postroom.rig.RealServers;
import org.postroom.store.Database;
import org.postroom.web.channels.Connecting;

/** A working channel changes how it signs in while mail keeps coming: tried first, nothing lost, nothing twice. */
@Tag("server")
class SwitchingRealServersTest {
    private static final int MAILS = 2000;
    private static final int TOGETHER = 25;
    private static final String SERVICE = "svc@contoso.test";
    private static final String SHARED = "support@contoso.test";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static RealServers servers;
    private static PostroomApp app;
    private static FakeEntra entra;
    private static final AtomicBoolean applicationAllowed = new AtomicBoolean();

    @BeforeAll
    static void start(@TempDir Path work, @TempDir Path data) throws IOException {
        servers = RealServers.start(work);
        for (String address : new String[] {SERVICE, SHARED}) {
            servers.addUser(address, MailReader.PASSWORD);
        }
        servers.grantFullAccess(SERVICE, SHARED);
        servers.grantSendAs(SERVICE, SHARED);
        entra = new FakeEntra();
        entra.answer(SwitchingRealServersTest::answer);
        app = PostroomApp.start(data, servers.authorityPem(), Map.of());
    }

    @AfterAll
    static void stop() {
        app.close();
        entra.close();
        servers.close();
    }

    private static Answer answer(Map<String, String> form) {
        String token = servers.accessToken(SERVICE, Duration.ofHours(1), Map.of("preferred_username", SERVICE));
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return Answer.tokens(token, "r1");
        }
        return applicationAllowed.get()
                ? Answer.json(
                        200, "{\"token_type\": \"Bearer\", \"expires_in\": 3600, \"access_token\": \"" + token + "\"}")
                : Answer.error("invalid_client", 7000215);
    }

    private static Switching.Outcome change(Channel channel, AuthenticationInput to) {
        var saved = app.get(Channels.class).change(channel.id(), RealMail.channel(servers, "Switched", SHARED, to));
        assertThat(saved).isInstanceOf(Channels.Saved.Waiting.class);
        return app.get(Switching.class).tryOut(channel.id());
    }

    private static Authentication.OAuth2 settings(Grant grant, boolean isPublic) {
        return Authentication.OAuth2.microsoft(
                grant, "contoso.test", "app", isPublic, entra.authority(), List.of(), isPublic ? SERVICE : null);
    }

    private static Authentication now(Channel channel) {
        return app.get(Channels.class).find(channel.id()).orElseThrow().authentication();
    }

    private static long imported(Channel channel) {
        return state(channel).imported();
    }

    private static ChannelState state(Channel channel) {
        return app.get(ChannelStates.class).of(channel.id()).orElseThrow();
    }

    /** Some of the mails in which the channel goes on, whatever it is changing to. */
    private static void awaitMore(Channel channel) {
        long before = imported(channel);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(imported(channel))
                        .as("%s", state(channel))
                        .isGreaterThanOrEqualTo(Math.min(before + 100, MAILS)));
    }

    private static void deliver() {
        for (int first = 0; first < MAILS; first += TOGETHER) {
            int from = first;
            servers.deliverAll(
                    SHARED,
                    IntStream.range(from, from + TOGETHER)
                            .mapToObj(n -> RealMail.mail(
                                    "ann@fabrikam.test", SHARED, "Mail " + n, n + "@fabrikam.test", "", "Number " + n))
                            .iterator());
            try {
                Thread.sleep(Duration.ofMillis(150));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Switching.Outcome signIn(Channel channel) {
        Connecting connecting = app.get(Connecting.class);
        Channel next = app.get(Channels.class).next(channel.id()).orElseThrow().channel();
        var start = (SignIn.Start.Go) connecting.start(
                Objects.requireNonNull(next.oauthClient()), "http://localhost/callback", new SignIn.Starter.Program());
        String state = start.there().toString().replaceAll(".*[?&]state=([^&]+).*", "$1");
        var callback = new SignIn.Callback(state, "a-code", null, null);
        var ended = connecting.finish(callback, Objects.requireNonNull(connecting.waiting(callback)), null);
        return ((Connecting.Ended.Switched) ended).tried();
    }

    @Test
    void signInIsSwitchedFourTimesWhileTwoThousandMailsArrive() {
        AuthenticationInput basic = RealMail.password(SHARED, MailReader.PASSWORD);
        Channel channel = new MainJobSteps(app).add(RealMail.channel(servers, "Switched", SHARED, basic));
        CompletableFuture<Void> arriving = CompletableFuture.runAsync(SwitchingRealServersTest::deliver);
        assertThat(arriving).isNotCompletedExceptionally();
        awaitMore(channel);

        assertThat(change(channel, RealMail.oauth(settings(Grant.AUTHORIZATION_CODE, true), null)))
                .isInstanceOf(Switching.Outcome.NeedsSignIn.class);
        awaitMore(channel);
        assertThat(now(channel)).isInstanceOf(Authentication.Password.class);
        assertThat(signIn(channel)).isInstanceOf(Switching.Outcome.TakenOver.class);
        awaitMore(channel);
        assertThat(now(channel)).isEqualTo(settings(Grant.AUTHORIZATION_CODE, true));

        var application = RealMail.oauth(settings(Grant.CLIENT_CREDENTIALS, false), "app-secret");
        assertThat(change(channel, application)).isInstanceOf(Switching.Outcome.Failed.class);
        awaitMore(channel);
        assertThat(now(channel)).isEqualTo(settings(Grant.AUTHORIZATION_CODE, true));
        applicationAllowed.set(true);
        assertThat(app.get(Switching.class).tryOut(channel.id())).isInstanceOf(Switching.Outcome.TakenOver.class);
        awaitMore(channel);
        assertThat(now(channel)).isEqualTo(settings(Grant.CLIENT_CREDENTIALS, false));

        assertThat(change(channel, RealMail.password(SHARED, "wrong"))).isInstanceOf(Switching.Outcome.Failed.class);
        awaitMore(channel);
        assertThat(change(channel, basic)).isInstanceOf(Switching.Outcome.TakenOver.class);
        arriving.join();

        await().atMost(SOON).until(() -> imported(channel) >= MAILS && messageIds(channel) >= MAILS);
        assertThat(now(channel)).isEqualTo(new Authentication.Password(SHARED));
        assertThat(messageIds(channel)).isEqualTo(MAILS);
        assertThat(state(channel).imported()).isEqualTo(MAILS);
        assertThat(state(channel).duplicates()).isZero();
        assertThat(app.get(Database.class)
                        .<Integer>read(sql -> sql.fetchCount(INBOUND, INBOUND.CHANNEL_ID.eq(channel.id()))))
                .isEqualTo(MAILS);
    }

    private static int messageIds(Channel channel) {
        Integer count = app.get(Database.class)
                .read(sql -> sql.select(DSL.countDistinct(INBOUND.MESSAGE_ID))
                        .from(INBOUND)
                        .where(INBOUND.CHANNEL_ID.eq(channel.id()))
                        .fetchOne(0, Integer.class));
        return count == null ? 0 : count;
    }
}
