package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.Tokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SigningKeysTest {
    private Simulator simulator;
    private FakeBrowser browser;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private JsonNode keys() {
        return FakeBrowser.json(browser.get(simulator.endpoints().entra() + "/common/discovery/v2.0/keys"))
                .path("keys");
    }

    private static ObjectNode part(String token, int index) {
        return Json.read(new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), UTF_8))
                .orElseThrow();
    }

    private static boolean verifies(String token, JsonNode key) throws Exception {
        Base64.Decoder url = Base64.getUrlDecoder();
        BigInteger modulus = new BigInteger(1, url.decode(key.path("n").asString("")));
        BigInteger exponent = new BigInteger(1, url.decode(key.path("e").asString("")));
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        check.update(token.substring(0, token.lastIndexOf('.')).getBytes(UTF_8));
        return check.verify(url.decode(token.substring(token.lastIndexOf('.') + 1)));
    }

    @Test
    void idTokenIsVerifiedWithTheKeyItNames() throws Exception {
        String token = FakeBrowser.json(browser.token(browser.redeem(browser.code("svc@contoso.test", "Pa55-svc"))))
                .path("id_token")
                .asString("");

        assertThat(part(token, 0).path("kid")).isEqualTo(keys().path(0).path("kid"));
        assertThat(verifies(token, keys().path(0))).isTrue();
        assertThat(part(token, 1).path("aud").asString(""))
                .isEqualTo(simulator.endpoints().app().clientId());
    }

    @Test
    void newKeySignsWhileTheOldOneIsStillPublished() throws Exception {
        String old = Tokens.mail(simulator, "svc@contoso.test");

        String kid = browser.set("POST", "/control/keys", "{}").path("kid").asString("");
        String fresh = Tokens.mail(simulator, "svc@contoso.test");

        assertThat(keys().size()).isEqualTo(2);
        assertThat(part(fresh, 0).path("kid").asString("")).isEqualTo(kid);
        assertThat(verifies(fresh, keys().path(0))).isTrue();
        assertThat(verifies(fresh, keys().path(1))).isFalse();
        assertThat(verifies(old, keys().path(1))).isTrue();
        assertThat(simulator.entra().read(old)).isPresent();
    }

    @Test
    void withdrawnKeyMakesItsTokensWorthless() {
        String old = Tokens.mail(simulator, "svc@contoso.test");

        browser.set("POST", "/control/keys", "{\"withdrawOld\":true}");

        assertThat(keys().size()).isEqualTo(1);
        assertThat(simulator.entra().read(old)).isEmpty();
        assertThat(simulator.entra().read(Tokens.mail(simulator, "svc@contoso.test")))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "contoso.test"})
    void discoveryTellsWhatThereIs(String tenant) {
        ObjectNode json = FakeBrowser.json(
                browser.get(simulator.endpoints().entra() + "/" + tenant + "/v2.0/.well-known/openid-configuration"));

        Set<String> methods = new HashSet<>();
        json.path("token_endpoint_auth_methods_supported").forEach(one -> methods.add(one.asString("")));
        assertThat(methods).containsExactlyInAnyOrder("client_secret_post", "private_key_jwt", "client_secret_basic");
        assertThat(json.path("device_authorization_endpoint").asString("")).endsWith("/oauth2/v2.0/devicecode");
        assertThat(browser.get(json.path("jwks_uri").asString("")).statusCode()).isEqualTo(200);
        assertThat(json.path("issuer").asString(""))
                .contains(
                        tenant.equals("contoso.test")
                                ? simulator.endpoints().tenant().id()
                                : "{tenantid}");
    }

    @Test
    void tokensCarryWhatMicrosoftPutsIn() {
        String app = FakeBrowser.json(browser.token(browser.clientCredentials()))
                .path("access_token")
                .asString("");
        ObjectNode own = part(app, 1);
        ObjectNode delegated = part(Tokens.mail(simulator, "svc@contoso.test"), 1);

        assertThat(own.path("oid").asString(""))
                .isEqualTo(simulator.endpoints().app().objectId());
        assertThat(own.path("idtyp").asString("")).isEqualTo("app");
        assertThat(own.path("aud").asString("")).isEqualTo("https://outlook.office365.com");
        assertThat(own.propertyNames()).contains("roles", "appid", "tid").doesNotContain("scp", "upn");
        assertThat(delegated.propertyNames())
                .contains("scp", "upn", "oid", "tid", "aud")
                .doesNotContain("roles", "idtyp");
    }
}
