package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.web.Visitor;
import org.postroom.web.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/**
 * What goes wrong at Microsoft is told in Postroom's pages and by REST; nothing is stored by half, and another channel
 * goes on. Connect leads through the sign-in and consent pages of the simulator, as a browser goes.
 */
@Tag("server")
class MicrosoftBadInputTest {
    private static final String TENANT = "contoso.test";
    private static final String SERVICE = "svc@contoso.test";
    private static final String CUSTOMER = "ann@fabrikam.test";
    private static final String PASSWORD = "orange lamp river";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern CONNECT = Pattern.compile("href=\"(/channels/email/[^\"]*/connect\\?word=[^\"]*)\"");
    private static final MicrosoftPages SERVICE_USER = new MicrosoftPages(SERVICE);

    private static FakeMicrosoft365 microsoft;
    private static PostroomApp app;
    private static MainJobSteps steps;
    private static Visitor administrator;
    private static RestCaller rest;
    private static Channel healthy;
    private static int mails;

    @BeforeAll
    static void start(@TempDir Path data, @TempDir Path simulator) throws Exception {
        microsoft = FakeMicrosoft365.start(simulator);
        app = PostroomApp.start(data.resolve("data"), microsoft.authorityPem(), Map.of());
        steps = new MainJobSteps(app);
        administrator = hired("Ann Admin", "ann@example.com");
        rest = RestCaller.of(app);
        healthy = add("healthy", "support@contoso.test", TENANT, SERVICE);
        assertConnected(administrator.follow(SERVICE_USER.accept(pressConnect(healthy))), healthy, SERVICE);
    }

    @AfterAll
    static void stop() {
        app.close();
        microsoft.close();
    }

    @AfterEach
    void otherChannelGoesOn() throws Exception {
        assertImports(healthy);
    }

    private static Visitor hired(String name, String email) {
        app.get(People.class).create(new NewPerson(name, email, PASSWORD, Role.ADMINISTRATOR));
        return new Visitor(app.port()).signIn(email, PASSWORD);
    }

    private static Channel add(String name, String address, String tenant, String signInUser) {
        return steps.add(microsoft.channel(name, address, microsoft.app(tenant, signInUser)));
    }

    /** Connect on the channel's page; the address at Microsoft that it leads to. */
    private static String pressConnect(Channel channel) {
        Matcher link = CONNECT.matcher(
                administrator.get("/channels/email/" + channel.id()).body());
        assertThat(link.find()).isTrue();
        Answer redirect = administrator.get(link.group(1));
        assertThat(redirect.status()).as(redirect.body()).isEqualTo(302);
        return redirect.location();
    }

    private static void assertImports(Channel channel) throws Exception {
        String subject = "goes on " + ++mails;
        microsoft.deliver(
                channel.address(),
                RealMail.mail(CUSTOMER, channel.address(), subject, "m" + mails + "@fabrikam.test", "", "x\r\n"));
        steps.awaitConversation(channel, subject, 1);
    }

