package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.postroom.access.ApiKeys;
import org.postroom.channel.Channel;
import org.postroom.person.Role;
import org.postroom.web.Visitor;
import org.postroom.web.Visitor.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that asks a running server by REST, with an administrator's key. */
final class RestCaller {
    private final Visitor http;
    private final String key;

    private RestCaller(int port, String secret) {
        this.http = new Visitor(port);
        this.key = "Authorization: Bearer " + secret;
    }

    /** With a new key. */
    static RestCaller of(PostroomApp app) {
        return new RestCaller(
                app.port(),
                app.get(ApiKeys.class).create("story", Role.ADMINISTRATOR).secret());
    }

    /** Whatever comes back. */
    Answer send(String method, String path, String body) {
        return http.sendJson(method, "/api/v1" + path, body, key);
    }

    JsonNode get(String path) {
        return json(http.get("/api/v1" + path, key));
    }

    /** Sends JSON; the answer must be that something was made or done. */
    JsonNode post(String path, String body) {
        Answer answer = http.postJson("/api/v1" + path, body, key);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return JsonMapper.builder().build().readTree(answer.body());
    }

    JsonNode health(Channel channel) {
        return get("/channels/" + channel.id() + "/health");
    }

    /** What Test connection finds wrong. */
    List<JsonNode> failedSteps(Channel channel) {
        return json(http.postJson("/api/v1/channels/" + channel.id() + "/test", "{}", key))
                .path("steps")
                .valueStream()
                .filter(step -> step.path("result").asString().equals("fail"))
                .toList();
    }

    private static JsonNode json(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonMapper.builder().build().readTree(answer.body());
    }
}
