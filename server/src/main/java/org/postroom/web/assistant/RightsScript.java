package org.postroom.web.assistant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The PowerShell script that lets a plan's user, or application, at its mailbox (reference page microsoft-365, 4.3). It
 * may run again and again.
 */
final class RightsScript {
    /** Exchange's limit on the name of a management scope. */
    private static final int LONGEST_NAME = 64;

    private final Plan plan;
    private final String mailbox;
    private final String trustee;
    private final List<String> lines = new ArrayList<>();

    private RightsScript(Plan plan) {
        this.plan = plan;
        this.mailbox = PowerShellText.quote(plan.mailbox());
        this.trustee = PowerShellText.quote(plan.trustee());
    }

    /** The whole script; of a plan that has {@link #missing} nothing. */
    static String of(Plan plan) {
        RightsScript script = new RightsScript(plan);
        script.begin();
        if (plan.isApplication()) {
            script.principal();
        }
        script.protocols();
        if (plan.needsRights()) {
            script.rights();
        }
        script.look();
        return String.join("\n", script.lines) + "\n";
    }

    /** What has to be known first, as fields of the page name it. */
    static List<String> missing(Plan plan) {
        List<String> missing = new ArrayList<>();
        if (plan.mailbox().isEmpty()) {
            missing.add("Mailbox");
        }
        if (plan.isApplication()) {
            if (plan.clientId().isEmpty()) {
                missing.add("Application (client) ID");
            }
            if (plan.objectId().isEmpty()) {
                missing.add("Object ID of the enterprise application");
            }
        } else if (plan.user().isEmpty()) {
            missing.add("Sign-in user");
        }
        return missing;
    }

    private void begin() {
        add("# Run this as an Exchange administrator. To run it again does no harm.");
        add("$ErrorActionPreference = 'Stop'");
        add("if (-not (Get-Module -ListAvailable ExchangeOnlineManagement)) {");
        add("    Install-Module ExchangeOnlineManagement -Scope CurrentUser");
        add("}");
        add("Connect-ExchangeOnline -ShowBanner:$false"
                + switch (plan.cloud()) {
                    case GLOBAL -> "";
                    case GCC_HIGH -> " -ExchangeEnvironmentName O365USGovGCCHigh";
                    case DOD -> " -ExchangeEnvironmentName O365USGovDoD";
                    case CHINA -> " -ExchangeEnvironmentName O365China";
                });
    }

    private void principal() {
        String application = PowerShellText.quote(plan.clientId());
        part("Make the application known to Exchange, by the object ID of its enterprise application");
        add("$known = Get-ServicePrincipal | Where-Object { $_.AppId -eq " + application + " }");
        add("if ($known -and $known.ObjectId -ne " + trustee + ") {");
        add("    # Registered with another object ID, such as that of the app registration: it would never work.");
        add("    Remove-ServicePrincipal -Identity $known.ObjectId -Confirm:$false");
        add("    $known = $null");
        add("}");
        add("if (-not $known) {");
        add("    New-ServicePrincipal -AppId " + application + " -ObjectId " + trustee + " -DisplayName 'Postroom'");
        add("}");
    }

    private void protocols() {
        part("IMAP on for the mailbox" + (plan.sends() ? ", SMTP AUTH on for whoever sends" : ""));
        add("Set-CASMailbox -Identity " + mailbox + " -ImapEnabled $true");
        if (plan.sends()) {
            add("Set-CASMailbox -Identity " + PowerShellText.quote(plan.smtpUser())
                    + " -SmtpClientAuthenticationDisabled $false");
        }
    }

    private void rights() {
        part("Full Access, to read the mailbox");
        add("Add-MailboxPermission -Identity " + mailbox + " -User " + trustee + " -AccessRights FullAccess"
                + " -AutoMapping $false");
        if (!plan.sends()) {
            return;
        }
        if (plan.byRole()) {
            role();
        } else {
            part("Send As, to answer in its name");
            add("Add-RecipientPermission -Identity " + mailbox + " -Trustee " + trustee
                    + " -AccessRights SendAs -Confirm:$false");
        }
    }

    /** RBAC for Applications: a role, on this one mailbox. */
    private void role() {
        String whole = "Postroom " + plan.mailbox().toLowerCase(Locale.ROOT);
        String name = PowerShellText.quote(whole.substring(0, Math.min(LONGEST_NAME, whole.length())));
        part("The role to send by SMTP, on this one mailbox (RBAC for Applications)");
        add("if (-not (Get-ManagementScope | Where-Object { $_.Name -eq " + name + " })) {");
        add("    New-ManagementScope -Name " + name + " -RecipientRestrictionFilter "
                + PowerShellText.quote("PrimarySmtpAddress -eq " + PowerShellText.quote(plan.mailbox())));
        add("}");
        add("if (-not (Get-ManagementRoleAssignment -Role 'Application SMTP.SendAsApp' |");
        add("        Where-Object { $_.CustomResourceScope -eq " + name + " })) {");
        add("    New-ManagementRoleAssignment -Name " + name + " -Role 'Application SMTP.SendAsApp' -App " + trustee
                + " -CustomResourceScope " + name);
        add("}");
    }

    private void look() {
        part("What is set now");
        if (plan.isApplication()) {
            add("Get-ServicePrincipal -Identity " + trustee + " | Format-List DisplayName, AppId, ObjectId");
        }
        add("Get-CASMailbox -Identity " + mailbox + " | Format-List ImapEnabled"
                + (plan.sends() && plan.smtpUser().equalsIgnoreCase(plan.mailbox())
                        ? ", SmtpClientAuthenticationDisabled"
                        : ""));
        if (plan.sends() && !plan.smtpUser().equalsIgnoreCase(plan.mailbox())) {
            add("Get-CASMailbox -Identity " + PowerShellText.quote(plan.smtpUser())
                    + " | Format-List SmtpClientAuthenticationDisabled");
        }
        if (plan.sends()) {
            add("Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled");
        }
        if (plan.needsRights()) {
            add("Get-MailboxPermission -Identity " + mailbox + " | Where-Object { $_.AccessRights -match 'FullAccess' }"
                    + " | Format-Table User, AccessRights");
        }
        if (plan.needsRights() && plan.sends()) {
            add(
                    plan.byRole()
                            ? "Test-ServicePrincipalAuthorization -Identity " + trustee + " -Resource " + mailbox
                                    + " | Format-Table RoleName, InScope"
                            : "Get-RecipientPermission -Identity " + mailbox + " | Format-Table Trustee, AccessRights");
        }
        add("Disconnect-ExchangeOnline -Confirm:$false");
    }

    private void part(String what) {
        lines.add("");
        lines.add("# " + what);
    }

    private void add(String line) {
        lines.add(line);
    }
}
