package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.channel.Channel;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.DeviceSignIn.Device;
import org.postroom.credentials.DeviceSignIn.Start;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.TokenProblem.Needs;
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
    private static KeycloakChannels channels;
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
        rest = RestCaller.of(app);
        channels = new KeycloakChannels(app, rest, keycloak, servers);
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

    @ParameterizedTest
    @ValueSource(strings = {"postroom-secret", "postroom-certificate"})
    void applicationByItself(String client) throws Exception {
        String mailbox = client.endsWith("secret") ? "orders@contoso.test" : "returns@contoso.test";
        Channel channel = channels.add("by itself " + client, mailbox, "client_credentials", client, Map.of());

        channels.wholeJob(channel);

        channels.delete(channel);
    }

    @Test
    void dovecotChecksTokensByTheRealmsKeysWithoutAskingToo(@TempDir Path folder) throws Exception {
        URL keys =
                URI.create(keycloak.issuer() + "/protocol/openid-connect/certs").toURL();
        try (RealServers other = RealServers.start(folder, RigOptions.standard().withoutPostfix())) {
            other.addUser("orders@contoso.test", MailReader.PASSWORD);
            Channel channel =
                    channels.add("by key", "orders@contoso.test", "client_credentials", "postroom-secret", Map.of());
            String token = channels.token(channel);
            assertThat(TokenLogin.answer(other, "orders@contoso.test", token)).startsWith("a NO");

            for (JWK key : JWKSet.load(keys).getKeys()) {
                other.acceptTokens(
                        "postroom-secret", key.getKeyID(), key.toRSAKey().toPublicKey());
            }

            assertThat(TokenLogin.answer(other, "orders@contoso.test", token)).startsWith("a OK");
            assertThat(TokenLogin.answer(
                            other, "orders@contoso.test", token.substring(0, token.length() - 8) + "AAAAAAAA"))
                    .startsWith("a NO");
            channels.delete(channel);
        }
    }

    @Test
    void passwordOfAUser() throws Exception {
        Channel channel = channels.add(
                "by password",
                ANN,
                "password",
                "postroom-public",
                Map.of("signInUser", ANN, "password", Keycloak.USER_PASSWORD));

        channels.wholeJob(channel);

        assertThat(rest.health(channel).path("signedInUser").asString()).isEqualTo(ANN);
        channels.delete(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postroom-secret", "postroom-certificate", "postroom-public"})
    void personInABrowser(String client) throws Exception {
        Channel channel = channels.add("browser " + client, SHARED, "authorization_code", client, OF_SERVICE);

        connect(channel, SERVICE);

        channels.wholeJob(channel);
        assertThat(rest.health(channel).path("signedInUser").asString()).isEqualTo(SERVICE);
        channels.delete(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postroom-secret", "postroom-certificate", "postroom-device"})
    void personOnAnotherDevice(String client) throws Exception {
        Channel channel = channels.add("device " + client, SHARED, "device_code", client, OF_SERVICE);
        DeviceSignIn signIn = app.get(DeviceSignIn.class);

        Start start = signIn.start(channels.client(channel));

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
        channels.wholeJob(channel);
        channels.delete(channel);
    }

    private static Device poll(Channel channel) {
        return Objects.requireNonNull(app.get(DeviceSignIn.class).poll(channels.client(channel)));
    }

    @Test
    void renewsWithRefreshTokensThatCountOnce() {
        Channel channel = connected("rotation");
        Set<String> seen = new HashSet<>();

        for (int renewals = 0; renewals < 4; renewals++) {
            seen.add(channels.renewed(channel));
        }

        assertThat(seen).hasSize(4).contains(channels.token(channel));
        channels.mailComesIn(channel, "after four renewals");
        channels.delete(channel);
    }

    @Test
    void goesOnWhenTheRealmChangesItsKeys() {
        Channel channel = connected("keys");
        String before = keyOf(channels.renewed(channel));

        realm.rotateKeys();

        assertThat(keyOf(channels.renewed(channel))).isNotEqualTo(before);
        app.get(Fetching.class).restart(channel.id());
        channels.mailComesIn(channel, "under the new key");
        channels.delete(channel);
    }

    @Test
    void revokedSignInAsksForANewOne() {
        Channel channel = connected("revoked");

        realm.endSignIns(SERVICE, "postroom-public");

        TokenProblem problem = channels.refused(channel);
        assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SIGN_IN);
        assertThat(problem.remedy()).contains("Connect again");
        app.get(Fetching.class).restart(channel.id());
        channels.awaitStatus(channel, "waiting-for-sign-in");
        connect(channel, SERVICE);
        channels.mailComesIn(channel, "signed in anew");
        channels.delete(channel);
    }

    @Test
    void lockedUserCountsAgainWithoutANewSignIn() {
        Channel channel = connected("locked");

        realm.enable(SERVICE, false);

        try {
            TokenProblem problem = channels.refused(channel);
            assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SIGN_IN);
            assertThat(problem.detail()).containsIgnoringCase("disabled");
            app.get(Fetching.class).restart(channel.id());
            channels.awaitStatus(channel, "waiting-for-sign-in");
        } finally {
            realm.enable(SERVICE, true);
        }
        app.get(Fetching.class).restart(channel.id());
        channels.mailComesIn(channel, "let in again");
        channels.delete(channel);
    }

    @Test
    void wrongSecretIsAMatterOfSettings() {
        Channel channel = channels.add(
                "wrong secret",
                "orders@contoso.test",
                "client_credentials",
                "postroom-secret",
                Map.of("clientSecret", "planted-wrong-secret"));

        TokenProblem problem = channels.refused(channel);

        assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SETTINGS);
        assertThat(problem.remedy()).contains("client secret");
        assertThat(rest.failedSteps(channel))
                .isNotEmpty()
                .allSatisfy(step ->
                        assertThat(step.toString()).contains("client secret").doesNotContain("planted"));
        channels.delete(channel);
    }

    @Test
    void wrongPasswordIsAMatterOfSettings() {
        Channel channel = channels.add(
                "wrong password",
                ANN,
                "password",
                "postroom-public",
                Map.of("signInUser", ANN, "password", "planted-wrong-password"));

        TokenProblem problem = channels.refused(channel);

        assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.SETTINGS);
        assertThat(problem.remedy()).contains("Check the sign-in user and its password");
        channels.delete(channel);
    }

    @Test
    void somebodyElsesSignInIsNotTaken() {
        Channel channel = channels.add("other person", SHARED, "authorization_code", "postroom-public", OF_SERVICE);

        Answer page = administrator.follow(browserOf(ANN).signIn(pressConnect(channel)));

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.body())
                .contains("Somebody else signed in than the channel expects: " + ANN + " instead of " + SERVICE);
        channels.delete(channel);
    }

    @Test
    void outageIsWaitedOutAndNobodyIsAskedToSignIn() {
        Channel channel = connected("outage");
        keycloak.stop();
        try {
            TokenProblem problem = channels.refused(channel);
            assertThat(problem.needs()).as(problem.sentence()).isEqualTo(Needs.WAITING);
            assertThat(problem.what()).contains("cannot be reached");
            app.get(Fetching.class).restart(channel.id());
            channels.awaitStatus(channel, "failing");
            channels.deliver(channel, "while nobody answered");
            assertThat(rest.failedSteps(channel))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.toString()).doesNotContain("onnect again"));
        } finally {
            keycloak.start();
        }
        app.get(Fetching.class).restart(channel.id());

        new MainJobSteps(app).awaitConversation(channel, "while nobody answered", 1);
        channels.awaitStatus(channel, "connected");
        channels.delete(channel);
    }

    private static Channel connected(String name) {
        Channel channel = channels.add(name, SHARED, "authorization_code", "postroom-public", OF_SERVICE);
        connect(channel, SERVICE);
        channels.awaitStatus(channel, "connected");
        return channel;
    }

    private static String keyOf(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
        return JsonMapper.builder().build().readTree(header).path("kid").asString();
    }
}
