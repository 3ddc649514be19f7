package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.person.Role;

class RefusalsTest extends RestTest {
    private void isProblem(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.at("/title")).isNotBlank();
        assertThat(answer.at("/detail")).isNotBlank().doesNotContain("Exception", "java.", "org.postroom.", "tools.");
        assertThat(answer.text()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404",
        "GET, /api/v2/channels, 404",
        "GET, /api/v1/channels/none, 404",
        "GET, /api/v1/channels/none/health, 404",
        "POST, /api/v1/channels/none/test, 404",
        "POST, /api/v1/channels/none/enable, 404",
        "GET, /api/v1/conversations/none, 404",
        "POST, /api/v1/conversations/none/close, 404",
        "GET, /api/v1/messages/none, 404",
        "GET, /api/v1/messages/none/raw, 404",
        "GET, /api/v1/messages/none/attachments/0, 404",
        "POST, /api/v1/quarantine/none/retry, 404",
        "POST, /api/v1/quarantine/none/import, 404",
        "POST, /api/v1/quarantine/none/discard, 404",
        "DELETE, /api/v1/api-keys/none, 404",
        "PATCH, /api/v1/channels/none, 405",
        "DELETE, /api/v1/conversations, 405",
        "POST, /api/v1/channels, 400",
    })
    void addressOrMethodThatDoesNotExistIsSaidSo(String method, String path, int status) {
        Answer answer = call(method, path, null, ADMINISTRATOR, Map.of("Content-Type", "application/json"));

        isProblem(answer, status);
    }

    @Test
    void refusedMethodNamesThoseThatWork() {
        assertThat(delete("/api/v1/conversations").header("Allow")).isEqualTo("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/channels?limit=0, limit",
        "/api/v1/channels?limit=many, limit",
        "/api/v1/channels?cursor=%21, cursor",
        "/api/v1/conversations?state=lost, state",
        "/api/v1/conversations?state=, ''",
        "/api/v1/conversations?limit=201, limit",
        "/api/v1/conversations?cursor=abc, cursor",
        "/api/v1/events?after=x, after",
        "/api/v1/events?wait=61, wait",
        "/api/v1/events?wait=-1, wait",
        "/api/v1/events?limit=99999999999, limit",
        "/api/v1/quarantine?cursor=%00, cursor",
        "/api/v1/api-keys?limit=-5, limit",
    })
    void wrongParameterIsNamed(String path, String field) {
        Answer answer = get(path);

        if (field.isEmpty()) {
            assertThat(answer.status()).isEqualTo(200);
        } else {
            isProblem(answer, 400);
            assertThat(answer.wrongFields()).containsExactly(field);
            assertThat(answer.at("/detail")).contains(field);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nmae\": \"x\"}|nmae",
                "{\"incoming\": {\"hots\": \"x\"}}|incoming.hots",
                "{\"outgoing\": {\"authentication\": {\"user\": \"x\"}}}|outgoing.authentication.user",
                "{\"outgoing\": {\"authentication\": 7}}|outgoing.authentication",
                "{\"incoming\": {\"port\": \"many\"}}|incoming.port",
                "{\"incoming\": {\"port\": 993.5}}|incoming.port",
                "{\"incoming\": []}|incoming",
                "{\"enabled\": \"perhaps\"}|enabled",
                "{\"name\": {}}|name",
                "{\"authentication\": {\"scopes\": \"one\"}}|authentication.scopes",
                "{\"authentication\": {\"scopes\": [null]}}|authentication.scopes[0]",
                "{\"name\": 5}|name",
                "{\"enabled\": 1}|enabled",
                "{\"incoming\": {\"port\": \"993\"}}|incoming.port",
            })
    void fieldThatCannotBeReadIsNamed(String body, String field) {
        Answer answer = post("/api/v1/channels", body);

        isProblem(answer, 400);
        assertThat(answer.wrongFields()).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"x\"|Line 1",
                "{\"name\": x}|Line 1",
                "[]|an object",
                "7|an object",
                "null|body",
                "{\"name\": \"x\"} {}|Line 1",
                "{\"name\": \"x\", \"name\": \"y\"}|Line 1",
            })
    void malformedJsonNamesItsPlace(String body, String words) {
        Answer answer = post("/api/v1/channels", body);

        isProblem(answer, 400);
        assertThat(answer.at("/detail")).contains(words);
    }

    @Test
    void bodyOfAnotherKindIsRefused() {
        Answer answer =
                call("POST", "/api/v1/channels", "<channel/>", ADMINISTRATOR, Map.of("Content-Type", "text/xml"));

        isProblem(answer, 415);
        assertThat(answer.at("/detail")).contains("application/json");
    }

    @Test
    void answerInAnotherFormatIsRefused() {
        isProblem(call("GET", "/api/v1/channels", null, ADMINISTRATOR, Map.of("Accept", "text/csv")), 406);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        String large = "{\"name\": \"" + "x".repeat(3 * 1024 * 1024) + "\"}";

        isProblem(post("/api/v1/channels", large), 413);
    }

    @Test
    void bodyThatDoesNotSayItsSizeIsBoundedToo() {
        byte[] large = ("{\"name\": \"" + "x".repeat(3 * 1024 * 1024) + "\"}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/channels"))
                .header("Authorization", "Bearer " + ADMINISTRATOR)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large)))
                .build();

        isProblem(send(request), 413);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/channels, 403, 403, 200",
        "POST, /api/v1/channels/none/test, 403, 403, 404",
        "GET, /api/v1/channels/none/health, 403, 403, 404",
        "GET, /api/v1/api-keys, 403, 403, 200",
        "DELETE, /api/v1/api-keys/none, 403, 403, 404",
        "GET, /api/v1/quarantine, 403, 403, 200",
        "POST, /api/v1/quarantine/none/retry, 403, 403, 404",
        "POST, /api/v1/quarantine/none/import, 403, 403, 404",
        "GET, /api/v1/conversations, 200, 200, 200",
        "GET, /api/v1/messages/none, 404, 404, 404",
        "GET, /api/v1/events, 200, 200, 200",
    })
    void roleDecidesWhatAKeyMay(String method, String path, int agent, int supervisor, int administrator) {
        assertThat(call(method, path, null, keyOf(Role.AGENT), Map.of()).status())
                .isEqualTo(agent);
        assertThat(call(method, path, null, keyOf(Role.SUPERVISOR), Map.of()).status())
                .isEqualTo(supervisor);
        assertThat(call(method, path, null, ADMINISTRATOR, Map.of()).status()).isEqualTo(administrator);
    }

    @Test
    void withoutAKnownKeyNothingIsTold() {
        for (String path : new String[] {"/api/v1/channels", "/api/v1/conversations", "/api/v1/nothing"}) {
            isProblem(call("GET", path, null, null, Map.of()), 401);
            isProblem(call("GET", path, null, "wrong", Map.of()), 401);
        }
    }
}
