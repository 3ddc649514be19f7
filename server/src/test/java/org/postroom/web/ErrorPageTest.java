package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.postroom.access.ApiKeys;
import org.postroom.person.Role;
import org.postroom.web.Visitor.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** What people and programs read when something is not there, not allowed or wrong. */
class ErrorPageTest extends RunningPages {
    @Autowired
    private ApiKeys keys;

    @Test
    void unknownPathsGetAFriendlyPage() {
        Answer answer = administrator().get("/nowhere/at/all");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).contains("There is nothing here", "Go to the start page");
    }

    @Test
    void oddAddressesGetWordsAndNoStackTrace() {
        Visitor administrator = administrator();

        for (String path :
                new String[] {"/channels/email/%3Cscript%3E", "/channels//email", "/channels/email/..%2F", "/error"}) {
            Answer answer = administrator.get(path);
            assertThat(answer.status()).as(path).isIn(400, 404);
            assertThat(answer.body()).doesNotContain("Exception", "at org.", "<script>");
        }
    }

    @Test
    void forbiddenPagesSayWhoCanHelp() {
        assertThat(agent().get("/channels/email").body()).contains("You may not see this page", "An administrator");
    }

    @Test
    void programsGetProblemDetails() {
        Answer noKey = stranger().get("/api/v1/channels");
        Answer wrongKey = stranger().get("/api/v1/channels", "Authorization: Bearer nonsense");
        String agentKey = keys.create("agent", Role.AGENT).secret();
        Answer agent = stranger().get("/api/v1/channels", "Authorization: Bearer " + agentKey);
        Answer nowhere = stranger().get("/api/v1/nowhere", "Authorization: Bearer " + agentKey);

        assertThat(noKey.status()).isEqualTo(401);
        assertThat(noKey.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(noKey.body()).contains("Authorization: Bearer <key>");
        assertThat(wrongKey.status()).isEqualTo(401);
        assertThat(agent.status()).isEqualTo(403);
        assertThat(nowhere.status()).isEqualTo(404);
        for (Answer answer : new Answer[] {noKey, wrongKey, agent, nowhere}) {
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void healthIsOpenWithoutDetailsAndMetricsNeedAnAdministratorsKey() {
        String agentKey = keys.create("agent for metrics", Role.AGENT).secret();
        String key = keys.create("metrics", Role.ADMINISTRATOR).secret();

        assertThat(stranger().get("/actuator/health").body()).contains("UP").doesNotContain("components");
        assertThat(stranger().get("/actuator/prometheus").status()).isEqualTo(401);
        assertThat(stranger()
                        .get("/actuator/prometheus", "Authorization: Bearer " + agentKey)
                        .status())
                .isEqualTo(403);
        assertThat(stranger()
                        .get("/actuator/prometheus", "Authorization: Bearer " + key)
                        .status())
                .isEqualTo(200);
    }
}
