package org.postroom.simulator.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.postroom.simulator.control.Widgets.bareBox;
import static org.postroom.simulator.control.Widgets.bareLine;
import static org.postroom.simulator.control.Widgets.box;
import static org.postroom.simulator.control.Widgets.button;
import static org.postroom.simulator.control.Widgets.line;
import static org.postroom.simulator.control.Widgets.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** The page with the organisation and all its switches. */
final class ControlPage {
    private static final String STYLE = resource("control.css");
    private static final String SCRIPT = resource("control.js");
    private static final String MADE = """
            <dialog id="made" aria-labelledby="made-title"><h2 id="made-title">Certificate made</h2>
            <p>Give both to the app. The key is shown this once.</p>
            <label class="field"><span>Certificate</span><textarea id="made-pem" readonly></textarea></label>
            <label class="field"><span>Private key</span><textarea id="made-key" readonly></textarea></label>
            <form method="dialog"><button class="main">Close</button></form></dialog>
            """;

    private ControlPage() {}

    private static String resource(String name) {
        try (InputStream in = ControlPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String render(Control.Parts parts) {
        Organisation organisation = parts.organisation();
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<title>Microsoft 365 simulator</title><meta name=\"viewport\" content=\"width=device-width\"><style>"
                + STYLE + "</style></head><body>" + header(organisation) + "<main id=\"page\">");
        page.append("<h2 id=\"tenants\">Tenants</h2>");
        organisation.tenants().forEach(tenant -> tenant(page, tenant));
        page.append("<h2 id=\"users\">Users</h2>");
        organisation.users().forEach(user -> user(page, user));
        page.append("<h2 id=\"apps\">Apps</h2>");
        organisation
                .apps()
                .forEach(app -> AppCard.add(page, app, organisation.clock().instant()));
        page.append("<h2 id=\"mailboxes\">Mailboxes</h2>");
        mailboxes(page, organisation);
        page.append("<h2 id=\"outages\">Outages, tokens, keys</h2>");
        OutageCard.add(page, parts.entra());
        return page.append("</main>")
                .append(MADE)
                .append("<p id=\"said\" role=\"status\"></p><script>")
                .append(SCRIPT)
                .append("</script></body></html>")
                .toString();
    }

    private static String header(Organisation organisation) {
        String now =
                organisation.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return "<header><div><h1>Microsoft 365 simulator</h1><nav aria-label=\"Parts\"><a href=\"#tenants\">Tenants</a>"
                + "<a href=\"#users\">Users</a><a href=\"#apps\">Apps</a><a href=\"#mailboxes\">Mailboxes</a>"
                + "<a href=\"#outages\">Outages</a><a href=\"/control/log\">Log</a>"
                + "<a href=\"/control/sessions\">Sessions</a><a href=\"/control/catch-all\">Mail to nobody</a></nav>"
                + "<div class=\"clock\" id=\"clock\"><span class=\"fine\">Its time</span> <time datetime=\"" + now
                + "\">"
                + now + "</time>" + advance("5 min", "PT5M") + advance("2 h", "PT2H") + advance("1 day", "P1D")
                + advance("90 days", "P90D") + "</div></div></header>";
    }

    private static String advance(String words, String amount) {
        return button("+ " + words, "POST", "clock", Map.of("advance", amount));
    }

    private static void tenant(StringBuilder page, Tenant tenant) {
        String path = "tenants/" + tenant.id();
        page.append("<section class=\"card\"><div class=\"top\"><h3>")
                .append(text(tenant.domain()))
                .append("</h3><code>")
                .append(text(tenant.id()))
                .append("</code></div><div class=\"switches\">")
                .append(box(path, "securityDefaults", "Security Defaults", tenant.securityDefaults()))
                .append(box(path, "userConsent", "Users may consent", tenant.userConsent()))
                .append(box(path, "imapEnabled", "IMAP", tenant.imapEnabled()))
                .append(box(path, "smtpAuthDisabled", "SMTP AUTH off", tenant.smtpAuthDisabled()))
                .append(box(path, "basicAuth", "Passwords over IMAP and SMTP", tenant.basicAuth()))
                .append(line(
                        path,
                        "permissionDelay",
                        "A right granted counts after",
                        "text",
                        tenant.permissionDelay().toString(),
                        "PT30M"))
                .append("</div>")
                .append(Widgets.access(path, tenant.conditionalAccess()))
                .append("</section>");
    }

    private static void user(StringBuilder page, User user) {
        String path = "users/" + user.upn();
        page.append("<section class=\"card\"><div class=\"top\"><h3>")
                .append(text(user.upn()))
                .append("</h3><span>")
                .append(text(user.name()))
                .append("</span><code>")
                .append(text(user.password()))
                .append("</code></div><div class=\"switches\">")
                .append(box(path, "licensed", "Licensed", user.licensed()))
                .append(box(path, "disabled", "Blocked", user.disabled()))
                .append(box(path, "locked", "Locked", user.locked()))
                .append(box(path, "passwordExpired", "Password expired", user.passwordExpired()))
                .append(box(path, "administrator", "Administrator", user.administrator()))
                .append(button(
                        "Revoke tokens",
                        "Revoke tokens of " + user.upn(),
                        "POST",
                        "revoke",
                        Map.of("user", user.upn())))
                .append(button(
                        "Withdraw consent", "Withdraw consent of " + user.upn(), "DELETE", path + "/consent", Map.of()))
                .append(button(
                        "Reset password",
                        "Reset password of " + user.upn(),
                        "POST",
                        "password",
                        Map.of("user", user.upn(), "password", user.password() + "-new", "by", "administrator")))
                .append("</div>")
                .append(Widgets.access(path, user.conditionalAccess()))
                .append("</section>");
    }

    private static void mailboxes(StringBuilder page, Organisation organisation) {
        page.append(
                        "<section class=\"card scroll\"><table><tr><th>Address</th><th>Kind</th><th>Inbox</th><th>IMAP</th>")
                .append("<th>SMTP AUTH</th><th>Full Access</th><th>Send As</th></tr>");
        for (Mailbox mailbox : organisation.mailboxes()) {
            if (mailbox.kind() != Mailbox.Kind.CUSTOMER) {
                mailbox(page, mailbox);
            }
        }
        page.append("</table></section><h2 id=\"customers\">Customers</h2><section class=\"card scroll\"><table>")
                .append("<tr><th>Address</th><th>Name</th><th>Inbox</th><th>Answers</th></tr>");
        for (Customer customer : organisation.customers()) {
            page.append("<tr><td>")
                    .append(text(customer.address()))
                    .append("</td><td>")
                    .append(text(customer.mailbox().name()))
                    .append("</td><td>")
                    .append(inbox(customer.mailbox()))
                    .append("</td><td>")
                    .append(customer.answers().on() ? "yes" : "no")
                    .append("</td></tr>");
        }
        page.append("</table><p>")
                .append(button("Start customers", "POST", "customers/start", Map.of()))
                .append("</p></section>");
    }

    private static void mailbox(StringBuilder page, Mailbox mailbox) {
        String path = "mailboxes/" + mailbox.address();
        Boolean off = mailbox.smtpAuthDisabled();
        page.append("<tr><td>")
                .append(text(mailbox.address()))
                .append("</td><td>")
                .append(mailbox.kind().name().toLowerCase(Locale.ROOT))
                .append("</td><td>")
                .append(inbox(mailbox))
                .append("</td><td>")
                .append(bareBox(path, "imapEnabled", "IMAP for " + mailbox.address(), mailbox.imapEnabled()))
                .append("</td><td>")
                .append(Widgets.choice(
                        path,
                        "smtpAuthDisabled",
                        "SMTP AUTH for " + mailbox.address(),
                        List.of("null", "false", "true"),
                        List.of("as the tenant", "on", "off"),
                        String.valueOf(off)))
                .append("</td><td>")
                .append(bareLine(
                        path,
                        "fullAccess",
                        "Full Access to " + mailbox.address(),
                        String.join(", ", mailbox.fullAccess())))
                .append("</td><td>")
                .append(bareLine(path, "sendAs", "Send As " + mailbox.address(), String.join(", ", mailbox.sendAs())))
                .append("</td></tr>");
    }

    private static String inbox(Mailbox mailbox) {
        int count = mailbox.inbox().messages().size();
        return "<a href=\"/control/mailboxes/" + text(mailbox.address()) + "/folders/INBOX/messages\">" + count
                + (count == 1 ? " message" : " messages") + "</a>";
    }
}
