package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Merging, splitting, and how a channel's mail finds its conversation, over REST. */
class RearrangingCallsTest extends RestTest {
    private static final String AT = "/api/v1/conversations/";

    @Test
    void mergedConversationAnswersUnderBothIdsAndComesApartAgain() {
        String channel = addChannel();
        String one = receive(channel, mail("Printer"));
        String two = receive(channel, mail("Lamp"));
        long number = get(AT + one).json().at("/number").asLong();

        Answer merged = post(AT + one + "/merge", "{\"into\": \"" + two + "\"}");

        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.at("/id")).isEqualTo(two);
        assertThat(merged.json().at("/messages").size()).isEqualTo(2);
        assertThat(get(AT + one).at("/id")).isEqualTo(two);
        JsonNode list =
                get("/api/v1/conversations?channel=" + channel + "&q=" + number).json();
        assertThat(list.at("/items").size()).isOne();
        assertThat(list.at("/items/0/id").asString()).isEqualTo(two);
        assertThat(post(AT + one + "/unmerge", null).at("/id")).isEqualTo(one);
        assertThat(get(AT + two).json().at("/messages").size()).isOne();
        assertThat(get("/api/v1/events?limit=1000").text())
                .contains("org.postroom.conversation.merged", "org.postroom.conversation.split");
    }

    @Test
    void splitAnswersTheNewConversation() {
        String channel = addChannel();
        String one = receive(channel, mail("Printer"));
        String first = get(AT + one).json().at("/messages/0/messageId").asString();
        receive(channel, mail("Printer again").replace("Subject:", "In-Reply-To: " + first + "\nSubject:"));
        JsonNode before = get(AT + one).json();
        String second = before.at("/messages/1/id").asString();

        Answer split = post(AT + one + "/split", "{\"messages\": [\"" + second + "\"]}");

        assertThat(split.status()).isEqualTo(200);
        assertThat(split.at("/id")).isNotEqualTo(one);
        assertThat(split.at("/subject")).isEqualTo("Printer again");
        assertThat(split.json().at("/messages/0/id").asString()).isEqualTo(second);
        assertThat(get(AT + one).json().at("/messageCount").asInt()).isOne();
    }

    @Test
    void whatIsWrongIsNamed() {
        String one = receive(addChannel(), mail("Printer"));

        assertThat(post(AT + one + "/merge", "{\"into\": \"" + one + "\"}").wrongFields())
                .containsExactly("into");
        assertThat(post(AT + one + "/merge", "{}").wrongFields()).containsExactly("into");
        assertThat(post(AT + one + "/split", "{\"messages\": []}").wrongFields())
                .containsExactly("messages");
        assertThat(post(AT + one + "/split", "{}").status()).isEqualTo(422);
        assertThat(post(AT + "nothing/merge", "{\"into\": \"" + one + "\"}").status())
                .isEqualTo(404);
    }

    @Test
    void rulesAreUsualUntilTheyAreChosenAndStayWhenLeftOut() {
        String id = addChannel();
        ObjectNode channel = (ObjectNode) get("/api/v1/channels/" + id).json();
        assertThat(channel.at("/threading/secureUpdate").asInt()).isEqualTo(2);
        assertThat(channel.at("/threading/reopen").asString()).isEqualTo("always");
        assertThat(channel.at("/threading/subjectNumber").asBoolean()).isFalse();

        channel.putObject("threading")
                .put("secureUpdate", 1)
                .put("reopen", "P14D")
                .put("subjectNumber", true)
                .putArray("numberForms")
                .add("Case {number}");
        assertThat(put("/api/v1/channels/" + id, channel.toString()).status()).isEqualTo(200);
        channel.remove("threading");
        Answer again = put("/api/v1/channels/" + id, channel.toString());

        assertThat(again.json().at("/threading/secureUpdate").asInt()).isEqualTo(1);
        assertThat(again.at("/threading/reopen")).isEqualTo("P14D");
        assertThat(again.at("/threading/numberForms/0")).isEqualTo("Case {number}");
    }

    @Test
    void rulesThatMakeNoSenseAreNamed() {
        String id = addChannel();
        ObjectNode channel = (ObjectNode) get("/api/v1/channels/" + id).json();
        channel.putObject("threading")
                .put("secureUpdate", 7)
                .put("reopen", "sometimes")
                .putArray("numberForms")
                .add("{number}")
                .add("Case");

        assertThat(put("/api/v1/channels/" + id, channel.toString()).wrongFields())
                .containsExactlyInAnyOrder(
                        "threading.secureUpdate",
                        "threading.reopen",
                        "threading.numberForms.1",
                        "threading.numberForms.2");
    }

    @Test
    void answersCarryANumberAndAMarkWhereThatIsWanted() {
        String id = addChannel();
        ObjectNode channel = (ObjectNode) get("/api/v1/channels/" + id).json();
        channel.putObject("threading").put("subjectNumber", true).put("referenceLine", true);
        put("/api/v1/channels/" + id, channel.toString());
        String conversation = receive(id, mail("Printer"));
        long number = get(AT + conversation).json().at("/number").asLong();

        post(AT + conversation + "/replies", "{\"html\": \"<p>Off and on</p>\"}");
        post(AT + conversation + "/replies", "{\"text\": \"Off and on\"}");

        JsonNode whole = get(AT + conversation).json();
        JsonNode formatted = whole.at("/messages/1");
        assertThat(formatted.at("/subject").asString()).endsWith("[#" + number + "]");
        assertThat(formatted.at("/html").asString()).doesNotContain("pr.", "<!--");
        assertThat(raw(formatted)).contains("font-size:1px", "[" + local(formatted) + "]");
        assertThat(raw(whole.at("/messages/2"))).contains("Ref: [" + local(whole.at("/messages/2")) + "]");
        String answer = mail("Something else").replace("It does not work.", "> [" + local(formatted) + "]");
        assertThat(receive(id, answer)).isEqualTo(conversation);
    }

    private static String local(JsonNode message) {
        String id = message.at("/messageId").asString();
        return id.substring(1, id.indexOf('@'));
    }

    private String raw(JsonNode message) {
        String raw =
                get("/api/v1/messages/" + message.at("/id").asString() + "/raw").text();
        return new String(
                raw.replace("=\r\n", "").replace("=3D", "=").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
