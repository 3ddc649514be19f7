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
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** Changes to users, mailboxes, tenants and the clock. */
record Switches(Control.Parts parts) {
    void user(String upn, Request request) {
        User user = find(upn);
        Body body = Body.of(
                request,
                "password",
                "passwordExpired",
                "licensed",
                "disabled",
                "locked",
                "administrator",
                "imapEnabled",
                "smtpAuthDisabled",
                "conditionalAccess",
                "signInFrequency",
                "refuseTokensWith");
        List<Runnable> changes = new java.util.ArrayList<>();
        changes.add(AccessFields.changes(body, user.conditionalAccess()));
        Optional<Mailbox> mailbox = parts.organisation().mailbox(user.upn());
        body.text("password").ifPresent(value -> changes.add(() -> changePassword(user, value)));
        set(changes, body.flag("passwordExpired"), user::passwordExpired);
        set(changes, body.flag("licensed"), user::licensed);
        set(changes, body.flag("disabled"), user::disabled);
        set(changes, body.flag("locked"), user::locked);
        set(changes, body.flag("administrator"), user::administrator);
        mailbox.ifPresent(box -> changes.addAll(mailboxChanges(box, body)));
        changes.forEach(Runnable::run);
    }

    static <T> void set(List<Runnable> changes, Optional<T> value, Consumer<T> target) {
        value.ifPresent(wanted -> changes.add(() -> target.accept(wanted)));
    }

    /** As the user does it: tokens of confidential clients live on, what else the password got dies. */
    private void changePassword(User user, String password) {
        user.password(password);
        user.revokePasswordTokens(parts.organisation().clock().instant());
    }

    /** A change of password by the user, by self-service, or by an administrator in the Entra centre. */
    void password(Request request) {
        Body body = Body.of(request, "user", "password", "by");
        User user = find(body.requiredText("user"));
        String by = body.text("by").orElse("user");
        if (!List.of("user", "selfService", "administrator").contains(by)) {
            throw BadRequestException.field("by", "must be user, selfService or administrator");
        }
        changePassword(user, body.requiredText("password"));
        if (by.equals("administrator")) {
            user.revokeTokens(parts.organisation().clock().instant());
        }
    }

    private User find(String upn) {
        return parts.organisation().user(upn).orElseThrow(() -> BadRequestException.notFound("user " + upn));
    }

    /** Forgets what the user consented to for himself; tokens are renewed no more for want of it. */
    void withdrawConsent(String upn, String what) {
        if (!what.equals("consent")) {
            throw BadRequestException.notFound(what + " of a user");
        }
        parts.entra().withdrawConsent(find(upn));
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
            changes.add(replace("fullAccess", mailbox, mailbox.fullAccess(), body.texts("fullAccess")));
        }
        if (body.has("sendAs")) {
            changes.add(replace("sendAs", mailbox, mailbox.sendAs(), body.texts("sendAs")));
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

    private Runnable replace(String kind, Mailbox mailbox, Set<String> grants, List<String> wanted) {
        List<String> lower =
                wanted.stream().map(who -> who.toLowerCase(Locale.ROOT)).toList();
        Duration delay = parts.organisation()
                .tenantOf(mailbox.address())
                .map(Tenant::permissionDelay)
                .orElse(Duration.ZERO);
        return () -> Rights.replace(parts.organisation().propagation(), kind, mailbox.address(), grants, lower, delay);
    }

    void tenant(String id, Request request) {
        Tenant tenant = parts.organisation().tenant(id).orElseThrow(() -> BadRequestException.notFound("tenant " + id));
        Body body = Body.of(
                request,
                "smtpAuthDisabled",
                "imapEnabled",
                "securityDefaults",
                "basicAuth",
                "userConsent",
                "permissionDelay",
                "conditionalAccess",
                "signInFrequency",
                "refuseTokensWith");
        List<Runnable> changes = new java.util.ArrayList<>();
        changes.add(AccessFields.changes(body, tenant.conditionalAccess()));
        set(changes, body.flag("smtpAuthDisabled"), tenant::smtpAuthDisabled);
        set(changes, body.flag("imapEnabled"), tenant::imapEnabled);
        set(changes, body.flag("securityDefaults"), tenant::securityDefaults);
        set(changes, body.flag("basicAuth"), tenant::basicAuth);
        set(changes, body.flag("userConsent"), tenant::userConsent);
        set(changes, body.span("permissionDelay"), tenant::permissionDelay);
        changes.forEach(Runnable::run);
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
