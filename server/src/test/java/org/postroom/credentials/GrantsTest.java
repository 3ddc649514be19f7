package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens.Result;

/** Tokens for which nobody has to sign in: what is sent, and what a refusal means. */
class GrantsTest {
    private static final String CHANNEL = "grants";
    private static final List<String> SCOPES = List.of("https://outlook.office365.com/.default");

    private final FakeCredentials credentials = FakeCredentials.fresh();

    @BeforeEach
    void nothingStored() {
        credentials.tokens().forget(CHANNEL);
        credentials.secrets().forgetAll(CHANNEL);
        credentials.entra().answer(form -> Answer.json(200, """
                {"token_type": "Bearer", "expires_in": 3600, "access_token": "the-token"}
                """));
    }

    private Authentication.OAuth2 auth(Grant grant, boolean publicClient, @Nullable String user) {
        var like = credentials.oauth();
        return Authentication.OAuth2.microsoft(
                grant, like.tenant(), like.clientId(), publicClient, like.authority(), List.of(), user);
    }

    private Result ask(Tokens tokens, Authentication.OAuth2 auth) {
        return tokens.accessToken(FakeCredentials.client(CHANNEL, auth, SCOPES), null);
    }

    private static TokenProblem problem(Result result) {
        return switch (result) {
            case Result.Missing(TokenProblem problem) -> problem;
            case Result.Ready ready -> throw new AssertionError(ready);
        };
    }

    @Test
    void applicationProvesItselfBySecret() {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_SECRET, "app-secret");
        var auth = auth(Grant.CLIENT_CREDENTIALS, false, null);

        assertThat(ask(credentials.tokens(), auth)).isInstanceOfSatisfying(Result.Ready.class, ready -> {
            assertThat(ready.accessToken()).isEqualTo("the-token");
            assertThat(ready.user()).isNull();
        });

        assertThat(credentials.entra().forms())
                .containsExactly(Map.of(
                        "grant_type", "client_credentials",
                        "scope", "https://outlook.office365.com/.default",
                        "client_id", "app",
                        "client_secret", "app-secret"));
    }

    @Test
    void tokenIsKeptUntilShortlyBeforeItsEnd() {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_SECRET, "app-secret");
        var auth = auth(Grant.CLIENT_CREDENTIALS, false, null);
        ask(credentials.tokens(), auth);
        ask(credentials.tokens(), auth);
        assertThat(credentials.entra().forms()).hasSize(1);

        Clock late = Clock.fixed(Instant.now().plus(Duration.ofMinutes(57)), ZoneOffset.UTC);
        ask(credentials.tokens(credentials.database(), late), auth);

        assertThat(credentials.entra().forms()).hasSize(2);
        assertThat(credentials.tokens().signedIn(CHANNEL))
                .isNotNull()
                .extracting(Tokens.SignedIn::problem)
                .isNull();
    }

    @Test
    void passwordOfTheSignInUserIsSent() {
        credentials.secrets().put(CHANNEL, Purpose.SIGN_IN_PASSWORD, "s3cret & more");

        assertThat(ask(credentials.tokens(), auth(Grant.PASSWORD, true, "svc@contoso.test")))
                .isInstanceOf(Result.Ready.class);

        assertThat(credentials.entra().forms())
                .containsExactly(Map.of(
                        "grant_type", "password",
                        "username", "svc@contoso.test",
                        "password", "s3cret & more",
                        "scope", "https://outlook.office365.com/.default",
                        "client_id", "app"));
    }

    @Test
    void missingPasswordIsToldWithoutAsking() {
        TokenProblem problem = problem(ask(credentials.tokens(), auth(Grant.PASSWORD, true, "svc@contoso.test")));

        assertThat(problem.needs()).isEqualTo(Needs.SETTINGS);
        assertThat(credentials.entra().forms()).isEmpty();
    }

    @Test
    void wrongPasswordIsASettingAndNoSignIn() {
        credentials.secrets().put(CHANNEL, Purpose.SIGN_IN_PASSWORD, "wrong");
        credentials.entra().answer(form -> Answer.error("invalid_grant", 50126));

        TokenProblem problem = problem(ask(credentials.tokens(), auth(Grant.PASSWORD, true, "svc@contoso.test")));

        assertThat(problem.needs()).isEqualTo(Needs.SETTINGS);
        assertThat(problem.what()).isEqualTo("The user name or the password is wrong.");
        assertThat(problem.remedy())
                .startsWith("Check the sign-in user and its password.")
                .doesNotContain("Connect");
    }

    @Test
    void outageIsWaitedFor() {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_SECRET, "app-secret");
        credentials.entra().answer(form -> Answer.json(503, "{}"));

        TokenProblem problem = problem(ask(credentials.tokens(), auth(Grant.CLIENT_CREDENTIALS, false, null)));

        assertThat(problem.needs()).isEqualTo(Needs.WAITING);
    }
}
