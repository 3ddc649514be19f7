package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postroom.person.Role;
import tools.jackson.databind.JsonNode;

class ContactCallsTest extends RestTest {
    private final String customer = "ann-" + UUID.randomUUID() + "@example.com";

    private String letter() {
        return "From: Ann <" + customer + ">\nTo: support@contoso.test\nSubject: Lamp\nMessage-ID: <"
                + UUID.randomUUID() + "@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain\n\nWhere is it?\n";
    }

    private String bounce(String original) {
        return "From: MAILER-DAEMON@mx.test\nTo: support@contoso.test\nSubject: Undelivered\nMessage-ID: <"
                + UUID.randomUUID() + "@mx.test>\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nFailed.\n"
                + "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\n"
                + "Final-Recipient: rfc822; " + customer + "\nAction: failed\nStatus: 5.1.1\n"
                + "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
                + "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " + original + "\nSubject: Lamp\n\n--b--\n";
    }

    @Test
    void lostAnswerIsReportedFlagsItsContactAndIsClearedAgain() {
        String channel = addChannel();
        String id = receive(channel, letter());
        String answer = post("/api/v1/conversations/" + id + "/replies", "{\"text\": \"On its way.\"}")
                .at("/messageId");

        receive(channel, bounce(answer));

        JsonNode conversation = get("/api/v1/conversations/" + id).json();
        JsonNode report = conversation.at("/messages/1/delivery/reports/0");
        assertThat(report.propertyNames())
                .containsExactlyInAnyOrder(
                        "address", "action", "status", "code", "diagnostic", "permanent", "reason", "at", "message");
        assertThat(report.at("/address").asString()).isEqualTo(customer);
        assertThat(report.at("/action").asString()).isEqualTo("failed");
        assertThat(report.at("/reason").asString()).isEqualTo("no-such-user");
        assertThat(conversation.at("/state").asString()).isEqualTo("waiting");
        assertThat(conversation.at("/undelivered").asString()).isNotEmpty();
        assertThat(conversation.at("/messages/2/bounce/recipients/0/status").asString())
                .isEqualTo("5.1.1");
        assertThat(conversation.at("/contact/invalid/reason").asString()).isEqualTo("no-such-user");
        assertThat(conversation.at("/contact/invalid/message")).isEqualTo(conversation.at("/messages/2/id"));
        assertThat(get("/api/v1/conversations?undelivered=true&channel=" + channel)
                        .json()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(get("/api/v1/events?limit=1000").text())
                .contains("org.postroom.message.bounced", "org.postroom.contact.flagged");

        String contact = conversation.at("/contact/id").asString();
        Answer cleared = call("POST", "/api/v1/contacts/" + contact + "/clear-flag", null, keyOf(Role.AGENT), Map.of());
        Answer dismissed = post("/api/v1/conversations/" + id + "/dismiss-undelivered", null);

        assertThat(cleared.status()).isEqualTo(200);
        assertThat(cleared.json().at("/invalid").isNull()).isTrue();
        assertThat(get("/api/v1/contacts/" + contact).at("/address")).isEqualTo(customer);
        assertThat(dismissed.json().at("/undelivered").isNull()).isTrue();
    }

    @Test
    void contactThatIsNotThereIsNotFound() {
        assertThat(get("/api/v1/contacts/nobody").status()).isEqualTo(404);
        assertThat(post("/api/v1/contacts/nobody/clear-flag", null).status()).isEqualTo(404);
        assertThat(post("/api/v1/conversations/none/dismiss-undelivered", null).status())
                .isEqualTo(404);
    }
}
