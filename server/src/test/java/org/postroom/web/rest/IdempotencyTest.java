package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.store.tables.Tables.IDEMPOTENCY;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postroom.person.Role;

class IdempotencyTest extends RestTest {
    private Answer postOnce(String path, String body, String key) {
        return call("POST", path, body, ADMINISTRATOR, Map.of("Idempotency-Key", key));
    }

    private static String freshKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void sameCallAgainGetsTheStoredAnswer() {
        String body = channelBody(unique("Once"), "secret");
        String key = freshKey();

        Answer first = postOnce("/api/v1/channels", body, key);
        Answer second = postOnce("/api/v1/channels", body, key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void answerIsSentOnce() {
        String id = receive(addChannel(), mail("Once"));
        String key = freshKey();

        Answer first = postOnce("/api/v1/conversations/" + id + "/replies", "{\"text\": \"x\"}", key);
        Answer second = postOnce("/api/v1/conversations/" + id + "/replies", "{\"text\": \"x\"}", key);

        assertThat(second.at("/id")).isEqualTo(first.at("/id"));
        assertThat(get("/api/v1/conversations/" + id).json().path("messages").size())
                .isEqualTo(2);
    }

    @Test
    void anotherCallWithTheSameKeyIsRefused() {
        String key = freshKey();
        postOnce("/api/v1/channels", channelBody(unique("One"), "secret"), key);

        assertThat(postOnce("/api/v1/channels", channelBody(unique("Two"), "secret"), key)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void keysOfTwoProgramsAreTwo() {
        String id = receive(addChannel(), mail("Two programs"));
        String key = freshKey();
        Map<String, String> header = Map.of("Idempotency-Key", key);
        String path = "/api/v1/conversations/" + id + "/replies";

        Answer first = call("POST", path, "{\"text\": \"x\"}", keyOf(Role.AGENT), header);
        Answer second = call("POST", path, "{\"text\": \"x\"}", keyOf(Role.AGENT), header);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.at("/id")).isNotEqualTo(first.at("/id"));
    }

    @Test
    void refusedCallLeavesItsKeyFree() {
        String key = freshKey();

        assertThat(postOnce("/api/v1/channels", "{\"name\": \"\"}", key).status())
                .isEqualTo(422);
        assertThat(postOnce("/api/v1/channels", channelBody(unique("Free"), "x"), key)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsDone() {
        String id = receive(addChannel(), mail("Many"));
        String key = freshKey();
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(CompletableFuture.supplyAsync(
                    () -> postOnce("/api/v1/conversations/" + id + "/replies", "{\"text\": \"x\"}", key)));
        }

        assertThat(calls.stream().map(call -> call.join().status()))
                .contains(202)
                .isSubsetOf(202, 409);
        assertThat(get("/api/v1/conversations/" + id).json().path("messages").size())
                .isEqualTo(2);
    }

    @Test
    void callThatIsBeingHandledIsToldSo() {
        String key = freshKey();
        String body = channelBody(unique("Running"), "x");
        postOnce("/api/v1/channels", body, key);
        database.write(sql -> sql.update(IDEMPOTENCY)
                .set(IDEMPOTENCY.STATUS, 0)
                .where(IDEMPOTENCY.RESPONSE.contains("Running"))
                .execute());

        assertThat(postOnce("/api/v1/channels", body, key).status()).isEqualTo(409);
    }

    @Test
    void keyIsForgottenAfterADay() {
        String key = freshKey();
        String body = channelBody(unique("Yesterday"), "x");
        postOnce("/api/v1/channels", body, key);
        database.write(sql -> sql.update(IDEMPOTENCY)
                .set(IDEMPOTENCY.CREATED_AT, Instant.now().minus(25, ChronoUnit.HOURS))
                .where(IDEMPOTENCY.RESPONSE.contains("Yesterday"))
                .execute());

        assertThat(postOnce("/api/v1/channels", body, key).wrongFields()).containsExactly("name");
    }

    @Test
    void noSecretIsKept() {
        String key = freshKey();
        String body = "{\"name\": \"planted\", \"role\": \"agent\"}";

        Answer made = postOnce("/api/v1/api-keys", body, key);
        Answer again = postOnce("/api/v1/api-keys", body, key);
        postOnce("/api/v1/channels", channelBody(unique("Planted"), "planted-password"), freshKey());

        assertThat(made.at("/key")).startsWith("prm_");
        assertThat(again.at("/id")).isEqualTo(made.at("/id"));
        assertThat(again.json().path("key").isNull()).isTrue();
        String table = database.read(sql -> sql.fetch(IDEMPOTENCY).format());
        assertThat(table).doesNotContain(made.at("/key"), "planted-password", key);
    }

    @Test
    void keyThatNobodyCanTypeIsRefused() {
        Answer refused = postOnce("/api/v1/channels", channelBody(unique("Long"), "x"), "k".repeat(300));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.wrongFields()).containsExactly("Idempotency-Key");
    }
}
