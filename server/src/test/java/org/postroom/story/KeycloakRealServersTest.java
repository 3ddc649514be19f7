package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.DeviceSignIn.Device;
import org.postroom.credentials.DeviceSignIn.Start;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens;
import org.postroom.credentials.Tokens.Result.Ready;
import org.postroom.fetch.Fetching;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.rig.Keycloak;
import org.postroom.rig.KeycloakAdmin;
import org.postroom.rig.RealServers;
import org.postroom.rig.RigOptions;
import org.postroom.web.Visitor;
import org.postroom.web.Visitor.Answer;
import tools.jackson.databind.json.JsonMapper;

/** Every grant of a real identity server, Keycloak, whose tokens Dovecot and Postfix accept; and what goes wrong there. */
@Tag("server")
class KeycloakRealServersTest {
    private static final String SERVICE = "svc@contoso.test";
    private static final String SHARED = "support@contoso.test";
    private static final String ANN = "ann@contoso.test";
    private static final String CUSTOMER = "carl@fabrikam.test";
    private static final String PASSWORD = "orange lamp river";
    private static final Map<String, String> OF_SERVICE = Map.of("signInUser", SERVICE);
    private static final Duration SOON = Duration.ofSeconds(60);

    private static Keycloak keycloak;
    private static KeycloakAdmin realm;
    private static RealServers servers;
    private static PostroomApp app;
    private static MainJobSteps steps;
    private static RestCaller rest;
    private static Visitor administrator;

    @BeforeAll
    static void start(@TempDir Path work, @TempDir Path data) {
        keycloak = Keycloak.start(data.resolve("keycloak"));
        servers = RealServers.start(work, RigOptions.standard().introspection(keycloak.introspection()));
        for (String address : List.of(SERVICE, SHARED, ANN, "orders@contoso.test", "returns@contoso.test", CUSTOMER)) {
            servers.addUser(address, MailReader.PASSWORD);
        }
        servers.grantFullAccess(SERVICE, SHARED);
        servers.grantSendAs(SERVICE, SHARED);
        app = PostroomApp.start(data.resolve("postroom"), servers.authorityPem(), Map.of());
        steps = new MainJobSteps(app);
        rest = RestCaller.of(app);
        realm = keycloak.createRealm("http://127.0.0.1:" + app.port() + "/channels/email/oauth/callback");
        app.get(People.class).create(new NewPerson("Ann Admin", "admin@example.com", PASSWORD, Role.ADMINISTRATOR));
        administrator = new Visitor(app.port()).signIn("admin@example.com", PASSWORD);
    }

    @AfterAll
    static void stop() {
        app.close();
        servers.close();
        keycloak.close();
    }

    /** A channel as a program adds it. {@code more} are fields of its authentication. */
    private static Channel add(String name, String address, String grant, String client, Map<String, ?> more) {
        Map<String, Object> authentication = new LinkedHashMap<>(Map.of(
                "type",
                "oauth2",
                "provider",
                "other",
                "authority",
                keycloak.issuer(),
                "grant",
                grant,
                "clientId",
                client));
        switch (client) {
            case "postroom-secret" -> authentication.put("clientSecret", Keycloak.CLIENT_SECRET);
            case "postroom-certificate" -> authentication.put("certificate", keycloak.clientPem());
            default -> {}
        }
        authentication.putAll(more);
        Map<String, Object> channel = Map.of(
                "name",
                name,
                "address",
                address,
                "enabled",
                true,
                "authentication",
                authentication,
                "incoming",
                Map.of(
                        "protocol", "imap",
                        "host", RealServers.HOST,
                        "port", servers.imapTlsPort(),
                        "security", "tls",
                        "startFrom", "now"),
                "outgoing",
                Map.of(
                        "protocol", "smtp",
                        "host", RealServers.HOST,
                        "port", servers.smtpStartTlsPort(),
                        "security", "starttls",
                        "displayName", "Contoso Support"));
        String id = rest.post("/channels", JsonMapper.builder().build().writeValueAsString(channel))
                .path("id")
                .asString();
        return app.get(Channels.class).find(id).orElseThrow();
    }

    private static void delete(Channel channel) {
        app.get(Channels.class).delete(channel.id());
    }

    private static OAuthClient client(Channel channel) {
        return Objects.requireNonNull(channel.oauthClient());
    }

    private static KeycloakPages browserOf(String user) {
        return new KeycloakPages(user, Keycloak.USER_PASSWORD);
    }

