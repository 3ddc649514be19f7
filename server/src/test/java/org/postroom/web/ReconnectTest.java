package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.postroom.web.Visitor.Answer;

/** Signing in without an account here, by a link, and on another device, by a code. */
class ReconnectTest extends IdentityPages {
    private String link(String user) {
        Answer page = administrator.post(
                "/channels/email/" + id + "/reconnect-link", Map.of("user", user, "days", "3", "mailBy", ""));
        Matcher link = Pattern.compile("value=\"http://127.0.0.1:\\d+(/reconnect/[A-Za-z0-9_-]+)\"")
                .matcher(page.body());
        assertThat(link.find()).as(page.body()).isTrue();
        return link.group(1);
    }

    /** The channel is one that signs in on another device. */
    private void byDeviceCode() {
        String name = "Device " + System.nanoTime();
        Map<String, String> form = ChannelPagesTest.form(name);
        form.put("preset", "microsoft");
        form.put("authentication.type", "oauth2");
        form.put("authentication.grant", "device_code");
        form.put("authentication.tenant", "contoso.test");
        form.put("authentication.clientId", "client-1");
        form.put("authentication.authority", authority());
        form.put("outgoing.authentication", "same");
        administrator.post("/channels/email", form);
        id = channels.findByIdOrName(name).orElseThrow().id();
    }

    private static String stateOf(Answer redirect) {
        Matcher state = Pattern.compile("[?&]state=([^&]+)").matcher(redirect.location());
        assertThat(state.find()).as(redirect.location()).isTrue();
        return state.group(1);
    }

    @Test
    void ownerWithoutAnAccountReconnectsOnce() {
        String link = link("svc@contoso.test");
        Visitor owner = stranger();

        Answer page = owner.get(link);
        Answer there = owner.get(link + "/go");
        grant("svc@contoso.test", ALL);
        Answer back = owner.get(CALLBACK + "?code=c&state=" + stateOf(there));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("Reconnect", "svc@contoso.test", "support@example.com");
        assertThat(there.status()).isEqualTo(302);
        assertThat(there.location()).startsWith(authority()).contains("login_hint=svc%40contoso.test");
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.body()).contains("Connected", "You can close this page").doesNotContain("/channels/email/");
        assertThat(tokens.signedIn(id)).isNotNull();
        assertThat(owner.get(link).status()).isEqualTo(410);
        assertThat(owner.get("/channels/email/" + id).status()).isEqualTo(302);
    }

    @Test
    void somebodyElseThanTheLinkNamesChangesNothing() {
        String link = link("svc@contoso.test");
        grant("ben@contoso.test", ALL);

        Answer back =
                stranger().get(CALLBACK + "?code=c&state=" + stateOf(stranger().get(link + "/go")));

        assertThat(back.status()).isEqualTo(400);
        assertThat(back.body()).contains("ben@contoso.test", "svc@contoso.test");
        assertThat(tokens.signedIn(id)).isNull();
        assertThat(stranger().get(link).status()).isEqualTo(200);
    }

    @Test
    void signInWithoutANameDoesNotCountForALink() {
        String link = link("svc@contoso.test");
        answer =
                "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"opaque\",\"refresh_token\":\"r\",\"scope\":\""
                        + ALL + "\"}";

        Answer back =
                stranger().get(CALLBACK + "?code=c&state=" + stateOf(stranger().get(link + "/go")));

        assertThat(back.status()).isEqualTo(400);
        assertThat(tokens.signedIn(id)).isNull();
    }

    @Test
    void forgedLinkLeadsNowhere() {
        String link = link("svc@contoso.test");
        String forged = link.substring(0, link.length() - 6) + "AAAAAA";

        assertThat(stranger().get(forged).status()).isEqualTo(410);
        assertThat(stranger().get(forged + "/go").status()).isEqualTo(410);
        assertThat(stranger().get("/reconnect/x").body()).contains("This link is over");
    }

    @Test
    void linkForNobodyAndForTooLongIsRefusedInWords() {
        Answer nobody = administrator.post(
                "/channels/email/" + id + "/reconnect-link", Map.of("user", "not an address", "days", "3"));
        Answer long_ = administrator.post(
                "/channels/email/" + id + "/reconnect-link", Map.of("user", "svc@contoso.test", "days", "400"));

        assertThat(nobody.body()).contains("is not an email address");
        assertThat(long_.body()).contains("A link lives from a minute to 30 days");
    }

    @Test
    void codeForAnotherDeviceIsShownUntilSomebodyEnteredIt() {
        byDeviceCode();
        answer = """
                {"device_code": "planted-device-code", "user_code": "WDJB-MJHT", "interval": 1, "expires_in": 900,
                 "verification_uri": "https://microsoft.example/devicelogin"}""";

        Answer started = administrator.get(connectLink(administrator));
        status = 400;
        answer = "{\"error\": \"authorization_pending\"}";
        String shown = administrator.get("/channels/email/" + id + "/state").body();
        status = 200;
        grant("svc@contoso.test", ALL);

        assertThat(started.status()).isEqualTo(302);
        assertThat(shown)
                .contains("WDJB-MJHT", "https://microsoft.example/devicelogin")
                .doesNotContain("planted-device-code");
        await().atMost(Duration.ofSeconds(20)).until(() -> tokens.signedIn(id) != null);
        assertThat(administrator.get("/channels/email/" + id + "/state").body())
                .contains("Signed in", "svc@contoso.test")
                .doesNotContain("WDJB-MJHT");
    }

    @Test
    void refusedDeviceCodeSaysWhyAndStops() {
        byDeviceCode();
        answer = """
                {"device_code": "d", "user_code": "WDJB-MJHT", "interval": 1, "expires_in": 900,
                 "verification_uri": "https://microsoft.example/devicelogin"}""";
        administrator.get(connectLink(administrator));
        status = 400;
        answer = "{\"error\": \"authorization_declined\", \"error_description\": \"AADSTS65004: declined\"}";

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(administrator
                                .get("/channels/email/" + id + "/state")
                                .body())
                        .contains("AADSTS65004"));
        assertThat(tokens.signedIn(id)).isNull();
    }
}
