package org.postroom.simulator.control;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;
import org.postroom.simulator.organisation.ClientSecret;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;
import tools.jackson.databind.node.ObjectNode;

/** Changes to users, mailboxes, tenants, apps and the clock. */
record Switches(Control.Parts parts) {
    void user(String upn, Request request) {
        User user = find(upn);
        Body body = Body.of(
                request, "password", "licensed", "disabled", "refuseTokensWith", "imapEnabled", "smtpAuthDisabled");
        Optional<Integer> refusal = refusal(body);
        Optional<Mailbox> mailbox = parts.organisation().mailbox(user.upn());
        List<Runnable> changes = new java.util.ArrayList<>();
        body.text("password").ifPresent(value -> changes.add(() -> user.password(value)));
        body.flag("licensed").ifPresent(value -> changes.add(() -> user.licensed(value)));
        body.flag("disabled").ifPresent(value -> changes.add(() -> user.disabled(value)));
        mailbox.ifPresent(box -> changes.addAll(mailboxChanges(box, body)));
        if (body.has("refuseTokensWith")) {
            changes.add(() -> user.refuseTokensWith(refusal.orElse(null)));
        }
        changes.forEach(Runnable::run);
    }

    private User find(String upn) {
        return parts.organisation().user(upn).orElseThrow(() -> BadRequestException.notFound("user " + upn));
    }

    void mailbox(String address, Request request) {
        Mailbox mailbox = parts.organisation()
                .mailbox(address)
                .orElseThrow(() -> BadRequestException.notFound("mailbox " + address));
        Body body = Body.of(
                request,
                "imapEnabled",
                "smtpAuthDisabled",
                "fullAccess",
                "sendAs",
                "messageCopyForSentAsEnabled",
                "throttledCommands");
        List<Runnable> changes = new java.util.ArrayList<>(mailboxChanges(mailbox, body));
        body.flag("messageCopyForSentAsEnabled")
                .ifPresent(value -> changes.add(() -> mailbox.messageCopyForSentAsEnabled(value)));
        if (body.has("fullAccess")) {
            changes.add(replace(mailbox.fullAccess(), body.texts("fullAccess")));
        }
        if (body.has("sendAs")) {
            changes.add(replace(mailbox.sendAs(), body.texts("sendAs")));
        }
        int throttled = body.number("throttledCommands", -1, 0, 1_000_000);
        if (throttled >= 0) {
            changes.add(() -> mailbox.throttle(throttled));
        }
        changes.forEach(Runnable::run);
    }

    private static List<Runnable> mailboxChanges(Mailbox mailbox, Body body) {
        List<Runnable> changes = new java.util.ArrayList<>();
        body.flag("imapEnabled").ifPresent(value -> changes.add(() -> mailbox.imapEnabled(value)));
        if (body.has("smtpAuthDisabled")) {
            @Nullable Boolean value = body.flag("smtpAuthDisabled").orElse(null);
            changes.add(() -> mailbox.smtpAuthDisabled(value));
        }
        return changes;
    }

    private static Runnable replace(Set<String> grants, List<String> wanted) {
        List<String> lower =
                wanted.stream().map(who -> who.toLowerCase(Locale.ROOT)).toList();
        return () -> {
            grants.retainAll(Set.copyOf(lower));
            grants.addAll(lower);
        };
    }

    void tenant(String id, Request request) {
        Tenant tenant = parts.organisation().tenant(id).orElseThrow(() -> BadRequestException.notFound("tenant " + id));
        Body body = Body.of(request, "smtpAuthDisabled", "securityDefaults", "basicAuth", "refuseTokensWith");
        Optional<Integer> refusal = refusal(body);
        Optional<Boolean> smtp = body.flag("smtpAuthDisabled");
        Optional<Boolean> defaults = body.flag("securityDefaults");
        Optional<Boolean> basic = body.flag("basicAuth");
        smtp.ifPresent(tenant::smtpAuthDisabled);
        defaults.ifPresent(tenant::securityDefaults);
        basic.ifPresent(tenant::basicAuth);
        setRefusal(body, refusal, tenant::refuseTokensWith);
    }

    void app(String clientId, Request request) {
        App app = parts.organisation().app(clientId).orElseThrow(() -> BadRequestException.notFound("app " + clientId));
        Body body = Body.of(
                request,
                "disabled",
                "publicClient",
                "permissions",
                "adminConsent",
                "refuseTokensWith",
                "secrets",
                "certificates");
        List<ClientCertificate> certificates =
                body.has("certificates") ? CertificateCalls.read(body.texts("certificates")) : List.of();
        Optional<Integer> refusal = refusal(body);
        Optional<Boolean> disabled = body.flag("disabled");
        Optional<Boolean> publicClient = body.flag("publicClient");
        if (body.has("secrets")) {
            List<ClientSecret> secrets =
                    body.objects("secrets").stream().map(Switches::secret).toList();
            app.secrets().clear();
            app.secrets().addAll(secrets);
        }
        if (body.has("certificates")) {
            app.certificates().clear();
            app.certificates().addAll(certificates);
        }
        if (body.has("permissions")) {
            List<String> wanted = body.texts("permissions");
            app.permissions().clear();
            app.permissions().addAll(wanted);
        }
        if (body.has("adminConsent")) {
            List<String> wanted = body.texts("adminConsent");
            app.adminConsent().clear();
            app.adminConsent().addAll(wanted);
        }
        disabled.ifPresent(app::disabled);
        publicClient.ifPresent(app::publicClient);
        setRefusal(body, refusal, app::refuseTokensWith);
    }

    private static ClientSecret secret(ObjectNode json) {
        try {
            return new ClientSecret(
                    json.path("id").asString(""),
                    json.path("value").asString(""),
                    java.time.Instant.parse(json.path("expires").asString("2099-12-31T00:00:00Z")));
        } catch (java.time.DateTimeException e) {
            throw BadRequestException.field("secrets.expires", "must be a moment such as 2030-12-31T00:00:00Z");
        }
    }

    /** The AADSTS code, empty for null: no refusal. */
    private static Optional<Integer> refusal(Body body) {
        int code = body.number("refuseTokensWith", 0, 1, Integer.MAX_VALUE);
        return code == 0 ? Optional.empty() : Optional.of(code);
    }

    private static void setRefusal(Body body, Optional<Integer> code, Consumer<@Nullable Integer> target) {
        if (body.has("refuseTokensWith")) {
            target.accept(code.orElse(null));
        }
    }

    void revoke(Request request) {
        Body body = Body.of(request, "user", "consent");
        User user = find(body.requiredText("user"));
        user.revokeTokens(parts.organisation().clock().instant());
        if (body.flag("consent").orElse(false)) {
            parts.entra().withdrawConsent(user);
        }
    }

    Response clock(Request request) {
        if (request.method().equals("POST")) {
            Duration advance = Body.of(request, "advance")
                    .duration("advance")
                    .orElseThrow(() -> BadRequestException.field("advance", "is missing"));
            parts.organisation().clock().advance(advance);
        }
        return Response.json(
                200,
                Json.object().put("now", parts.organisation().clock().instant().toString()));
    }
}