    /** Where Connect leads to, asked for by REST. */
    private static String pressConnect(Channel channel) {
        return rest.post("/channels/" + channel.id() + "/connect", "")
                .path("url")
                .asString();
    }

    private static void connect(Channel channel, String user) {
        Answer page = administrator.follow(browserOf(user).signIn(pressConnect(channel)));
        assertThat(page.body()).contains("Connected", user);
        assertThat(page.status()).isEqualTo(200);
    }

    private static void wholeJob(Channel channel) throws Exception {
        assertThat(rest.failedSteps(channel)).isEmpty();
        steps.walk(channel, CUSTOMER, servers::deliver, new MailReader(servers));
        assertThat(rest.health(channel).path("status").asString()).isEqualTo("connected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postroom-secret", "postroom-certificate"})
    void applicationByItself(String client) throws Exception {
        String mailbox = client.endsWith("secret") ? "orders@contoso.test" : "returns@contoso.test";
        Channel channel = add("by itself " + client, mailbox, "client_credentials", client, Map.of());

        wholeJob(channel);

        delete(channel);
    }

    @Test
    void passwordOfAUser() throws Exception {
        Channel channel = add(
                "by password",
                ANN,
                "password",
                "postroom-public",
                Map.of("signInUser", ANN, "password", Keycloak.USER_PASSWORD));

        wholeJob(channel);

        assertThat(rest.health(channel).path("signedInUser").asString()).isEqualTo(ANN);
        delete(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postroom-secret", "postroom-certificate", "postroom-public"})
    void personInABrowser(String client) throws Exception {
        Channel channel = add("browser " + client, SHARED, "authorization_code", client, OF_SERVICE);

        connect(channel, SERVICE);

        wholeJob(channel);
        assertThat(rest.health(channel).path("signedInUser").asString()).isEqualTo(SERVICE);
        delete(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postroom-secret", "postroom-certificate", "postroom-device"})
    void personOnAnotherDevice(String client) throws Exception {
        Channel channel = add("device " + client, SHARED, "device_code", client, OF_SERVICE);
        DeviceSignIn signIn = app.get(DeviceSignIn.class);

        Start start = signIn.start(client(channel));

        assertThat(start).isInstanceOf(Start.Shown.class);
        Device device = ((Start.Shown) start).device();
        assertThat(poll(channel).state()).isEqualTo(DeviceSignIn.State.WAITING);
        assertThat(browserOf(SERVICE).enterDeviceCode(device.verificationUri(), device.userCode()))
                .contains("Device Login Successful");
        await().atMost(SOON)
                .pollInterval(device.interval())
                .untilAsserted(() -> assertThat(poll(channel))
                        .returns(DeviceSignIn.State.CONNECTED, Device::state)
                        .returns(SERVICE, Device::user));
        app.get(Fetching.class).restart(channel.id());
        wholeJob(channel);
        delete(channel);
    }

    private static Device poll(Channel channel) {
        return Objects.requireNonNull(app.get(DeviceSignIn.class).poll(client(channel)));
    }

    @Test
    void renewsWithRefreshTokensThatCountOnce() {
        Channel channel = connected("rotation");
        Set<String> seen = new HashSet<>();

        for (int renewals = 0; renewals < 4; renewals++) {
            seen.add(renewed(channel));
        }

        assertThat(seen).hasSize(4).contains(token(channel));
        mailComesIn(channel, "after four renewals");
        delete(channel);
    }

    @Test
    void goesOnWhenTheRealmChangesItsKeys() {
        Channel channel = connected("keys");
        String before = keyOf(renewed(channel));

        realm.rotateKeys();

        assertThat(keyOf(renewed(channel))).isNotEqualTo(before);
        app.get(Fetching.class).restart(channel.id());
        mailComesIn(channel, "under the new key");
        delete(channel);
    }

    @Test
    void revokedSignInAsksForANewOne() {
        Channel channel = connected("revoked");

        realm.endSignIns(SERVICE, "postroom-public");

        TokenProblem problem = refused(channel);
        assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SIGN_IN);
        assertThat(problem.remedy()).contains("Connect again");
        app.get(Fetching.class).restart(channel.id());
        awaitStatus(channel, "waiting-for-sign-in");
        connect(channel, SERVICE);
        mailComesIn(channel, "signed in anew");
        delete(channel);
    }

    @Test
    void lockedUserCountsAgainWithoutANewSignIn() {
        Channel channel = connected("locked");

        realm.enable(SERVICE, false);

        try {
            TokenProblem problem = refused(channel);
            assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SIGN_IN);
            assertThat(problem.detail()).containsIgnoringCase("disabled");
            app.get(Fetching.class).restart(channel.id());
            awaitStatus(channel, "waiting-for-sign-in");
        } finally {
            realm.enable(SERVICE, true);
        }
        app.get(Fetching.class).restart(channel.id());
        mailComesIn(channel, "let in again");
        delete(channel);
    }

    @Test
    void wrongSecretIsAMatterOfSettings() {
        Channel channel = add(
                "wrong secret",
                "orders@contoso.test",
                "client_credentials",
                "postroom-secret",
                Map.of("clientSecret", "planted-wrong-secret"));

        TokenProblem problem = refused(channel);

        assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SETTINGS);
        assertThat(problem.remedy()).contains("client secret");
        assertThat(rest.failedSteps(channel))
                .isNotEmpty()
                .allSatisfy(step ->
                        assertThat(step.toString()).contains("client secret").doesNotContain("planted"));
        delete(channel);
    }

    @Test
    void wrongPasswordIsAMatterOfSettings() {
        Channel channel = add(
                "wrong password",
                ANN,
                "password",
                "postroom-public",
                Map.of("signInUser", ANN, "password", "planted-wrong-password"));

        TokenProblem problem = refused(channel);

        assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SETTINGS);
        assertThat(problem.remedy()).contains("Check the sign-in user and its password");
        delete(channel);
    }

