package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.person.Role;
import tools.jackson.databind.JsonNode;

class ConversationCallsTest extends RestTest {
    @Test
    void conversationHasTheShapeOfTheContract() {
        String channel = addChannel();
        String id = receive(channel, mail("Printer on fire"));

        JsonNode conversation = get("/api/v1/conversations/" + id).json();

        assertThat(conversation.propertyNames())
                .contains(
                        "id",
                        "number",
                        "subject",
                        "state",
                        "channel",
                        "queue",
                        "assignee",
                        "contact",
                        "tags",
                        "createdAt",
                        "updatedAt",
                        "messages");
        assertThat(conversation.at("/state").asString()).isEqualTo("new");
        assertThat(conversation.at("/contact/address").asString()).isEqualTo("ann@example.com");
        JsonNode message = conversation.at("/messages/0");
        assertThat(message.propertyNames())
                .contains(
                        "id",
                        "direction",
                        "kind",
                        "messageId",
                        "date",
                        "from",
                        "to",
                        "cc",
                        "subject",
                        "text",
                        "newText",
                        "html",
                        "attachments",
                        "threadedBecause",
                        "delivery");
        assertThat(message.at("/direction").asString()).isEqualTo("in");
        assertThat(message.at("/kind").asString()).isEqualTo("message");
        assertThat(message.at("/date").asString()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(message.at("/from").propertyNames()).containsExactlyInAnyOrder("name", "address");
        assertThat(message.at("/attachments/0").propertyNames())
                .containsExactlyInAnyOrder("name", "contentType", "size", "sha256", "contentId", "inline");
    }

    @Test
    void listIsNarrowedAndGoesOnWhereThePageBeforeEnded() {
        String channel = addChannel();
        List<String> received = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            received.add(receive(channel, mail("Question " + i)));
        }
        post("/api/v1/conversations/" + received.getFirst() + "/close", null);

        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            Answer page = get("/api/v1/conversations?limit=2&state=new,open&channel=" + channel
                    + (next.isEmpty() ? "" : "&cursor=" + next));
            page.json().path("items").forEach(item -> seen.add(item.path("id").asString()));
            next = page.at("/next");
        } while (!next.isEmpty());

        assertThat(seen).containsExactlyElementsOf(received.subList(1, 5).reversed());
        assertThat(get("/api/v1/conversations?state=closed&channel=" + channel)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(get("/api/v1/conversations?q=Question+3&channel=" + channel)
                        .json()
                        .at("/items/0/id")
                        .asString())
                .isEqualTo(received.get(3));
    }

    @Test
    void closesAndOpensAgain() {
        String id = receive(addChannel(), mail("Close me"));
        String key = keyOf(Role.AGENT);

        assertThat(call("POST", "/api/v1/conversations/" + id + "/close", null, key, Map.of())
                        .at("/state"))
                .isEqualTo("closed");
        assertThat(call("POST", "/api/v1/conversations/" + id + "/reopen", null, key, Map.of())
                        .at("/state"))
                .isEqualTo("open");
        assertThat(get("/api/v1/events?limit=1000").text())
                .contains("org.postroom.conversation.closed", "org.postroom.conversation.reopened");
    }

    @Test
    void openingWhatIsNotClosedChangesNothing() {
        String id = receive(addChannel(), mail("Still new"));

        assertThat(post("/api/v1/conversations/" + id + "/reopen", null).at("/state"))
                .isEqualTo("new");
    }

