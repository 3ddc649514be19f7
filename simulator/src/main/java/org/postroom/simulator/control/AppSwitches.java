package org.postroom.simulator.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;
import org.postroom.simulator.organisation.ClientSecret;
import org.postroom.simulator.organisation.Propagation;
import tools.jackson.databind.node.ObjectNode;

/** Changes to apps: registration, enterprise application and Exchange's service principal. */
record AppSwitches(Control.Parts parts) {
    void app(String clientId, Request request) {
        App app = find(clientId);
        Body body = Body.of(
                request,
                "disabled",
                "publicClient",
                "permissions",
                "adminConsent",
                "requestedPermissions",
                "servicePrincipal",
                "assignmentRequired",
                "assigned",
                "secrets",
                "certificates",
                "conditionalAccess",
                "signInFrequency",
                "refuseTokensWith");
        List<Runnable> changes = new ArrayList<>();
        changes.add(AccessFields.changes(body, app.conditionalAccess()));
        if (body.has("certificates")) {
            List<ClientCertificate> certificates = CertificateCalls.read(body.texts("certificates"));
            changes.add(() -> replaceAll(app.certificates(), certificates));
        }
        if (body.has("secrets")) {
            List<ClientSecret> secrets =
                    body.objects("secrets").stream().map(AppSwitches::secret).toList();
            changes.add(() -> replaceAll(app.secrets(), secrets));
        }
        consent(changes, body, "permissions", app, app.permissions());
        consent(changes, body, "adminConsent", app, app.adminConsent());
        names(changes, body, "requestedPermissions", app.requestedPermissions(), false);
        names(changes, body, "assigned", app.assigned(), true);
        Switches.set(changes, body.flag("assignmentRequired"), app::assignmentRequired);
        Switches.set(changes, body.flag("disabled"), app::disabled);
        Switches.set(changes, body.flag("publicClient"), app::publicClient);
        if (body.has("servicePrincipal")) {
            @Nullable String given = body.text("servicePrincipal").orElse(null);
            changes.add(() -> servicePrincipal(app, given));
        }
        changes.forEach(Runnable::run);
    }

    private App find(String clientId) {
        return parts.organisation().app(clientId).orElseThrow(() -> BadRequestException.notFound("app " + clientId));
    }

    private static <T> void replaceAll(List<T> list, List<T> wanted) {
        list.clear();
        list.addAll(wanted);
    }

    private void consent(List<Runnable> changes, Body body, String field, App app, Set<String> held) {
        if (body.has(field)) {
            List<String> wanted = body.texts(field);
            Propagation propagation = parts.organisation().propagation();
            Duration delay = app.tenant().permissionDelay();
            changes.add(() -> {
                Rights.replace(propagation, "consent", app.clientId(), held, wanted, delay);
                app.requestedPermissions().addAll(wanted);
            });
        }
    }

    private static void names(List<Runnable> changes, Body body, String field, Set<String> held, boolean lower) {
        if (body.has(field)) {
            List<String> wanted = body.texts(field).stream()
                    .map(name -> lower ? name.toLowerCase(Locale.ROOT) : name)
                    .toList();
            changes.add(() -> {
                held.retainAll(Set.copyOf(wanted));
                held.addAll(wanted);
            });
        }
    }

    private void servicePrincipal(App app, @Nullable String given) {
        String old = app.servicePrincipal();
        Propagation propagation = parts.organisation().propagation();
        if (old != null && !old.equalsIgnoreCase(given)) {
            propagation.withdrawn("servicePrincipal", app.clientId(), old);
        }
        if (given != null && !given.equalsIgnoreCase(old)) {
            propagation.granted(
                    "servicePrincipal", app.clientId(), given, app.tenant().permissionDelay());
        }
        app.servicePrincipal(given);
    }

    private static ClientSecret secret(ObjectNode json) {
        return new ClientSecret(
                json.path("id").asString(""),
                json.path("value").asString(""),
                moment(json.path("expires").asString("2099-12-31T00:00:00Z"), "secrets.expires"));
    }

    private static Instant moment(String text, String field) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw BadRequestException.field(field, "must be a moment such as 2030-12-31T00:00:00Z");
        }
    }

    /** Ends one secret at another moment. */
    void secret(String clientId, String id, Request request) {
        App app = find(clientId);
        Instant expires = moment(Body.of(request, "expires").requiredText("expires"), "expires");
        ClientSecret old = app.secrets().stream()
                .filter(secret -> secret.id().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> BadRequestException.notFound("secret " + id + " of this app"));
        app.secrets().set(app.secrets().indexOf(old), new ClientSecret(old.id(), old.value(), expires));
    }
}