    @Test
    void somebodyElsesSignInIsNotTaken() {
        Channel channel = add("other person", SHARED, "authorization_code", "postroom-public", OF_SERVICE);

        Answer page = administrator.follow(browserOf(ANN).signIn(pressConnect(channel)));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body())
                .contains("Somebody else signed in than the channel expects: " + ANN + " instead of " + SERVICE);
        delete(channel);
    }

    @Test
    void outageIsWaitedOutAndNobodyIsAskedToSignIn() {
        Channel channel = connected("outage");
        keycloak.stop();
        try {
            TokenProblem problem = refused(channel);
            assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.WAITING);
            assertThat(problem.what()).contains("cannot be reached");
            app.get(Fetching.class).restart(channel.id());
            awaitStatus(channel, "failing");
            deliver(channel, "while nobody answered");
            assertThat(rest.failedSteps(channel))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.toString()).doesNotContain("onnect again"));
        } finally {
            keycloak.start();
        }
        app.get(Fetching.class).restart(channel.id());

        steps.awaitConversation(channel, "while nobody answered", 1);
        awaitStatus(channel, "connected");
        delete(channel);
    }

    private static Channel connected(String name) {
        Channel channel = add(name, SHARED, "authorization_code", "postroom-public", OF_SERVICE);
        connect(channel, SERVICE);
        awaitStatus(channel, "connected");
        return channel;
    }

    private static void awaitStatus(Channel channel, String status) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(rest.health(channel).path("status").asString())
                                .isEqualTo(status));
    }

    private static void deliver(Channel channel, String subject) {
        servers.deliver(
                channel.address(),
                RealMail.mail(CUSTOMER, channel.address(), subject, UUID.randomUUID() + "@fabrikam.test", "", "x\r\n"));
    }

    private static void mailComesIn(Channel channel, String subject) {
        deliver(channel, subject);
        steps.awaitConversation(channel, subject, 1);
    }

    /** The token at hand: Keycloak's live five minutes, as long as the usual margin, and are not renewed at each use. */
    private static String token(Channel channel) {
        return ((Ready) app.get(Tokens.class).accessToken(client(channel), null)).accessToken();
    }

    /** A token in place of the one there is, as after a mail server has refused that. */
    private static Tokens.Result anew(Channel channel) {
        Tokens tokens = app.get(Tokens.class);
        String current = tokens.accessToken(client(channel), null) instanceof Ready ready ? ready.accessToken() : null;
        return tokens.accessToken(client(channel), current);
    }

    private static String renewed(Channel channel) {
        Tokens.Result result = anew(channel);
        assertThat(result).isInstanceOf(Ready.class);
        return ((Ready) result).accessToken();
    }

    private static TokenProblem refused(Channel channel) {
        Tokens.Result result = anew(channel);
        assertThat(result).isInstanceOf(Tokens.Result.Missing.class);
        return ((Tokens.Result.Missing) result).problem();
    }

    private static String keyOf(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return JsonMapper.builder().build().readTree(header).path("kid").asString();
    }
}
