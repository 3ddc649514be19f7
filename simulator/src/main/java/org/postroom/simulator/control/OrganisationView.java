package org.postroom.simulator.control;

import java.util.Locale;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The organisation as JSON, and as a page with its switches. Passwords and secrets are shown: they are nobody's. */
record OrganisationView(Control.Parts parts) {
    ObjectNode json() {
        Organisation organisation = parts.organisation();
        ObjectNode json = Json.object();
        ArrayNode tenants = json.putArray("tenants");
        for (Tenant tenant : organisation.tenants()) {
            ObjectNode node = tenants.addObject();
            AccessFields.put(node, tenant.conditionalAccess());
            node.put("id", tenant.id())
                    .put("domain", tenant.domain())
                    .put("smtpAuthDisabled", tenant.smtpAuthDisabled())
                    .put("securityDefaults", tenant.securityDefaults())
                    .put("basicAuth", tenant.basicAuth())
                    .put("imapEnabled", tenant.imapEnabled())
                    .put("userConsent", tenant.userConsent())
                    .put("permissionDelay", tenant.permissionDelay().toString());
        }
        ArrayNode users = json.putArray("users");
        for (User user : organisation.users()) {
            ObjectNode node = users.addObject();
            AccessFields.put(node, user.conditionalAccess());
            node.put("upn", user.upn())
                    .put("name", user.name())
                    .put("objectId", user.objectId())
                    .put("password", user.password())
                    .put("licensed", user.licensed())
                    .put("disabled", user.disabled())
                    .put("locked", user.locked())
                    .put("passwordExpired", user.passwordExpired())
                    .put("administrator", user.administrator());
        }
        ArrayNode mailboxes = json.putArray("mailboxes");
        organisation.mailboxes().forEach(mailbox -> mailbox(mailboxes.addObject(), mailbox));
        ArrayNode apps = json.putArray("apps");
        organisation.apps().forEach(app -> app(apps.addObject(), app));
        ArrayNode customers = json.putArray("customers");
        for (Customer customer : organisation.customers()) {
            customers
                    .addObject()
                    .put("address", customer.address())
                    .put("name", customer.mailbox().name())
                    .put("password", customer.password())
                    .put("answers", customer.answers().on());
        }
        return json;
    }

    private static void mailbox(ObjectNode json, Mailbox mailbox) {
        json.put("address", mailbox.address())
                .put("name", mailbox.name())
                .put("kind", mailbox.kind().name().toLowerCase(Locale.ROOT))
                .put("imapEnabled", mailbox.imapEnabled())
                .put("smtpAuthDisabled", mailbox.smtpAuthDisabled())
                .put("messageCopyForSentAsEnabled", mailbox.messageCopyForSentAsEnabled())
                .put("messages", mailbox.inbox().messages().size())
                .put(
                        "unseen",
                        mailbox.inbox().messages().stream()
                                .filter(m -> !m.has(Flag.SEEN))
                                .count());
        json.set("aliases", Json.array(mailbox.aliases()));
        json.set("fullAccess", Json.array(mailbox.fullAccess().stream().sorted().toList()));
        json.set("sendAs", Json.array(mailbox.sendAs().stream().sorted().toList()));
    }

    private static void app(ObjectNode json, App app) {
        AccessFields.put(json, app.conditionalAccess());
        json.put("clientId", app.clientId())
                .put("objectId", app.objectId())
                .put("name", app.name())
                .put("tenant", app.tenant().id())
                .put("publicClient", app.publicClient())
                .put("disabled", app.disabled())
                .put("servicePrincipal", app.servicePrincipal())
                .put("assignmentRequired", app.assignmentRequired());
        json.set("assigned", Json.array(app.assigned().stream().sorted().toList()));
        json.set(
                "requestedPermissions",
                Json.array(app.requestedPermissions().stream().sorted().toList()));
        json.set("adminConsent", Json.array(app.adminConsent().stream().sorted().toList()));
        json.set("redirectUris", Json.array(app.redirectUris()));
        json.set("permissions", Json.array(app.permissions().stream().sorted().toList()));
        ArrayNode certificates = json.putArray("certificates");
        app.certificates().forEach(one -> certificates.add(CertificateCalls.json(one)));
        ArrayNode secrets = json.putArray("secrets");
        app.secrets()
                .forEach(secret -> secrets.addObject()
                        .put("id", secret.id())
                        .put("value", secret.value())
                        .put("expires", secret.expires().toString()));
    }

    String page() {
        return ControlPage.render(parts);
    }
}
