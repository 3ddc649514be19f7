package org.postroom.simulator.control;

import static org.postroom.simulator.control.Widgets.box;
import static org.postroom.simulator.control.Widgets.button;
import static org.postroom.simulator.control.Widgets.line;
import static org.postroom.simulator.control.Widgets.text;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;
import org.postroom.simulator.organisation.ClientSecret;

/** An app on the page: registration, secrets and certificates, enterprise application, service principal. */
final class AppCard {
    private AppCard() {}

    static void add(StringBuilder page, App app, Instant now) {
        String path = "apps/" + app.clientId();
        page.append("<section class=\"card\"><div class=\"top\"><h3>")
                .append(text(app.name()))
                .append("</h3><span class=\"fine\">client ID</span><code>")
                .append(text(app.clientId()))
                .append("</code><span class=\"fine\">object ID of the enterprise application</span><code>")
                .append(text(app.objectId()))
                .append("</code></div><div class=\"switches\">")
                .append(box(path, "disabled", "Disabled", app.disabled()))
                .append(box(path, "publicClient", "Public client", app.publicClient()))
                .append(box(path, "assignmentRequired", "Assignment required", app.assignmentRequired()))
                .append("</div>");
        credentials(page, app, path, now);
        page.append(Widgets.fold(
                        path + "/consent",
                        "Permissions, assignment, service principal",
                        "<div class=\"switches\">"
                                + list(path, "permissions", "Application permissions consented to", app.permissions())
                                + list(path, "adminConsent", "Delegated, for everybody", app.adminConsent())
                                + list(
                                        path,
                                        "requestedPermissions",
                                        "Asked for by the registration",
                                        app.requestedPermissions())
                                + list(path, "assigned", "Users assigned", app.assigned())
                                + line(
                                        path,
                                        "servicePrincipal",
                                        "New-ServicePrincipal -ObjectId",
                                        "text",
                                        Widgets.orEmpty(app.servicePrincipal()),
                                        "not registered")
                                + "</div>"))
                .append(Widgets.access(path, app.conditionalAccess()))
                .append("</section>");
    }

    private static String list(String path, String field, String words, Set<String> values) {
        return line(path, field, words, "list", String.join(", ", new TreeSet<>(values)), "none");
    }

    private static void credentials(StringBuilder page, App app, String path, Instant now) {
        if (app.publicClient()) {
            return;
        }
        String today = now.truncatedTo(ChronoUnit.SECONDS).toString();
        String soon =
                now.plus(7, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
        page.append("<div class=\"scroll\"><table><tr><th>Credential</th><th>ID or thumbprint</th><th>Value</th>")
                .append("<th>Expires</th><th></th></tr>");
        for (ClientSecret secret : app.secrets()) {
            String own = path + "/secrets/" + secret.id();
            row(page, "Secret", secret.id(), secret.value(), secret.expires(), now);
            page.append(button("Expire now", "Expire now: " + secret.id(), "PATCH", own, Map.of("expires", today)))
                    .append(' ')
                    .append(button(
                            "In 7 days", "Expire in 7 days: " + secret.id(), "PATCH", own, Map.of("expires", soon)))
                    .append("</td></tr>");
        }
        for (ClientCertificate one : app.certificates()) {
            String own = path + "/certificates/" + one.thumbprint();
            String subject = one.certificate().getSubjectX500Principal().getName();
            row(page, "Certificate", one.thumbprint(), subject, one.expires(), now);
            page.append(button("Expire now", "Expire now: " + one.thumbprint(), "PATCH", own, Map.of("expires", today)))
                    .append(' ')
                    .append(button(
                            "In 7 days",
                            "Expire in 7 days: " + one.thumbprint(),
                            "PATCH",
                            own,
                            Map.of("expires", soon)))
                    .append(' ')
                    .append(button("Remove", "Remove " + one.thumbprint(), "DELETE", own, Map.of()))
                    .append("</td></tr>");
        }
        page.append("</table></div><p>")
                .append(button("Make a certificate", "POST", path + "/certificates", Map.of()))
                .append("</p>");
    }

    private static void row(StringBuilder page, String kind, String id, String value, Instant expires, Instant now) {
        boolean over = !expires.isAfter(now);
        page.append("<tr><td>" + kind + "</td><td><code>" + text(id) + "</code></td><td><code>" + text(value)
                + "</code></td><td" + (over ? " class=\"expired\"" : "") + ">"
                + expires.truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10) + (over ? ", over" : "")
                + "</td><td>");
    }
}
