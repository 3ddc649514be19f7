package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.web.Visitor.Answer;

/** The set-up assistant's page. */
class AssistantPageTest extends RunningPages {
    private static final String IDS = "&tenant=contoso.com&client=0f6a1c52-7b1e-4a57-8b3b-6a1d3c9e2f41"
            + "&object=9d0e4a77-1f0a-4d4e-8a5c-30f7a2b6c815";

    @Test
    void theWayThereStandsOnTheCardsAndTheForm() {
        Visitor administrator = administrator();

        assertThat(administrator.get("/channels/email/new").body()).contains("href=\"/channels/assistant\"");
        assertThat(administrator.get("/channels/email/new/microsoft").body()).contains("href=\"/channels/assistant\"");
        assertThat(administrator.get("/channels/assistant").body())
                .contains("The script stands here once this is entered above", "not known yet")
                .doesNotContain("role=\"alert\"");
        assertThat(agent().get("/channels/assistant").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_code, shared, Register the redirect address",
        "authorization_code, user, Register the redirect address",
        "device_code, shared, Allow public client flows",
        "device_code, user, Allow public client flows",
        "client_credentials, shared, New-ServicePrincipal -AppId",
        "client_credentials, user, New-ServicePrincipal -AppId",
        "password, shared, For migration only.",
        "password, user, For migration only."
    })
    void everyGrantAndKindOfMailboxHasItsPage(String grant, String kind, String words) {
        Answer page = administrator()
                .get("/channels/assistant?mailbox=support@contoso.com&kind=" + kind + "&grant=" + grant
                        + (kind.equals("shared") ? "&user=svc@contoso.com" : "") + IDS);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains(words, "v2.0/adminconsent?client_id=0f6a1c52", "15–30 minutes")
                .contains("Set-CASMailbox -Identity &#39;support@contoso.com&#39; -ImapEnabled $true")
                .contains("authentication.grant=" + grant)
                .doesNotContain("role=\"alert\"");
    }

    @Test
    void whatIsWrongIsToldBesideItsFieldAndNothingBreaksThePage() {
        String huge = "x".repeat(10_000);

        Answer page = administrator()
                .get("/channels/assistant?mailbox=%22%3E%3Cscript%3E&tenant=contoso%20com&client=" + huge
                        + "&user=o'brien");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("<span>4</span>", "href=\"#tenant\"", "href=\"#client\"", "At most 254 characters")
                .contains("without spaces")
                .doesNotContain("<script>\"", "\"><script>", huge);
    }

    @Test
    void theFormOfANewChannelComesFilledAndTakesNoSecretFromTheAddress() {
        Answer form = administrator()
                .get("/channels/email/new/microsoft?address=support@contoso.com"
                        + "&authentication.grant=client_credentials&authentication.clientSecret=planted"
                        + "&authentication.tenant=contoso.com&preset=other&nonsense=1");

        assertThat(form.body())
                .contains("value=\"support@contoso.com\"", "value=\"contoso.com\"", "Add Microsoft 365")
                .doesNotContain("planted");
    }

    @Test
    void adminConsentComesBackToFixedWordsForStrangers() {
        String back = "/channels/email/oauth/callback?state=admin-consent&tenant=planted&admin_consent=True";

        assertThat(administrator().get(back).body()).contains("Consent was granted", "planted");
        Answer stranger = stranger().get(back + "&error=access_denied&error_description=planted");
        assertThat(stranger.status()).isEqualTo(400);
        assertThat(stranger.body()).contains("Consent was not granted").doesNotContain("planted");
    }

    @Test
    void aChannelThatIsNotThereIsNotTested() {
        assertThat(administrator()
                        .post("/channels/assistant/test", java.util.Map.of("channel", "none"))
                        .status())
                .isEqualTo(404);
    }
}
