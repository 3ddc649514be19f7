package org.postroom.simulator.entra;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.User;

/** Sign-in and consent in the browser, up to the redirect with the code (RFC 6749 section 4.1, RFC 7636). */
final class AuthorizeEndpoint {
    private final Organisation organisation;
    private final Tenants tenants;
    private final Grants grants;
    private final SignIn signIn;
    private final DeviceCodes devices;
    private final Map<String, Flow> flows = new ConcurrentHashMap<>();

    /** A request somebody's browser is busy with. */
    private record Flow(
            AuthorizationRequest asked, @Nullable User user) {}

    AuthorizeEndpoint(Organisation organisation, Tenants tenants, Grants grants, SignIn signIn, DeviceCodes devices) {
        this.organisation = organisation;
        this.tenants = tenants;
        this.grants = grants;
        this.signIn = signIn;
        this.devices = devices;
    }

    Response begin(String tenant, Request request) {
        Form query = request.method().equals("POST") ? request.form() : request.query();
        String redirect = query.get("redirect_uri").orElse("");
        AuthorizationRequest asked;
        App app;
        try {
            tenants.find(tenant);
            String clientId = query.get("client_id").orElseThrow(() -> new AadException(AadError.missing("client_id")));
            app = tenants.app(clientId, tenant);
            if (!app.allowsRedirect(redirect)) {
                throw new AadException(redirectMismatch(redirect, app));
            }
        } catch (AadException e) {
            return errorPage(e.error(), request);
        }
        try {
            asked = AuthorizationRequest.of(app, tenant, redirect, query);
        } catch (AadException e) {
            ErrorBody body = ErrorBody.of(e.error(), request, organisation.clock());
            return AuthorizationRequest.back(
                    redirect,
                    query.get("response_mode").orElse("query"),
                    query.get("state").orElse(null),
                    AuthorizationRequest.errorFields(body));
        }
        return start(asked, request);
    }

    private Response start(AuthorizationRequest asked, Request request) {
        Optional<User> session = signIn.session(request);
        boolean hintFits = asked.loginHint() == null
                || session.filter(user -> user.upn().equalsIgnoreCase(asked.loginHint()))
                        .isPresent();
        if (asked.prompt().equals("none")) {
            return silent(asked, session.filter(user -> hintFits), request);
        }
        String flow = UUID.randomUUID().toString();
        if (asked.prompt().equals("select_account") && session.isPresent()) {
            flows.put(flow, new Flow(asked, session.get()));
            return Response.html(
                    200,
                    Pages.selectAccount(
                            action(asked, "login"), flow, session.get().upn()));
        }
        if (session.isPresent() && hintFits && !asked.prompt().equals("login")) {
            return signedIn(asked, session.get(), request);
        }
        flows.put(flow, new Flow(asked, null));
        return Response.html(200, Pages.signIn(action(asked, "login"), flow, asked.app(), asked.loginHint(), null));
    }

    private Response silent(AuthorizationRequest asked, Optional<User> session, Request request) {
        if (session.isEmpty()) {
            return refuse(
                    asked,
                    AadError.of(
                            50058,
                            "login_required",
                            "A silent sign-in request was sent but no user is signed in. The cookies used to represent the"
                                    + " user's session were not sent in the request to Azure AD."),
                    request);
        }
        if (!missingConsent(asked, session.get()).isEmpty()) {
            AadError text =
                    AadError.noConsent(asked.app().clientId(), asked.app().name());
            return refuse(asked, AadError.of(65001, "consent_required", text.text()), request);
        }
        return finish(asked, session.get());
    }

    Response signIn(String tenant, Request request) {
        Form form = request.form();
        String id = form.get("flow").orElse("");
        Flow flow = flows.get(id);
        if (flow == null) {
            return expired(request);
        }
        AuthorizationRequest asked = flow.asked();
        switch (form.get("decision").orElse("signin")) {
            case "cancel" -> {
                flows.remove(id);
                return refuse(asked, cancelled(), request);
            }
            case "other" -> {
                flows.put(id, new Flow(asked, null));
                return Response.html(200, Pages.signIn(action(asked, "login"), id, asked.app(), null, null));
            }
            case "pick" -> {
                if (flow.user() != null) {
                    flows.remove(id);
                    return signedIn(asked, flow.user(), request);
                }
            }
            default -> {}
        }
        String name = form.get("loginfmt").orElse("").strip();
        try {
            User user = signIn.check(name, form.get("passwd").orElse(""), tenants.find(tenant), asked.app());
            flows.remove(id);
            return signIn.remember(signedIn(asked, user, request), user);
        } catch (AadException e) {
            ErrorBody body = ErrorBody.of(e.error(), request, organisation.clock());
            return Response.html(200, Pages.signIn(action(asked, "login"), id, asked.app(), name, body));
        }
    }