    @Test
    void answerGoesToEverybodyAndIsQueued() {
        String id = receive(addChannel(), mail("Help"));

        Answer accepted = post("/api/v1/conversations/" + id + "/replies", """
                {"text": "Turn it off and on.", "sendAs": "support@contoso.test",
                 "attachments": [{"name": "how.txt", "contentType": "text/plain", "content": "SGVsbG8="}]}""");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.at("/direction")).isEqualTo("out");
        assertThat(accepted.at("/subject")).isEqualTo("Re: Help");
        assertThat(accepted.at("/to/0/address")).isEqualTo("ann@example.com");
        assertThat(accepted.at("/cc/0/address")).isEqualTo("bob@example.com");
        assertThat(accepted.at("/delivery/state")).isIn("queued", "sending");
        assertThat(accepted.header("Location")).isEqualTo("/api/v1/messages/" + accepted.at("/id"));
        assertThat(get(accepted.header("Location") + "/attachments/0").text()).isEqualTo("Hello");
        assertThat(get("/api/v1/conversations/" + id).at("/state")).isEqualTo("waiting");
        assertThat(get(accepted.header("Location") + "/raw").text()).contains("In-Reply-To: <", "Turn it off and on.");
    }

    @Test
    void answerThatCannotLeaveNamesEveryReason() {
        String id = receive(addChannel(), mail("Help"));

        Answer refused = post("/api/v1/conversations/" + id + "/replies", """
                {"text": "x", "draft": true, "sendAt": "2026-12-01T00:00:00Z", "sendAs": "ceo@contoso.test",
                 "attachments": [{"contentType": "text/plain"}]}""");
        Answer addresses = post("/api/v1/conversations/" + id + "/replies", "{\"text\": \" \", \"to\": [\"nobody\"]}");
        Answer base64 = post(
                "/api/v1/conversations/" + id + "/replies",
                "{\"text\": \"x\", \"attachments\": [{\"name\": \"a\", \"content\": \"*\"}]}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder(
                        "draft", "sendAt", "sendAs", "attachments[0].name", "attachments[0].content");
        assertThat(refused.text()).contains("not offered by this version");
        assertThat(addresses.status()).isEqualTo(422);
        assertThat(addresses.wrongFields()).containsExactlyInAnyOrder("text", "to");
        assertThat(base64.status()).isEqualTo(400);
        assertThat(base64.wrongFields()).containsExactly("attachments[0].content");
    }

    /** Each of these once made a call fail, or went to a customer as something nobody meant. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"text": "x", "to": [null]}                                          | 400 | to[0]
            {"text": "x", "bcc": ["ann@example.com", null]}                      | 400 | bcc[1]
            {"text": 5}                                                          | 400 | text
            {"text": true}                                                       | 400 | text
            {"text": "x", "to": [5]}                                             | 400 | to[0]
            {"text": "x", "subject": "a\\r\\nBcc: q@q.test"}                     | 422 | subject
            {"text": "\\ud800"}                                                  | 422 | text
            {"text": "x", "attachments": [{"name": "a\\nb", "content": "SGk="}]} | 422 | attachments[0]
            {"text": "x", "attachments": [null]}                                 | 400 | attachments[0]
            """)
    void whatNobodyMeansIsRefusedByField(String body, int status, String field) {
        String id = receive(addChannel(), mail("Help"));

        Answer refused = post("/api/v1/conversations/" + id + "/replies", body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.wrongFields()).containsExactly(field);
    }

    @Test
    void firstMessageBeginsAConversation() {
        String channel = addChannel();

        Answer sent = post("/api/v1/messages", """
                {"channel": "%s", "to": ["Cora <cora@example.net>"], "subject": "Your order",
                 "html": "<p>It is on its <b>way</b>.</p><script>x</script>"}""".formatted(channel));

        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.at("/html")).contains("<b>way</b>").doesNotContain("script");
        JsonNode conversation =
                get("/api/v1/conversations/" + sent.at("/conversation")).json();
        assertThat(conversation.at("/state").asString()).isEqualTo("waiting");
        assertThat(conversation.at("/subject").asString()).isEqualTo("Your order");
        assertThat(conversation.at("/contact/address").asString()).isEqualTo("cora@example.net");
        assertThat(conversation.at("/contact/name").asString()).isEqualTo("Cora");
        assertThat(conversation.at("/messageCount").asInt()).isEqualTo(1);
        assertThat(conversation.at("/number").asLong()).isPositive();
    }

    @Test
    void answerToAFirstMessageFindsItsConversation() {
        String channel = addChannel();
        Answer sent = post(
                "/api/v1/messages",
                "{\"channel\": \"%s\", \"to\": [\"ann@example.com\"], \"subject\": \"Hi\", \"text\": \"Hi\"}"
                        .formatted(channel));

        String found = receive(
                channel,
                mail("Re: Hi").replace("MIME-Version", "In-Reply-To: " + sent.at("/messageId") + "\nMIME-Version"));

        assertThat(found).isEqualTo(sent.at("/conversation"));
    }

    @Test
    void firstMessageThatCannotLeaveNamesEveryReason() {
        Answer nothing = post("/api/v1/messages", "{}");
        Answer empty = post("/api/v1/messages", "{\"channel\": \"" + addChannel() + "\", \"text\": \"x\"}");

        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.wrongFields()).containsExactly("channel");
        assertThat(empty.wrongFields()).containsExactlyInAnyOrder("subject", "to");
    }

    @Test
    void rawMessageIsByteForByteAndItsFilesAreToBeSaved() {
        String mail = mail("Raw");
        String id = receive(addChannel(), mail);
        String message = get("/api/v1/conversations/" + id).at("/messages/0/id");

        Answer raw = get("/api/v1/messages/" + message + "/raw");
        Answer file = get("/api/v1/messages/" + message + "/attachments/0");

        assertThat(raw.contentType()).startsWith("message/rfc822");
        assertThat(raw.whole().body()).isEqualTo(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        assertThat(file.text()).contains("<script>");
        assertThat(file.header("Content-Disposition")).startsWith("attachment").contains("page.html");
        assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(get("/api/v1/messages/" + message + "/attachments/1").status())
                .isEqualTo(404);
        assertThat(get("/api/v1/messages/" + message + "/attachments/-1").status())
                .isEqualTo(404);
    }
}