    private static void assertConnected(Answer page, Channel channel, String user) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Connected", user, "Read the mailbox by IMAP");
        assertThat(rest.health(channel).path("signedInUser").asString()).isEqualTo(user);
    }

    private static void assertNotConnected(Answer page, String... words) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body()).contains("Not connected", "Nothing was changed").contains(words);
    }

    private static void assertCannotBeUsed(Answer page, String why) {
        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body())
                .contains("This sign-in cannot be used", why, "press Connect again", "Nothing was changed");
    }

    private static void assertNobodySignedIn(Channel channel) {
        assertThat(administrator
                        .get("/channels/email/" + channel.id() + "/state")
                        .body())
                .contains("nobody has signed in yet")
                .doesNotContain("Connect again");
        JsonNode health = await().atMost(SOON)
                .until(
                        () -> rest.health(channel),
                        h -> h.path("status").asString().equals("waiting-for-sign-in"));
        assertThat(health.path("signedInUser").isNull()).isTrue();
        assertThat(health.path("tokenExpiry").isNull()).isTrue();
        assertThat(health.at("/problem/what").asString()).contains("Nobody has signed in");
        assertThat(health.at("/counts/imported").asInt()).isZero();
        assertThat(rest.failedSteps(channel))
                .extracting(step -> step.path("name").asString())
                .containsExactly("incoming: token obtained", "outgoing: token obtained");
    }

    @Test
    void noSendAs() throws Exception {
        Channel sales = add("no send as", "sales@contoso.test", TENANT, SERVICE);
        assertConnected(administrator.follow(SERVICE_USER.accept(pressConnect(sales))), sales, SERVICE);
        microsoft.deliver(
                sales.address(),
                RealMail.mail(CUSTOMER, sales.address(), "Price", "p@fabrikam.test", "", "How much?\r\n"));
        String id = steps.awaitConversation(sales, "Price", 1).row().id();

        Answer sent = administrator.post("/inbox/" + id + "/answers", Map.of("to", CUSTOMER, "text", "Ten."));

        assertThat(sent.status()).as(sent.body()).isBetween(200, 302);
        JsonNode delivery = await().atMost(SOON)
                .until(
                        () -> rest.get("/conversations/" + id).at("/messages/1/delivery"),
                        d -> d.path("state").asString().equals("failed"));
        String[] words = {
            "svc@contoso.test may not send as sales@contoso.test.",
            "Grant Send As: Add-RecipientPermission -Identity sales@contoso.test -Trustee svc@contoso.test",
            "554 5.2.252 SendAsDenied; svc@contoso.test not allowed to send as sales@contoso.test"
        };
        assertThat(delivery.path("lastReply").asString()).contains(words);
        assertThat(delivery.path("tries").asInt()).isOne();
        assertThat(administrator.get("/inbox/" + id).body())
                .contains("delivery-bad")
                .contains(words);
        JsonNode counts = rest.health(sales).path("counts");
        assertThat(counts.path("failed").asInt()).isOne();
        assertThat(counts.path("sent").asInt()).isZero();
        assertThat(microsoft
                        .control("GET", "/control/mailboxes/" + CUSTOMER + "/folders/INBOX/messages", "")
                        .toString())
                .doesNotContain("Re: Price");
        assertImports(sales);
    }

    @Test
    void tenantThatDoesNotExist() {
        Channel channel = add("wrong tenant", "sales@contoso.test", "nowhere.test", SERVICE);

        var microsoftsPage = SERVICE_USER.open(pressConnect(channel));
        Answer page = administrator.post("/channels/email/" + channel.id() + "/test", Map.of());
        List<JsonNode> failed = rest.failedSteps(channel);

        assertThat(microsoftsPage.statusCode()).isEqualTo(400);
        assertThat(microsoftsPage.body()).contains("AADSTS90002", "nowhere.test");
        assertThat(page.body())
                .contains("Not everything works yet", "The tenant is not known.", "Check the tenant", "AADSTS90002")
                .contains("Tenant &#39;nowhere.test&#39; not found");
        assertThat(failed).hasSize(2).allSatisfy(step -> {
            assertThat(step.path("what").asString()).isEqualTo("The tenant is not known.");
            assertThat(step.path("remedy").asString()).contains("Check the tenant: its directory id");
            assertThat(step.path("code").asString()).contains("AADSTS90002: Tenant 'nowhere.test' not found");
        });
        assertNobodySignedIn(channel);
    }

    @Test
    void tenantThatIsChangedDuringTheSignIn() {
        Channel channel = add("changed tenant", SERVICE, TENANT, SERVICE);
        String back = SERVICE_USER.accept(pressConnect(channel));
        app.get(Channels.class)
                .change(
                        channel.id(),
                        microsoft.channel("changed tenant", SERVICE, microsoft.app("gone.test", SERVICE)));

        Answer page = administrator.follow(back);

        assertNotConnected(page, "The tenant is not known.", "Check the tenant", "AADSTS90002");
        assertNobodySignedIn(channel);
    }

    @Test
    void nobodyHasConnectedYetIsStillTheAnswerWhereTheTenantIsRight() {
        Channel channel = add("not connected", SERVICE, TENANT, SERVICE);

        List<JsonNode> failed = rest.failedSteps(channel);

        assertThat(failed).hasSize(2).allSatisfy(step -> {
            assertThat(step.path("what").asString()).contains("Nobody has signed in");
            assertThat(step.path("remedy").asString()).contains("Press Connect");
        });
        assertNobodySignedIn(channel);
    }

    @Test
    void deniedConsentAndCancelledSignIn() {
        MicrosoftPages pia = new MicrosoftPages("pia@contoso.test");
        Channel channel = add("denied", "pia@contoso.test", TENANT, "pia@contoso.test");

        Answer declined = administrator.follow(pia.decline(pressConnect(channel)));
        Answer cancelled = administrator.follow(pia.cancel(pressConnect(channel)));

        assertNotConnected(
                declined,
                "The consent was declined.",
                "Connect again and accept the permissions.",
                "access_denied",
                "AADSTS65004");
        assertNotConnected(
                cancelled,
                "The sign-in was cancelled, or its permissions were declined.",
                "Connect again, sign in and accept the permissions.",
                "access_denied");
        assertNobodySignedIn(channel);
        assertConnected(administrator.follow(pia.accept(pressConnect(channel))), channel, "pia@contoso.test");
    }

    @Test
    void forgedAndForeignState() {
        Channel channel = add("forged state", SERVICE, TENANT, SERVICE);
        Visitor eve = hired("Eve Else", "eve@example.com");
        String back = SERVICE_USER.accept(pressConnect(channel));
        String other = SERVICE_USER.accept(pressConnect(channel));

        assertCannotBeUsed(administrator.follow(withState(back, "forged")), "was not started here");
        assertCannotBeUsed(eve.follow(back), "started by somebody else");
        assertCannotBeUsed(administrator.follow(back), "it was used already");
        assertNotConnected(
                administrator.follow(withState(back, state(other))),
                "The authorization code belongs to another sign-in.",
                "Connect again.",
                "AADSTS501481");
        assertNobodySignedIn(channel);
    }

    @Test
    void reusedState() {
        Channel channel = add("reused state", SERVICE, TENANT, SERVICE);
        String back = SERVICE_USER.accept(pressConnect(channel));
        assertConnected(administrator.follow(back), channel, SERVICE);
        String expiry = rest.health(channel).path("tokenExpiry").asString();

        assertCannotBeUsed(administrator.follow(back), "it was used already");

        JsonNode health = rest.health(channel);
        assertThat(health.path("signedInUser").asString()).isEqualTo(SERVICE);
        assertThat(health.path("tokenExpiry").asString()).isEqualTo(expiry);
    }

    private static String state(String callback) {
        return callback.replaceFirst(".*[?&]state=([^&]+).*", "$1");
    }

    private static String withState(String callback, String state) {
        return callback.replaceFirst("([?&]state=)[^&]+", "$1" + Matcher.quoteReplacement(state));
    }

    @Test
    void expiredCode() throws Exception {
        Channel channel = add("expired code", SERVICE, TENANT, SERVICE);
        String back = SERVICE_USER.accept(pressConnect(channel));
        microsoft.advance(Duration.ofMinutes(11));

        Answer page = administrator.follow(back);

        assertNotConnected(page, "The authorization code or sign-in has expired.", "Connect again.", "AADSTS70008");
        assertNobodySignedIn(channel);
        assertConnected(administrator.follow(SERVICE_USER.accept(pressConnect(channel))), channel, SERVICE);
    }
}
