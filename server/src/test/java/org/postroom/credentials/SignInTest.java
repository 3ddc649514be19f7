package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.SignIn.Callback;
import org.postroom.credentials.SignIn.Outcome;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens.Result;

/** From Connect to stored tokens, and everything a callback may bring instead. */
class SignInTest {
    private static final List<String> NEEDED = List.of(
            "https://outlook.office.com/IMAP.AccessAsUser.All",
            "https://outlook.office.com/SMTP.Send",
            "offline_access");
    private static final String REDIRECT = "http://localhost:8025/channels/email/oauth/callback";

    private final FakeCredentials credentials = FakeCredentials.fresh();
    private final OAuthClient client = FakeCredentials.client("c1", credentials.oauth(), NEEDED);
    private final SignIn signIn = credentials.signIn(Clock.systemUTC());

    private Map<String, String> start(@Nullable String person) {
        SignIn.Starter starter = person == null ? new SignIn.Starter.Program() : new SignIn.Starter.Person(person);
        URI address = ((SignIn.Start.Go) signIn.start(client, REDIRECT, starter)).there();
        Map<String, String> query = new HashMap<>();
        for (String field : address.getRawQuery().split("&")) {
            String[] both = field.split("=", 2);
            query.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Outcome finish(
            @Nullable String state, @Nullable String code, @Nullable String error, @Nullable String person) {
        return signIn.finish(
                new Callback(state, code, error, error == null ? null : "AADSTS65004: no"), client, person);
    }

    private String stored() {
        return switch (credentials.tokens().accessToken(client, null)) {
            case Result.Ready ready -> ready.accessToken();
            case Result.Missing missing -> "";
        };
    }

    @Test
    void codeBecomesStoredTokensWithPkce() throws Exception {
        Map<String, String> query = start(null);

        Outcome outcome = finish(query.get("state"), "code-1", null, null);

        assertThat(outcome).isInstanceOf(Outcome.Connected.class);
        assertThat(stored()).isEqualTo(FakeCredentials.RENEWED);
        Map<String, String> form = credentials.entra().forms().getLast();
        assertThat(form).containsEntry("code", "code-1").containsEntry("redirect_uri", REDIRECT);
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(String.valueOf(form.get("code_verifier")).getBytes(StandardCharsets.US_ASCII));
        assertThat(query)
                .containsEntry(
                        "code_challenge",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(hash))
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("login_hint", FakeCredentials.OWNER);
    }

    @Test
    void forgedStateChangesNothing() {
        start(null);

        for (@Nullable String state : new @Nullable String[] {"forged", "", null}) {
            assertThat(finish(state, "code", null, null)).isInstanceOf(Outcome.Unknown.class);
        }
        assertThat(stored()).isEqualTo(FakeCredentials.TOKEN);
        assertThat(credentials.entra().forms()).isEmpty();
    }

    @Test
    void stateWorksOnce() {
        String state = start(null).get("state");

        assertThat(finish(state, "code", null, null)).isInstanceOf(Outcome.Connected.class);
        assertThat(finish(state, "code", null, null)).isInstanceOf(Outcome.Unknown.class);
        assertThat(credentials.entra().forms()).hasSize(1);
    }

    @Test
    void stateEndsAfterAQuarterOfAnHour() {
        String state = start(null).get("state");
        SignIn later = credentials.signIn(Clock.offset(Clock.systemUTC(), SignIn.PATIENCE.plusSeconds(1)));

        Outcome outcome = later.finish(new Callback(state, "code", null, null), client, null);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class, u -> assertThat(u.why()).contains("15 minutes"));
    }

    @Test
    void signInOfSomebodyElseIsRefusedAndUsedUp() {
        String state = start("alex").get("state");

        assertThat(finish(state, "code", null, "mallory")).isInstanceOf(Outcome.Unknown.class);
        assertThat(finish(state, "code", null, null)).isInstanceOf(Outcome.Unknown.class);
        assertThat(stored()).isEqualTo(FakeCredentials.TOKEN);
    }

    @Test
    void deniedConsentKeepsWhatWasStored() {
        Outcome outcome = finish(start(null).get("state"), null, "access_denied", null);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.problem().needs()).isEqualTo(Needs.CONSENT);
            assertThat(refused.problem().sentence()).contains("declined").contains("accept");
        });
        assertThat(stored()).isEqualTo(FakeCredentials.TOKEN);
    }

    @Test
    void expiredCodeSaysConnectAgain() {
        credentials.entra().answer(form -> Answer.error("invalid_grant", 70008));

        Outcome outcome = finish(start(null).get("state"), "late", null, null);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problem().sentence())
                                .contains("expired")
                                .contains("Connect again"));
        assertThat(stored()).isEqualTo(FakeCredentials.TOKEN);
    }

    @Test
    void callbackWithoutCodeIsRefused() {
        assertThat(finish(start(null).get("state"), " ", null, null)).isInstanceOf(Outcome.Refused.class);
        assertThat(credentials.entra().forms()).isEmpty();
    }

    @Test
    void missingPermissionIsNamedAndNothingStored() {
        credentials
                .entra()
                .answer(form -> Answer.json(
                        200,
                        "{\"access_token\": \"n\", \"refresh_token\": \"r\","
                                + " \"scope\": \"https://outlook.office.com/IMAP.AccessAsUser.All\"}"));

        Outcome outcome = finish(start(null).get("state"), "code", null, null);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.NotUsable.class,
                        not -> assertThat(not.missing()).containsExactly("https://outlook.office.com/SMTP.Send"));
        assertThat(stored()).isEqualTo(FakeCredentials.TOKEN);
    }

    @Test
    void wrongAccountIsNamedAndNothingStored() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"preferred_username\": \"pia@contoso.test\"}".getBytes(StandardCharsets.UTF_8));
        credentials
                .entra()
                .answer(form -> Answer.json(
                        200,
                        "{\"access_token\": \"n\", \"refresh_token\": \"r\", \"id_token\": \"a." + claims
                                + ".b\", \"scope\": \"IMAP.AccessAsUser.All SMTP.Send\"}"));

        Outcome outcome = finish(start(null).get("state"), "code", null, null);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.NotUsable.class, not -> {
            assertThat(not.expected()).isEqualTo(FakeCredentials.OWNER);
            assertThat(not.user()).isEqualTo("pia@contoso.test");
        });
        assertThat(stored()).isEqualTo(FakeCredentials.TOKEN);
    }

    @Test
    void neitherStateNorVerifierStandsInTheDatabase() {
        String state = String.valueOf(start(null).get("state"));

        var rows = credentials
                .database()
                .read(sql -> sql.fetch("select * from oauth_state").formatCSV());

        assertThat(rows).doesNotContain(state);
        assertThat(Duration.ofMinutes(15)).isEqualTo(SignIn.PATIENCE);
    }

    @Test
    void nextSignInRepeatsTheClaimsThatWereAskedFor() {
        credentials
                .entra()
                .answer(
                        form -> Answer.json(
                                400,
                                "{\"error\": \"interaction_required\", \"error_description\": \"AADSTS50076: MFA\","
                                        + " \"claims\": \"{\\\"access_token\\\":{\\\"polids\\\":{\\\"essential\\\":true}}}\"}"));
        assertThat(credentials.tokens().accessToken(client, FakeCredentials.TOKEN))
                .isInstanceOf(Result.Missing.class);

        assertThat(start(null)).containsEntry("claims", "{\"access_token\":{\"polids\":{\"essential\":true}}}");
    }
}
