package org.postroom.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.FakeTokens;
import org.postroom.credentials.Grant;
import org.postroom.credentials.TokenClaims;

/** What a token says of itself, and what follows. */
class TokenJudgeTest {
    private static final String TENANT = "6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10";
    private static final Authentication.OAuth2 AUTH = Authentication.OAuth2.microsoft(
            Grant.AUTHORIZATION_CODE,
            TENANT,
            "app-1",
            false,
            "https://login.microsoftonline.com",
            List.of(),
            "svc@contoso.test");

    private static TokenClaims claims(String json) {
        return TokenClaims.read(FakeTokens.saying(json)).orElseThrow();
    }

    private static String json(String aud, String tid, String permissions, String upn) {
        return "{\"aud\": \"" + aud + "\", \"tid\": \"" + tid + "\", " + permissions.replace('\'', '"')
                + ", \"upn\": \"" + upn + "\"}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https://outlook.office.com | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'scp': 'IMAP.AccessAsUser.All SMTP.Send' | SVC@contoso.test | | ",
                "https://outlook.office365.com/ | 6B0C5A1E-52D4-4F0F-9C55-0B7D9B7F3A10 | 'roles': ['IMAP.AccessAsApp'] | | | ",
                "00000002-0000-0ff1-ce00-000000000000 | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'scp': 'imap.accessasuser.all' | svc@contoso.test | | ",
                "https://graph.microsoft.com | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'scp': 'Mail.Read' | svc@contoso.test | wrong audience | https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com | 11111111-52d4-4f0f-9c55-0b7d9b7f3a10 | 'scp': 'IMAP.AccessAsUser.All' | svc@contoso.test | another tenant | Tenant ID",
                "https://outlook.office.com | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'scp': 'SMTP.Send' | svc@contoso.test | IMAP.AccessAsUser.All is missing | App registrations → app-1 → API permissions",
                "https://outlook.office365.com | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'roles': ['SMTP.SendAsApp'] | | IMAP.AccessAsApp is missing | administrator consent",
                "https://outlook.office365.com | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'roles': [] | | no permission at all | administrator consent",
                "https://outlook.office.com | 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10 | 'scp': 'IMAP.AccessAsUser.All' | pia@contoso.test | another user than expected | sign in as svc@contoso.test",
            })
    void tokenIsJudgedForReading(
            String aud,
            String tid,
            String permissions,
            @Nullable String upn,
            @Nullable String what,
            @Nullable String remedy) {
        ChannelProblem problem =
                TokenJudge.READING.problem(AUTH, claims(json(aud, tid, permissions, upn == null ? "" : upn)));

        if (what == null) {
            assertThat(problem).isNull();
        } else {
            assertThat(problem).satisfies(seen -> {
                assertThat(seen).isNotNull();
                assertThat(seen.sureness()).isEqualTo(Sureness.CERTAIN);
                assertThat(seen.what()).contains(what);
                assertThat(seen.remedy()).contains(remedy);
            });
        }
    }

    @Test
    void applicationMaySendByItsRoleInExchange() {
        TokenClaims claims = claims(json("https://outlook.office365.com", TENANT, "'roles': ['IMAP.AccessAsApp']", ""));

        assertThat(TokenJudge.SENDING.problem(AUTH, claims)).isNull();
        assertThat(TokenJudge.SENDING.warning(claims)).contains("SMTP.SendAsApp", "RBAC for Applications");
    }

    @Test
    void tokenThatHasEndedIsTold() {
        TokenClaims claims = claims("{\"exp\": 1700000000}");

        assertThat(TokenJudge.ended(claims, Instant.ofEpochSecond(1_700_000_001)))
                .isNotNull();
        assertThat(TokenJudge.ended(claims, Instant.ofEpochSecond(1_699_999_999)))
                .isNull();
    }

    @Test
    void tokensOfOtherIssuersAreNotJudgedByMicrosoftsRules() {
        assertThat(TokenJudge.READING.problem(AUTH, claims("{\"aud\": \"dovecot\", \"scope\": \"email\"}")))
                .isNull();
    }

    @Test
    void opaqueAndHostileTokensAreNoTrouble() {
        for (String token :
                List.of("ya29.opaque", "a.b.c", "..", "", FakeTokens.saying("[]"), FakeTokens.saying("nul"))) {
            assertThat(TokenClaims.read(token)).as(token).isEmpty();
        }
        assertThat(claims("{\"upn\": \"a'; Remove-Mailbox b\\u0007\", \"exp\": \"soon\", \"aud\": [1, \"x\"]}")
                        .words())
                .isEqualTo("aud x, upn a?? Remove-Mailbox b?");
    }

    @Test
    void remedyComesApartIntoStepsAndLines() {
        Remedy remedy =
                Remedy.of("Grant Full Access: Add-MailboxPermission -Identity a@b.test -User <the user who signed"
                        + " in> -AccessRights FullAccess. It can take 30 minutes to work; then connect again. See which policy in"
                        + " Entra admin center → Users → the user → Sign-in logs, and exclude it.");

        assertThat(remedy.steps())
                .containsExactly(
                        "Grant Full Access: Add-MailboxPermission -Identity a@b.test -User <the user who signed in>"
                                + " -AccessRights FullAccess.",
                        "It can take 30 minutes to work.",
                        "Connect again.",
                        "See which policy in Entra admin center → Users → the user → Sign-in logs, and exclude it.");
        assertThat(remedy.commands())
                .containsExactly(
                        "Add-MailboxPermission -Identity a@b.test -User <the user who signed in> -AccessRights FullAccess",
                        "Entra admin center → Users → the user → Sign-in logs");
        assertThat(Remedy.of(null).steps()).isEmpty();
    }

    @Test
    void serversWordsAreShownWithoutWhatWasSent() {
        assertThat(Masked.words(
                        "NO bad hunter22 aHVudGVyMjI= eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2ln", List.of("hunter22")))
                .isEqualTo("NO bad ••• •••= •••");
    }
}
