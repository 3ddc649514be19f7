package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postroom.person.Person;
import org.postroom.person.Role;
import org.postroom.web.Visitor.Answer;

/** Signing in and out, and what a session is protected by. */
class SessionTest extends RunningPages {
    @Test
    void signInLeadsToTheWantedPageUnderANewSession() {
        Visitor visitor = stranger();
        visitor.get("/channels/email?q=support");
        String before = visitor.session();

        Answer answer = visitor.post("/sign-in", Map.of("email", "ADMIN@example.com ", "password", PASSWORD));

        assertThat(answer.location()).isEqualTo("/channels/email?q=support");
        assertThat(visitor.session()).isNotEqualTo(before);
        assertThat(visitor.get("/channels/email").body()).contains("Ann Admin", "Sign out");
    }

    @Test
    void cookieIsHiddenFromScriptsAndOtherSites() {
        Answer answer = stranger().get("/sign-in");

        assertThat(answer.header("Set-Cookie"))
                .contains("POSTROOM_SESSION=")
                .contains("HttpOnly")
                .contains("SameSite=Lax")
                .doesNotContain("Secure");
    }

    @Test
    void pagesForbidForeignScriptsFramesAndForms() {
        Answer answer = stranger().get("/sign-in");

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'")
                .contains("frame-ancestors 'self'", "base-uri 'none'", "object-src 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.body())
                .doesNotContain(" style=", " onclick=", "<style")
                .doesNotContainPattern("<script>");
    }

    @Test
    void everyFileThatAPageNamesIsThere() {
        Visitor visitor = stranger();
        String page = visitor.get("/sign-in").body();

        var files = java.util.regex.Pattern.compile("(?:src|href)=\"(/[^\"#]+)")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();

        assertThat(files)
                .hasSizeGreaterThan(4)
                .allSatisfy(file -> assertThat(visitor.get(file).status()).isEqualTo(200));
    }

    @Test
    void wrongPasswordKeepsTheAddressAndNotThePassword() {
        Answer answer = stranger().post("/sign-in", Map.of("email", "<b>@example.com", "password", "a guess, no more"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body())
                .contains("The email address or the password is not right.", "&lt;b&gt;@example.com")
                .doesNotContain("a guess, no more", "<b>@");
    }

    @Test
    void tooManyTriesHaveToWaitEvenWithTheRightPassword() {
        hire("Gil Guessed", "gil@example.com", Role.AGENT);
        Visitor visitor = stranger();
        for (int i = 0; i < 8; i++) {
            visitor.post("/sign-in", Map.of("email", "gil@example.com", "password", "guess number " + i));
        }

        Answer answer = visitor.post("/sign-in", Map.of("email", "Gil@example.com", "password", PASSWORD));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.body()).contains("There were too many tries.");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 601);
    }

    @Test
    void formsWithoutTheTokenOfTheSessionChangeNothing() {
        Visitor administrator = administrator();

        assertThat(administrator.postBare("/sign-out", Map.of()).status()).isEqualTo(403);
        assertThat(administrator.postBare("/channels/email", Map.of()).status()).isEqualTo(403);
        assertThat(administrator
                        .postBare("/channels/email", Map.of("_csrf", stranger().token()))
                        .status())
                .isEqualTo(403);
        assertThat(administrator.get("/channels/email").status()).isEqualTo(200);
    }

    @Test
    void signOutEndsTheSession() {
        Visitor administrator = administrator();

        assertThat(administrator.post("/sign-out", Map.of()).location()).isEqualTo("/sign-in?signed-out");

        assertThat(administrator.get("/channels/email").location()).isEqualTo("/sign-in");
    }

    @Test
    void switchedOffPeopleAreOutWithTheNextRequest() {
        hire("Olga Off", "olga@example.com", Role.ADMINISTRATOR);
        Person olga = people.byEmail("olga@example.com").orElseThrow();
        people.enable(olga.id(), true);
        Visitor visitor = stranger().signIn("olga@example.com", PASSWORD);

        people.enable(olga.id(), false);

        assertThat(visitor.get("/channels/email").location()).isEqualTo("/sign-in");
        assertThat(visitor.post("/sign-in", Map.of("email", "olga@example.com", "password", PASSWORD))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void newPasswordEndsSessionsOfTheOldOne() {
        hire("Petra Password", "petra@example.com", Role.ADMINISTRATOR);
        Person petra = people.byEmail("petra@example.com").orElseThrow();
        Visitor visitor = stranger().signIn("petra@example.com", PASSWORD);

        people.changePassword(petra.id(), "green chair mountain");

        assertThat(visitor.get("/channels/email").location()).isEqualTo("/sign-in");
        people.changePassword(petra.id(), PASSWORD);
    }

    @Test
    void newRoleCountsAtOnce() {
        hire("Rita Role", "rita@example.com", Role.ADMINISTRATOR);
        Person rita = people.byEmail("rita@example.com").orElseThrow();
        people.giveRole(rita.id(), Role.ADMINISTRATOR);
        Visitor visitor = stranger().signIn("rita@example.com", PASSWORD);

        people.giveRole(rita.id(), Role.AGENT);

        assertThat(visitor.get("/channels/email").status()).isEqualTo(403);
    }

    @Test
    void htmxOfAnEndedSessionIsToldWithoutARedirect() {
        Answer answer = stranger().post("/channels/email", Map.of("name", "x"), "HX-Request: true");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("X-Postroom-Session")).isEqualTo("ended");
    }
}
