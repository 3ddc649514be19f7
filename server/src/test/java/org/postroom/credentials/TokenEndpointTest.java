package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.story.TestChannels;
import org.postroom.wire.ScriptedServer;

/** Every answer of a token endpoint, good and bad. */
class TokenEndpointTest {
    private final TokenEndpoint endpoint = new TokenEndpoint(
            HttpClients.custom()
                    .disableAutomaticRetries()
                    .disableRedirectHandling()
                    .build(),
            Clock.systemUTC());
    private final OAuthClient client = FakeCredentials.client("c1", TestChannels.OAUTH, List.of());
    private FakeEntra entra;

    @BeforeEach
    void start() throws IOException {
        entra = new FakeEntra();
    }

    @AfterEach
    void stop() {
        entra.close();
    }

    private TokenAnswer ask(Answer answer) {
        entra.answer(form -> answer);
        return endpoint.ask(
                client,
                URI.create(entra.authority() + "/t/oauth2/v2.0/token"),
                Map.of("grant_type", "refresh_token"),
                null);
    }

    @Test
    void readsTokensWithTheirOwner() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"preferred_username\": \"svc@contoso.test\"}".getBytes(StandardCharsets.UTF_8));

        TokenAnswer answer = ask(Answer.json(
                200,
                "{\"access_token\": \"a\", \"expires_in\": \"3599\", \"refresh_token\": \"r\","
                        + " \"scope\": \"x  y\", \"id_token\": \"h." + claims + ".s\"}"));

        assertThat(answer).isInstanceOfSatisfying(TokenAnswer.Granted.class, granted -> {
            assertThat(granted.lifetime()).isEqualTo(Duration.ofSeconds(3599));
            assertThat(granted.user()).isEqualTo("svc@contoso.test");
            assertThat(granted.scopes()).containsExactly("x", "y");
            assertThat(granted.toString()).doesNotContain("accessToken").doesNotContain("refreshToken");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Our services aren't available right now</body></html>",
                "null",
                "[]",
                "\"token\"",
                "{}",
                "{\"a\":",
                "{\"access_token\": null}",
                "{\"access_token\": \"\"}",
                "{\"access_token\": 5}",
                "{\"access_token\": {\"a\": 1}}",
                "{\"error\": {\"code\": 1}}",
                "{\"error\": \"\"}",
            })
    void whatIsNoOauthAnswerIsTriedLater(String body) {
        for (int status : new int[] {200, 400, 500}) {
            TokenAnswer answer = ask(Answer.json(status, body));

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            TokenAnswer.TryLater.class,
                            later -> assertThat(later.problem().sentence()).contains("no OAuth answer"));
        }
    }

    @Test
    void tenMegabytesAreNotTakenIn() {
        TokenAnswer answer = ask(Answer.json(200, "{\"access_token\": \"" + "x".repeat(10 << 20) + "\"}"));

        assertThat(answer).isInstanceOf(TokenAnswer.TryLater.class);
    }

    @Test
    @Timeout(20)
    void answerWithoutEndIsLeft() throws IOException {
        try (ScriptedServer endless = new ScriptedServer(line -> {
            line.read();
            line.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                line.write("2000\r\n" + "x".repeat(0x2000) + "\r\n");
            }
        })) {
            TokenAnswer answer =
                    endpoint.ask(client, URI.create("http://127.0.0.1:" + endless.port() + "/token"), Map.of(), null);

            assertThat(answer).isInstanceOf(TokenAnswer.TryLater.class);
        }
    }

    @Test
    void retryAfterIsHeard() {
        TokenAnswer answer = ask(new Answer(429, Map.of("Retry-After", "37"), "slow".getBytes(StandardCharsets.UTF_8)));
        TokenAnswer worded = ask(new Answer(
                429, Map.of("Retry-After", "12"), "{\"error\": \"invalid_grant\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        TokenAnswer.TryLater.class,
                        later -> assertThat(later.pause()).isEqualTo(Duration.ofSeconds(37)));
        assertThat(worded)
                .isInstanceOfSatisfying(
                        TokenAnswer.TryLater.class,
                        later -> assertThat(later.pause()).isEqualTo(Duration.ofSeconds(12)));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void serverErrorIsNeverTheSignInsFault(int status) {
        assertThat(ask(Answer.json(
                        status, "{\"error\": \"invalid_grant\", \"error_description\": \"AADSTS50173: x\"}")))
                .isInstanceOf(TokenAnswer.TryLater.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant | 700082 | SIGN_IN | 90 days",
                "invalid_grant | 50173 | SIGN_IN | revoked",
                "invalid_grant | 70008 | SIGN_IN | expired",
                "invalid_grant | 54005 | SIGN_IN | used already",
                "invalid_grant | 999999 | SIGN_IN | new sign-in",
                "invalid_grant | 65001 | SIGN_IN | consented",
                "interaction_required | 50076 | SIGN_IN | multi-factor",
                "invalid_client | 7000215 | SETTINGS | Secret ID was pasted",
                "invalid_client | 7000222 | SETTINGS | secret has expired",
                "unauthorized_client | 700016 | SETTINGS | client ID",
                "invalid_request | 90002 | SETTINGS | tenant",
                "invalid_scope | 70011 | SETTINGS | scopes",
                "consent_required | 65001 | CONSENT | consent",
                "access_denied | 65004 | CONSENT | declined",
                "temporarily_unavailable | 90033 | WAITING | tries again",
                "server_error | 50000 | WAITING | tries again",
                "brand_new_error | 1234567 | WAITING | tries again",
            })
    void everyErrorSaysWhatEndsIt(String error, int code, Needs needs, String words) {
        TokenAnswer answer = ask(Answer.error(error, code));

        TokenProblem problem = switch (answer) {
            case TokenAnswer.Refused(TokenProblem refused) -> refused;
            case TokenAnswer.TryLater(TokenProblem later, Duration pause, boolean asked) -> later;
            case TokenAnswer.Granted granted -> throw new AssertionError(granted);
        };
        assertThat(problem.needs()).isEqualTo(needs);
        assertThat(problem.sentence()).contains(words).contains("AADSTS" + code);
        assertThat(problem.detail()).contains("Correlation ID");
        assertThat(answer instanceof TokenAnswer.TryLater).isEqualTo(needs == Needs.WAITING);
    }

    @ParameterizedTest
    @CsvSource({"temporarily_unavailable, 90055, 300", "invalid_grant, 50196, 300", "temporarily_unavailable, 90033, 30"
    })
    void whoIsHeldBackWaitsLonger(String error, int code, int seconds) {
        assertThat(ask(Answer.error(error, code)))
                .isInstanceOfSatisfying(
                        TokenAnswer.TryLater.class,
                        later -> assertThat(later.pause()).isEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void redirectIsNotFollowedWithTheSecretInHand() throws IOException {
        try (FakeEntra elsewhere = new FakeEntra()) {
            TokenAnswer answer =
                    ask(new Answer(307, Map.of("Location", elsewhere.authority() + "/steal"), new byte[0]));

            assertThat(answer).isInstanceOf(TokenAnswer.TryLater.class);
            assertThat(elsewhere.forms()).isEmpty();
        }
    }

    @Test
    void closedPortIsSaidInWords() {
        entra.close();

        TokenAnswer answer = endpoint.ask(client, URI.create(entra.authority() + "/t"), Map.of(), null);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        TokenAnswer.TryLater.class,
                        later -> assertThat(later.problem().sentence())
                                .contains("identity server cannot be reached")
                                .contains("Nothing listens on 127.0.0.1"));
    }
}
