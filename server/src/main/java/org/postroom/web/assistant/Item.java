package org.postroom.web.assistant;

import java.util.ArrayList;
import java.util.List;
import org.postroom.credentials.Grant;

/** What has to be done at Microsoft before a channel works, each of which a test can tell. */
enum Item {
    REGISTRATION("Tenant and application are known to Microsoft"),
    PROOF("The application's proof is accepted"),
    SIGN_IN("Somebody has signed in"),
    CONSENT("The permissions are consented to"),
    PRINCIPAL("The application is registered in Exchange"),
    IMAP("IMAP is on for the mailbox"),
    FULL_ACCESS("Full Access: the mailbox opens"),
    SMTP_AUTH("SMTP AUTH is on"),
    SEND_AS("Send As: the mailbox's name may be used");

    private final String title;

    Item(String title) {
        this.title = title;
    }

    /** Those that a plan has. */
    static List<Item> of(Plan plan) {
        List<Item> items = new ArrayList<>();
        items.add(REGISTRATION);
        if (plan.proof() != Proof.NONE) {
            items.add(PROOF);
        }
        if (!plan.isApplication()) {
            items.add(SIGN_IN);
        }
        items.add(CONSENT);
        if (plan.isApplication()) {
            items.add(PRINCIPAL);
        }
        items.add(IMAP);
        items.add(FULL_ACCESS);
        if (plan.sends()) {
            items.add(SMTP_AUTH);
            items.add(SEND_AS);
        }
        return List.copyOf(items);
    }

    /** As a plan's list names it. */
    String title(Plan plan) {
        return switch (this) {
            case PROOF ->
                plan.proof() == Proof.CERTIFICATE ? "The certificate is accepted" : "The client secret is accepted";
            case SIGN_IN ->
                plan.grant() == Grant.PASSWORD
                        ? "The sign-in user's password is accepted"
                        : plan.user().isEmpty() ? title : plan.user() + " has signed in";
            case FULL_ACCESS -> plan.needsRights() ? title : "The mailbox opens";
            case SMTP_AUTH -> plan.smtpUser().isEmpty() ? title : title + " for " + plan.smtpUser();
            case SEND_AS ->
                plan.byRole()
                        ? "The role Application SMTP.SendAsApp is given on the mailbox"
                        : plan.needsRights() ? title : "The server takes the sender";
            case REGISTRATION, CONSENT, PRINCIPAL, IMAP -> title;
        };
    }

    /** What the assistant's page says about it further up. */
    String todo(Plan plan) {
        return switch (this) {
            case REGISTRATION -> "Register the application.";
            case PROOF ->
                plan.proof() == Proof.CERTIFICATE ? "Make a certificate and upload it." : "Make a client secret.";
            case SIGN_IN ->
                plan.grant() == Grant.PASSWORD
                        ? "Enter the password on the channel's form."
                        : "Press Connect on the channel's page.";
            case CONSENT -> "Add the permissions and grant admin consent.";
            case PRINCIPAL, IMAP, FULL_ACCESS, SMTP_AUTH, SEND_AS -> "Run the PowerShell script.";
        };
    }
}