    private Response signedIn(AuthorizationRequest asked, User user, Request request) {
        try {
            SignIn.checkPolicy(user, asked.app(), true);
        } catch (AadException e) {
            return errorPage(e.error(), request);
        }
        Set<String> missing = missingConsent(asked, user);
        if (missing.isEmpty() && !asked.prompt().equals("consent")) {
            return finish(asked, user);
        }
        String flow = UUID.randomUUID().toString();
        flows.put(flow, new Flow(asked, user));
        Set<String> shown = new LinkedHashSet<>(asked.scopes().resourceScopes());
        shown.addAll(asked.scopes().openId());
        return Response.html(200, Pages.consent(action(asked, "consent"), flow, asked.app(), user.upn(), shown));
    }

    private Set<String> missingConsent(AuthorizationRequest asked, User user) {
        Set<String> missing = new LinkedHashSet<>(asked.scopes().resourceScopes());
        missing.removeAll(grants.consented(user, asked.app()));
        if (asked.scopes().resourceScopes().isEmpty()) {
            missing.removeIf(scope -> true);
        }
        return missing;
    }

    Response consent(String tenant, Request request) {
        Form form = request.form();
        Flow flow = flows.remove(form.get("flow").orElse(""));
        User user = flow == null ? null : flow.user();
        if (flow == null || user == null || !flow.asked().tenant().equals(tenant)) {
            return expired(request);
        }
        if (!form.get("decision").orElse("").equals("accept")) {
            return refuse(
                    flow.asked(),
                    AadError.of(65004, "access_denied", "User declined to consent to access the app."),
                    request);
        }
        grants.consent(user, flow.asked().app(), flow.asked().scopes().resourceScopes());
        return finish(flow.asked(), user);
    }

    private Response finish(AuthorizationRequest asked, User user) {
        if (asked.deviceCode() != null) {
            devices.approve(asked.deviceCode(), user);
            return Response.html(
                    200,
                    Pages.message(
                            asked.app().name(),
                            "You have signed in to the application on your device. You may now"
                                    + " close this window."));
        }
        String code = grants.newCode(new Grants.Code(
                asked.app(),
                user,
                asked.scopes(),
                asked.redirectUri(),
                asked.challenge(),
                asked.challengeHashed(),
                asked.nonce(),
                organisation.clock().instant(),
                new AtomicBoolean()));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("code", code);
        fields.put("session_state", UUID.randomUUID().toString());
        return asked.back(fields);
    }

    private Response refuse(AuthorizationRequest asked, AadError error, Request request) {
        if (asked.deviceCode() != null) {
            devices.decline(asked.deviceCode());
            return Response.html(200, Pages.message(asked.app().name(), "You declined."));
        }
        return asked.back(AuthorizationRequest.errorFields(ErrorBody.of(error, request, organisation.clock())));
    }

    private static AadError cancelled() {
        return new AadError(50199, "access_denied", "cancel", "The user has cancelled signing in.");
    }

    /** The page where the code of the device flow is typed in (RFC 8628 section 3.3). */
    Response device(String tenant, Request request) {
        Optional<String> typed =
                request.form().get("otc").or(() -> request.query().get("otc"));
        if (typed.isEmpty()) {
            return Response.html(200, Pages.device("/" + tenant + "/deviceauth", null));
        }
        Optional<AuthorizationRequest> asked = devices.asked(typed.get());
        return asked.map(found -> start(found, request))
                .orElseGet(() -> Response.html(
                        200,
                        Pages.device(
                                "/" + tenant + "/deviceauth", "That code didn't work. Check the code and try again.")));
    }

    Response signOut(Request request) {
        return signIn.forget(request, Response.html(200, Pages.message("You signed out", "Close this window.")));
    }

    private static String action(AuthorizationRequest asked, String step) {
        return "/" + asked.tenant() + "/" + step;
    }

    private Response expired(Request request) {
        return errorPage(
                AadError.of(
                        165000,
                        "invalid_request",
                        "Invalid Request: The request tokens do not match the user context."),
                request);
    }

    private Response errorPage(AadError error, Request request) {
        ErrorBody body = ErrorBody.of(error, request, organisation.clock());
        return Response.html(
                400,
                Pages.error(
                        "Sorry, but we’re having trouble signing you in.",
                        "AADSTS" + error.code() + ": " + error.text(),
                        "Request Id: " + body.traceId() + " Correlation Id: " + body.correlationId() + " Timestamp: "
                                + body.timestamp()));
    }

    private static AadError redirectMismatch(String redirect, App app) {
        return AadError.of(
                50011,
                "invalid_request",
                "The redirect URI '" + redirect
                        + "' specified in the request does not match the redirect URIs configured"
                        + " for the application '" + app.clientId()
                        + "'. Make sure the redirect URI sent in the request"
                        + " matches one added to your application in the Azure portal. Navigate to"
                        + " https://aka.ms/redirectUriMismatchError to learn more about how to fix this.");
    }
}
