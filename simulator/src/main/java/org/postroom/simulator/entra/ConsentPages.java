package org.postroom.simulator.entra;

import static org.postroom.simulator.entra.Pages.escape;
import static org.postroom.simulator.entra.Pages.hidden;

import java.util.Collection;
import java.util.Map;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** The pages on which people grant an app its permissions, or learn that they may not. */
final class ConsentPages {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("IMAP.AccessAsUser.All", "Read and write access to mailboxes via IMAP"),
            Map.entry("POP.AccessAsUser.All", "Read and write access to mailboxes via POP"),
            Map.entry("SMTP.Send", "Send emails from mailboxes using SMTP AUTH"),
            Map.entry("EWS.AccessAsUser.All", "Access mailboxes as the signed-in user via Exchange Web Services"),
            Map.entry("IMAP.AccessAsApp", "Access all mailboxes via IMAP without a signed-in user"),
            Map.entry("POP.AccessAsApp", "Access all mailboxes via POP without a signed-in user"),
            Map.entry("SMTP.SendAsApp", "Send emails via SMTP AUTH without a signed-in user"),
            Map.entry("User.Read", "Sign you in and read your profile"),
            Map.entry("Mail.Read", "Read your mail"),
            Map.entry("Mail.ReadWrite", "Read and write access to your mail"),
            Map.entry("Mail.Send", "Send mail as you"),
            Map.entry("offline_access", "Maintain access to data you have given it access to"),
            Map.entry("openid", "View your basic profile"));

    private static final String FINE =
            "<p class=\"fine\">Accepting these permissions means that you allow this app to use"
                    + " your data as specified in their terms of service and privacy statement.</p>";

    private ConsentPages() {}

    /** A user's own consent; an administrator may give it for everybody. */
    static String consent(String action, String flow, App app, User user, Collection<String> scopes) {
        String everybody = user.administrator()
                ? "<p><label><input type=\"checkbox\" name=\"everybody\" value=\"yes\"> Consent on behalf of your"
                        + " organization</label></p>"
                : "";
        return Pages.page(
                "Permissions requested",
                "<p class=\"fine\">" + escape(user.upn()) + "</p><h1>Permissions requested</h1><p><b>"
                        + escape(app.name()) + "</b></p><p>This app would like to:</p>" + list(scopes)
                        + form(action, flow, everybody + FINE));
    }

    /** An administrator's consent for the whole organisation. */
    static String organisation(
            String action, String flow, App app, User user, Tenant tenant, Collection<String> permissions) {
        return Pages.page(
                "Permissions requested",
                "<p class=\"fine\">" + escape(user.upn()) + "</p><h1>Permissions requested</h1><p>Review for your"
                        + " organization, " + escape(tenant.domain()) + "</p><p><b>" + escape(app.name())
                        + "</b></p><p>This app would like to:</p>" + list(permissions)
                        + form(
                                action,
                                flow,
                                "<p class=\"fine\">If you accept, this app will get access to the specified resources for"
                                        + " all users in your organization. No one else will be prompted to review these"
                                        + " permissions.</p>" + FINE));
    }

    /** Only an administrator can grant what is asked for. */
    static String approvalNeeded(String action, String flow, App app, User user) {
        return Pages.page(
                "Need admin approval",
                "<p class=\"fine\">" + escape(user.upn()) + "</p><h1>Need admin approval</h1><p><b>"
                        + escape(app.name())
                        + "</b> needs permission to access resources in your organization that only"
                        + " an admin can grant. Please ask an admin to grant permission to this app before you can use"
                        + " it.</p><p class=\"fine\">AADSTS90094</p><form method=\"post\" action=\"" + escape(action)
                        + "\">" + hidden("flow", flow) + "<div class=\"buttons\"><button class=\"main\""
                        + " name=\"decision\" value=\"cancel\">Return to the application without granting"
                        + " consent</button></div></form>");
    }

    private static String list(Collection<String> permissions) {
        StringBuilder list = new StringBuilder("<ul>");
        for (String permission : permissions) {
            String name = permission.contains("/") ? Scopes.nameOf(permission) : permission;
            list.append("<li>")
                    .append(escape(WORDS.getOrDefault(name, name)))
                    .append(" <span class=\"fine\">(")
                    .append(escape(permission))
                    .append(")</span></li>");
        }
        return list.append("</ul>").toString();
    }

    private static String form(String action, String flow, String above) {
        return "<form method=\"post\" action=\"" + escape(action) + "\">" + above + hidden("flow", flow)
                + "<div class=\"buttons\"><button name=\"decision\" value=\"cancel\">Cancel"
                + "</button><button class=\"main\" id=\"idBtn_Accept\" name=\"decision\" value=\"accept\">Accept"
                + "</button></div></form>";
    }
}
