package org.postroom.simulator.control;

import java.util.List;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** The page with users, mailboxes and switches. */
final class ControlPage {
    private static final String HEAD = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Microsoft 365 simulator</title>
            <meta name="viewport" content="width=device-width"><style>
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }
            th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid color-mix(in srgb, CanvasText 20%,
                     Canvas); vertical-align: top; }
            th { font-weight: 600; } h2 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
            button { font: inherit; } code { font-size: .9em; }
            </style></head><body><h1>Microsoft 365 simulator</h1>
            """;

    private static final String SCRIPT = """
            <p id="said" role="status"></p><script>
            const call = async (method, path, body) => {
              const answer = await fetch('/control/' + path, {method, body: body && JSON.stringify(body)});
              document.getElementById('said').textContent = answer.ok ? '' : await answer.text();
              if (answer.ok) location.reload();
            };
            document.addEventListener('change', event => {
              const box = event.target;
              if (box.dataset.path) call('PATCH', box.dataset.path, {[box.dataset.field]: box.checked});
            });
            document.addEventListener('click', event => {
              const button = event.target;
              if (button.dataset.post) call('POST', button.dataset.post, JSON.parse(button.dataset.body || '{}'));
            });
            </script></body></html>
            """;

    private ControlPage() {}

    static String render(Organisation organisation) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<p>Now: ")
                .append(organisation.clock().instant())
                .append(' ')
                .append(button("Advance 2 hours", "clock", "{\"advance\":\"PT2H\"}"))
                .append(' ')
                .append(button("Start customers", "customers/start", "{}"))
                .append(" <a href=\"/control/log\">log</a> · <a href=\"/control/sessions\">sessions</a> ·")
                .append(" <a href=\"/control/organisation\">organisation</a> ·")
                .append(" <a href=\"/control/catch-all\">mail to nobody here</a></p>");
        page.append("<h2>Tenants</h2><table><tr><th>Domain</th><th>Directory id</th><th>SMTP AUTH off</th>")
                .append("<th>Security Defaults</th><th>Passwords allowed</th></tr>");
        for (Tenant tenant : organisation.tenants()) {
            String path = "tenants/" + tenant.id();
            row(
                    page,
                    List.of(
                            text(tenant.domain()),
                            "<code>" + text(tenant.id()) + "</code>",
                            box(path, "smtpAuthDisabled", tenant.smtpAuthDisabled()),
                            box(path, "securityDefaults", tenant.securityDefaults()),
                            box(path, "basicAuth", tenant.basicAuth())));
        }
        page.append("</table><h2>Users</h2><table><tr><th>User</th><th>Name</th><th>Password</th><th>Licensed</th>")
                .append("<th>Blocked</th><th></th></tr>");
        for (User user : organisation.users()) {
            String path = "users/" + user.upn();
            row(
                    page,
                    List.of(
                            text(user.upn()),
                            text(user.name()),
                            "<code>" + text(user.password()) + "</code>",
                            box(path, "licensed", user.licensed()),
                            box(path, "disabled", user.disabled()),
                            button("Revoke tokens", "revoke", "{\"user\":\"" + user.upn() + "\"}")));
        }
        page.append("</table><h2>Mailboxes</h2><table><tr><th>Address</th><th>Kind</th><th>Inbox</th><th>IMAP</th>")
                .append("<th>Full Access</th><th>Send As</th></tr>");
        for (Mailbox mailbox : organisation.mailboxes()) {
            String inbox = "/control/mailboxes/" + mailbox.address() + "/folders/INBOX/messages";
            row(
                    page,
                    List.of(
                            text(mailbox.address()),
                            text(mailbox.kind().name().toLowerCase(java.util.Locale.ROOT)),
                            "<a href=\"" + text(inbox) + "\">"
                                    + mailbox.inbox().messages().size() + "</a>",
                            box("mailboxes/" + mailbox.address(), "imapEnabled", mailbox.imapEnabled()),
                            text(String.join(", ", mailbox.fullAccess())),
                            text(String.join(", ", mailbox.sendAs()))));
        }
        page.append("</table><h2>Customers</h2><table><tr><th>Address</th><th>Name</th><th>Answers</th></tr>");
        for (Customer customer : organisation.customers()) {
            row(
                    page,
                    List.of(
                            text(customer.address()),
                            text(customer.mailbox().name()),
                            customer.answers().on() ? "yes" : "no"));
        }
        return page.append("</table>").append(SCRIPT).toString();
    }

    private static void row(StringBuilder page, List<String> cells) {
        page.append("<tr>");
        cells.forEach(cell -> page.append("<td>").append(cell).append("</td>"));
        page.append("</tr>");
    }

    private static String box(String path, String field, boolean on) {
        return "<input type=\"checkbox\" aria-label=\"" + text(field + " of " + path) + "\" data-path=\"" + text(path)
                + "\" data-field=\"" + field + "\"" + (on ? " checked" : "") + ">";
    }

    private static String button(String words, String path, String body) {
        return "<button data-post=\"" + text(path) + "\" data-body=\"" + text(body) + "\">" + text(words) + "</button>";
    }

    private static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
