package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ChannelCallsTest extends RestTest {
    @Test
    void channelHasTheShapeOfTheContract() {
        String name = unique("Shape");

        Answer added = post("/api/v1/channels", """
                {"name": "%s", "address": "support@contoso.test", "enabled": false, "script": "default",
                 "authentication": {"type": "oauth2", "provider": "microsoft", "grant": "authorization_code",
                   "tenant": "contoso.test", "clientId": "app", "clientSecret": "planted-client-secret",
                   "certificate": null, "authority": "https://login.microsoftonline.com", "scopes": [],
                   "signInUser": "svc@contoso.test"},
                 "incoming": {"protocol": "imap", "host": "outlook.office365.com", "port": 993, "security": "tls",
                   "folder": "INBOX", "afterImport": "move:Done", "startFrom": "2026-11-01T00:00:00Z"},
                 "outgoing": {"protocol": "smtp", "host": "smtp.office365.com", "port": 587, "security": "starttls",
                   "sendAs": "support@contoso.test", "displayName": "Contoso Support", "replyTo": null,
                   "bounceAddress": null, "authentication": "same"},
                 "proxy": null, "properties": {"mail.imap.connectiontimeout": "10000"}}""".formatted(name));

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.header("Location")).isEqualTo("/api/v1/channels/" + added.at("/id"));
        JsonNode channel = get("/api/v1/channels/" + added.at("/id")).json();
        assertThat(channel.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "address",
                        "enabled",
                        "state",
                        "script",
                        "authentication",
                        "incoming",
                        "outgoing",
                        "proxy",
                        "properties",
                        "threading",
                        "hints",
                        "createdAt",
                        "updatedAt");
        assertThat(channel.at("/state").asString()).isEqualTo("disabled");
        assertThat(channel.at("/authentication/signInUser").asString()).isEqualTo("svc@contoso.test");
        assertThat(channel.at("/incoming/afterImport").asString()).isEqualTo("move:Done");
        assertThat(channel.at("/incoming/startFrom").asString()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(channel.at("/outgoing/security").asString()).isEqualTo("starttls");
        assertThat(channel.at("/outgoing/authentication").asString()).isEqualTo("same");
        assertThat(channel.at("/properties/mail.imap.connectiontimeout").asString())
                .isEqualTo("10000");
    }

    @Test
    void whatWasReadCanBeSentBackAndKeepsItsSecret() {
        String id = addChannel();
        String read = get("/api/v1/channels/" + id).text();

        Answer changed = put("/api/v1/channels/" + id, read.replace("Contoso Support", "Contoso Help"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/outgoing/displayName")).isEqualTo("Contoso Help");
    }

    @Test
    void secretsNeverComeOut() {
        String id = post("/api/v1/channels", channelBody(unique("Secret"), "planted-password-1"))
                .at("/id");
        put("/api/v1/channels/" + id, channelBody(unique("Secret"), "planted-password-2"));

        List<Answer> answers = new ArrayList<>();
        for (String path : List.of("", "/" + id, "/" + id + "/health")) {
            answers.add(get("/api/v1/channels" + path));
        }
        for (String action : List.of("test", "connect", "enable", "disable", "fetch-now")) {
            answers.add(post("/api/v1/channels/" + id + "/" + action, null));
        }
        answers.add(get("/api/v1/events?limit=1000"));
        answers.add(post("/api/v1/channels", channelBody("", "planted-password-3")));
        answers.add(post("/api/v1/channels", "{\"authentication\": {\"password\": \"planted-password-4\" oops"));
        answers.add(post("/api/v1/channels", "{\"authentication\": {\"passwort\": \"planted-password-5\"}}"));
        answers.add(post("/api/v1/channels", "{\"authentication\": \"planted-password-6\"}"));

        assertThat(answers).noneMatch(answer -> answer.text().contains("planted-password"));
    }

    @Test
    void everyWrongFieldIsNamedAtOnce() {
        Answer refused = post("/api/v1/channels", """
                {"name": "", "address": "nobody", "authentication": {"type": "password"},
                 "incoming": {"protocol": "imap", "host": "https://x", "port": 70000, "security": "ssl"},
                 "outgoing": {"protocol": "smtp", "host": "", "authentication": {"type": "oauth2"}}}""");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.wrongFields())
                .contains(
                        "name",
                        "address",
                        "authentication.username",
                        "authentication.password",
                        "incoming.host",
                        "incoming.port",
                        "incoming.security",
                        "outgoing.host",
                        "outgoing.authentication.type");
    }

    @Test
    void nameIsTakenOnlyOnce() {
        String name = unique("Twin");
        post("/api/v1/channels", channelBody(name, "one"));

        Answer refused = post("/api/v1/channels", channelBody(name, "two"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactly("name");
    }

    @Test
    void ownAuthenticationForOutgoingMailIsShownWithoutItsPassword() {
        String body = channelBody(unique("Own"), "one")
                .replace(
                        "\"authentication\": \"same\"",
                        "\"authentication\": {\"type\": \"password\", \"username\": \"out\", \"password\": \"planted\"}");

        Answer added = post("/api/v1/channels", body);

        assertThat(added.status()).isEqualTo(201);
        assertThat(added.at("/outgoing/authentication/username")).isEqualTo("out");
        assertThat(added.text()).doesNotContain("planted");
    }

    @Test
    void listGoesOnWhereThePageBeforeEnded() {
        List<String> added = List.of(addChannel(), addChannel(), addChannel());

        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            Answer page = get("/api/v1/channels?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.json()
                    .path("items")
                    .forEach(channel -> seen.add(channel.path("id").asString()));
            next = page.at("/next");
        } while (!next.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsAll(added);
    }

    @Test
    void deletedChannelIsGone() {
        String id = addChannel();

        assertThat(delete("/api/v1/channels/" + id).status()).isEqualTo(204);
        assertThat(get("/api/v1/channels/" + id).status()).isEqualTo(404);
        assertThat(delete("/api/v1/channels/" + id).status()).isEqualTo(404);
    }

    @Test
    void testNamesTheStepThatFailed() {
        Answer tested = post("/api/v1/channels/" + addChannel() + "/test", null);

        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.json().path("ok").asBoolean(true)).isFalse();
        assertThat(tested.json().path("messageCount").isNull()).isTrue();
        assertThat(tested.at("/steps/0/name")).isEqualTo("incoming: name resolved");
        assertThat(tested.at("/steps/0/result")).isEqualTo("pass");
        assertThat(tested.at("/steps/1/name")).isEqualTo("incoming: server reached");
        assertThat(tested.at("/steps/1/result")).isEqualTo("fail");
        assertThat(tested.at("/steps/1/kind")).isEqualTo("settings");
        assertThat(tested.at("/steps/1/sureness")).isEqualTo("certain");
        assertThat(tested.at("/steps/1/remedy")).isNotBlank();
        assertThat(tested.json().at("/steps/1/steps").size()).isPositive();
    }

    @Test
    void testNeedsNoBodyWhateverItsTypeAndPassesNoneOver() {
        String test = "/api/v1/channels/" + addChannel() + "/test";
        Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded");

        assertThat(call("POST", test, "", ADMINISTRATOR, form).status()).isEqualTo(200);
        assertThat(call("POST", test, null, ADMINISTRATOR, Map.of()).status()).isEqualTo(200);
        assertThat(post(test, "").status()).isEqualTo(200);
        assertThat(call("POST", test, "{\"sendTo\": \"a@b.test\"}", ADMINISTRATOR, form)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void testMailGoesToOnePlainAddressOnly() {
        String test = "/api/v1/channels/" + addChannel() + "/test";

        for (String wrong : List.of("", "nobody", "a@b, c@d", "a@b\\r\\nRCPT TO:<c@d>", "<a@b>", "a b@c")) {
            Answer refused = post(test, "{\"sendTo\": \"" + wrong + "\"}");
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(refused.wrongFields()).as(wrong).containsExactly("sendTo");
        }
        assertThat(post(test, "{\"sendTo\": null}").status()).isEqualTo(200);
        assertThat(post(test, "{}").status()).isEqualTo(200);
        assertThat(post(test, "{\"sendTo\": \"ann@fabrikam.test\"}").text()).contains("test mail to ann@fabrikam.test");
    }

    @Test
    void connectGivesTheAddressToSignInAt() {
        String id = post("/api/v1/channels", """
                {"name": "%s", "address": "support@contoso.test", "enabled": false,
                 "authentication": {"type": "oauth2", "tenant": "contoso.test", "clientId": "app"},
                 "incoming": {"host": "outlook.office365.com"}}""".formatted(unique("Connect"))).at("/id");

        Answer started = post("/api/v1/channels/" + id + "/connect", null);

        assertThat(started.at("/url"))
                .startsWith("https://login.microsoftonline.com/contoso.test/oauth2/v2.0/authorize?")
                .contains("code_challenge_method=S256", "redirect_uri=http%3A%2F%2F127.0.0.1%3A" + port);
        assertThat(post("/api/v1/channels/" + addChannel() + "/connect", null).status())
                .isEqualTo(409);
    }

    @Test
    void switchCountsAtOnce() {
        String id = addChannel();

        assertThat(post("/api/v1/channels/" + id + "/fetch-now", null).status()).isEqualTo(409);
        assertThat(post("/api/v1/channels/" + id + "/enable", null)
                        .json()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
        assertThat(post("/api/v1/channels/" + id + "/fetch-now", null).status()).isEqualTo(202);
        assertThat(post("/api/v1/channels/" + id + "/disable", null).at("/state"))
                .isEqualTo("disabled");
    }

    @Test
    void healthTellsStatusAndCounts() {
        JsonNode health = get("/api/v1/channels/" + addChannel() + "/health").json();

        assertThat(health.propertyNames())
                .contains("status", "lastProvenRoundTrip", "throttledUntil", "tokenExpiry", "secretExpiry", "problem");
        assertThat(health.path("counts").propertyNames())
                .containsExactlyInAnyOrder("imported", "duplicates", "quarantined", "sent", "failed");
        assertThat(health.at("/counts/imported").asLong()).isZero();
    }

    @Test
    void rereadTakesAllOrADate() {
        String path = "/api/v1/channels/" + addChannel() + "/reread";

        assertThat(post(path, "{\"from\": \"all\"}").status()).isEqualTo(202);
        assertThat(post(path, "{\"from\": \"2026-11-01\"}").status()).isEqualTo(202);
        for (String wrong : List.of("{\"from\": \"now\"}", "{\"from\": \"yesterday\"}", "{}")) {
            assertThat(post(path, wrong).status()).isEqualTo(422);
            assertThat(post(path, wrong).wrongFields()).containsExactly("from");
        }
    }
}
