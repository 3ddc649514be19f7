package org.postroom.web.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the page's address, and what is told of bad input. */
class PlanFormTest {
    private static final String REDIRECT = "https://mail.example.com/channels/email/oauth/callback";

    @Test
    void nothingEnteredIsNoMistake() {
        PlanForm.Read read = PlanForm.read(Map.of(), null);

        assertThat(read.problems()).isEmpty();
        assertThat(read.plan().authority()).isEqualTo("https://login.microsoftonline.com");
        assertThat(RightsScript.missing(read.plan())).containsExactly("Mailbox", "Sign-in user");
        assertThat(ConsentLink.of(read.plan(), REDIRECT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tenant, contoso com, without spaces",
        "tenant, common, any directory",
        "tenant, it's.contoso.com, without spaces",
        "mailbox, support, is not an email address",
        "mailbox, a b@contoso.com, is not an email address",
        "user, support@contoso.com, cannot sign in",
        "client, Postroom, looks like",
        "client, Sim8Q~secret, looks like a secret",
        "grant, magic, choose one",
        "cloud, moon, choose one"
    })
    void badInputIsToldBesideItsField(String field, String value, String words) {
        PlanForm.Read read = PlanForm.read(Plans.fields("authorization_code", "shared", field, value), null);

        assertThat(read.problems()).containsOnlyKeys(field);
        assertThat(read.problems().get(field)).contains(words);
    }

    @Test
    void tenKilobytesAreAnsweredByAMessageAndNotRepeated() {
        String huge = "x".repeat(10_000);

        PlanForm.Read read = PlanForm.read(
                Plans.fields("client_credentials", "shared", "mailbox", huge, "tenant", huge, "client", huge), null);

        assertThat(read.problems()).containsOnlyKeys("mailbox", "tenant", "client");
        assertThat(read.problems().get("tenant")).isEqualTo("at most 254 characters");
        assertThat(read.shown().get("mailbox")).hasSizeLessThan(400);
    }

    @Test
    void theClientIdIsNoObjectId() {
        PlanForm.Read read = PlanForm.read(Plans.fields("client_credentials", "shared", "object", Plans.CLIENT), null);

        assertThat(read.problems().get("object")).contains("Application (client) ID");
        assertThat(read.plan().objectId()).isEmpty();
    }

    @Test
    void anApplicationByItselfNeedsAProof() {
        assertThat(PlanForm.read(Plans.fields("client_credentials", "shared", "proof", "none"), null)
                        .problems())
                .containsOnlyKeys("proof");
        assertThat(Plans.of("device_code", "shared").proof()).isEqualTo(Proof.NONE);
    }

    @Test
    void aSecretPastedIntoAFieldIsNotShownAgain() {
        PlanForm.Read read =
                PlanForm.read(Plans.fields("client_credentials", "shared", "client", "Sim8Q~secret-value"), null);

        assertThat(read.shown().get("client")).isEmpty();
    }

    @Test
    void theConsentLinkAsksForWhatTheGrantNeeds() {
        assertThat(ConsentLink.of(Plans.of("authorization_code", "shared"), REDIRECT))
                .hasValueSatisfying(link -> assertThat(link)
                        .startsWith("https://login.microsoftonline.com/contoso.com/v2.0/adminconsent?client_id="
                                + Plans.CLIENT)
                        .contains(
                                "&redirect_uri=https%3A%2F%2Fmail.example.com%2Fchannels%2Femail%2Foauth%2Fcallback",
                                "scope=https%3A%2F%2Foutlook.office.com%2FIMAP.AccessAsUser.All%20https%3A%2F%2F"
                                        + "outlook.office.com%2FSMTP.Send%20offline_access",
                                "&state=admin-consent"));
        assertThat(ConsentLink.scope(Plans.of("client_credentials", "user")))
                .isEqualTo("https://ps.outlook.com/.default");
        assertThat(ConsentLink.of(Plans.of("client_credentials", "user", "cloud", "china"), REDIRECT))
                .hasValueSatisfying(link -> assertThat(link)
                        .startsWith("https://login.partner.microsoftonline.cn/contoso.com/v2.0/adminconsent?")
                        .contains("scope=https%3A%2F%2Fpartner.outlook.cn%2F.default"));
        assertThat(ConsentLink.of(Plans.of("authorization_code", "shared", "tenant", ""), REDIRECT))
                .isEmpty();
        assertThat(ConsentLink.of(Plans.of("authorization_code", "shared"), null))
                .isEmpty();
    }

    @Test
    void theNewChannelsFormIsFilledWithoutASecret() {
        assertThat(ChannelPlan.addLink(Plans.of("client_credentials", "shared", "proof", "certificate")))
                .startsWith("/channels/email/new/microsoft?address=support%40contoso.com&")
                .contains(
                        "authentication.grant=client_credentials",
                        "authentication.proof=certificate",
                        "authentication.clientId=" + Plans.CLIENT,
                        "incoming.host=outlook.office365.com")
                .doesNotContain("signInUser", "ecret=");
    }
}
