package org.postroom.web.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PowerShell script, by grant and kind of mailbox, and what cannot break out of it. */
class RightsScriptTest {
    @ParameterizedTest
    @ValueSource(strings = {"authorization_code", "device_code", "password"})
    void theServiceUserGetsRightsOnTheSharedMailbox(String grant) {
        assertThat(RightsScript.of(Plans.of(grant, "shared")))
                .contains(
                        "Connect-ExchangeOnline -ShowBanner:$false\n",
                        "Set-CASMailbox -Identity 'support@contoso.com' -ImapEnabled $true",
                        "Set-CASMailbox -Identity 'svc@contoso.com' -SmtpClientAuthenticationDisabled $false",
                        "Add-MailboxPermission -Identity 'support@contoso.com' -User 'svc@contoso.com' -AccessRights"
                                + " FullAccess -AutoMapping $false",
                        "Add-RecipientPermission -Identity 'support@contoso.com' -Trustee 'svc@contoso.com' -AccessRights"
                                + " SendAs -Confirm:$false",
                        "Get-MailboxPermission -Identity 'support@contoso.com'")
                .doesNotContain("ServicePrincipal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_code", "device_code", "password"})
    void aUsersOwnMailboxNeedsItsProtocolsOnly(String grant) {
        assertThat(RightsScript.of(Plans.of(grant, "user")))
                .contains(
                        "Set-CASMailbox -Identity 'pia@contoso.com' -ImapEnabled $true",
                        "Set-CASMailbox -Identity 'pia@contoso.com' -SmtpClientAuthenticationDisabled $false")
                .doesNotContain("Add-MailboxPermission", "Add-RecipientPermission");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "user"})
    void anApplicationIsMadeKnownToExchangeByItsEnterpriseObject(String kind) {
        String script = RightsScript.of(Plans.of("client_credentials", kind));

        assertThat(script)
                .contains(
                        "New-ServicePrincipal -AppId '" + Plans.CLIENT + "' -ObjectId '" + Plans.OBJECT + "'",
                        "if ($known -and $known.ObjectId -ne '" + Plans.OBJECT + "')",
                        " -User '" + Plans.OBJECT + "' -AccessRights FullAccess",
                        " -Trustee '" + Plans.OBJECT + "' -AccessRights SendAs")
                .doesNotContain("svc@contoso.com", "ManagementRole");
    }

    @Test
    void byRoleTheApplicationGetsNoSendAs() {
        assertThat(RightsScript.of(Plans.of("client_credentials", "shared", "rights", "role")))
                .contains(
                        "New-ManagementScope -Name 'Postroom support@contoso.com' -RecipientRestrictionFilter"
                                + " 'PrimarySmtpAddress -eq ''support@contoso.com'''",
                        "-Role 'Application SMTP.SendAsApp' -App '" + Plans.OBJECT
                                + "' -CustomResourceScope 'Postroom support@contoso.com'",
                        "Test-ServicePrincipalAuthorization",
                        "Add-MailboxPermission")
                .doesNotContain("Add-RecipientPermission");
    }

    @Test
    void withoutSendingThereIsNothingAboutIt() {
        assertThat(RightsScript.of(Plans.of("authorization_code", "shared", "protocol", "imap")))
                .contains("FullAccess")
                .doesNotContain("Smtp", "SendAs");
    }

    @Test
    void nationalCloudsHaveAnEnvironmentOfTheirOwn() {
        assertThat(RightsScript.of(Plans.of("authorization_code", "shared", "cloud", "gcc-high")))
                .contains("-ExchangeEnvironmentName O365USGovGCCHigh");
        assertThat(RightsScript.of(Plans.of("authorization_code", "shared", "cloud", "china")))
                .contains("-ExchangeEnvironmentName O365China");
    }

    @Test
    void quotesOfEveryKindStayInsideTheirString() {
        assertThat(PowerShellText.quote("o'brien@contoso.com")).isEqualTo("'o''brien@contoso.com'");
        assertThat(PowerShellText.quote("\u2018a\u2019b\u201Ac\u201B"))
                .isEqualTo("'\u2018\u2018a\u2019\u2019b\u201A\u201Ac\u201B\u201B'");
        assertThat(PowerShellText.quote("$(Remove-Item)`n\"x\"")).isEqualTo("'$(Remove-Item)`n\"x\"'");
        assertThatThrownBy(() -> PowerShellText.quote("a\nRemove-Mailbox"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAddressWithAQuoteBreaksOutNowhere() {
        String hostile = "a';Remove-Mailbox'b@contoso.com".replace(";", "+");

        String script = RightsScript.of(Plans.of("client_credentials", "shared", "mailbox", hostile, "rights", "role"));

        String literals = script.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("'(?:[^']|'')*'", "S"))
                .reduce("", (a, b) -> a + b + "\n");
        assertThat(script).contains("'a''+Remove-Mailbox''b@contoso.com'");
        assertThat(literals).doesNotContain("Remove-Mailbox", "'");
    }

    @Test
    void whatIsMissingIsNamedByItsField() {
        assertThat(RightsScript.missing(Plans.of("client_credentials", "shared", "client", "", "object", "")))
                .containsExactly("Application (client) ID", "Object ID of the enterprise application");
        assertThat(RightsScript.missing(Plans.of("device_code", "shared", "user", "", "mailbox", "")))
                .containsExactly("Mailbox", "Sign-in user");
        assertThat(RightsScript.missing(Plans.of("device_code", "user"))).isEmpty();
    }
}
