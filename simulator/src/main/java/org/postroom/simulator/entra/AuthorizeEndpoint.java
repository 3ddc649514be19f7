package org.postroom.simulator.entra;

import java.time.Instant;
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
            AuthorizationRequest asked, @Nullable Session session) {}

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
                throw new AadException(AadError.redirectMismatch(redirect, app.clientId()));
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
        Instant now = organisation.clock().instant();
        Optional<Session> session = signIn.session(request).filter(found -> !Policy.isTooOld(found, asked.app(), now));
        boolean hintFits = asked.loginHint() == null
                || session.filter(found -> found.user().upn().equalsIgnoreCase(asked.loginHint()))
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
                            action(asked, "login"), flow, session.get().user().upn()));
        }
        if (session.isPresent() && hintFits && !asked.prompt().equals("login")) {
            return signedIn(asked, session.get(), request);
        }
        flows.put(flow, new Flow(asked, null));
        return Response.html(200, Pages.signIn(action(asked, "login"), flow, asked.app(), asked.loginHint(), null));
    }

    private Response silent(AuthorizationRequest asked, Optional<Session> session, Request request) {
        if (session.isEmpty() && signIn.wasRevoked(request)) {
            return refuse(asked, AadError.known(50133), request);
        }
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
        try {
            Policy.check(session.get(), asked.app(), organisation.clock().instant());
        } catch (AadException e) {
            return refuse(asked, e.error(), request);
        }
        if (!missingConsent(asked, session.get().user()).isEmpty()) {
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
                if (flow.session() != null) {
                    flows.remove(id);
                    return signedIn(asked, flow.session(), request);
                }
            }
            default -> {}
        }
        String name = form.get("loginfmt").orElse("").strip();
        try {
            Session session = signIn.check(name, form.get("passwd").orElse(""), tenants.find(tenant), asked.app());
            flows.remove(id);
            return signIn.remember(signedIn(asked, session, request), session);
        } catch (AadException e) {
            ErrorBody body = ErrorBody.of(e.error(), request, organisation.clock());
            return Response.html(200, Pages.signIn(action(asked, "login"), id, asked.app(), name, body));
        }
    }

    private Response signedIn(AuthorizationRequest asked, Session session, Request request) {
        Session proven;
        try {
            proven = Policy.atPage(session, asked.app());
        } catch (AadException e) {
            return errorPage(e.error(), request);
        }
        User user = proven.user();
        Set<String> missing = missingConsent(asked, user);
        if (missing.isEmpty() && !asked.prompt().equals("consent")) {
            return finish(asked, proven);
        }
        String flow = UUID.randomUUID().toString();
        flows.put(flow, new Flow(asked, proven));
        if (!user.tenant().userConsent() && !user.administrator()) {
            return Response.html(200, ConsentPages.approvalNeeded(action(asked, "consent"), flow, asked.app(), user));
        }
        Set<String> shown = new LinkedHashSet<>(asked.scopes().resourceScopes());
        shown.addAll(asked.scopes().openId());
        return Response.html(200, ConsentPages.consent(action(asked, "consent"), flow, asked.app(), user, shown));
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
        Session session = flow == null ? null : flow.session();
        if (flow == null || session == null || !flow.asked().tenant().equals(tenant)) {
            return expired(request);
        }
        User user = session.user();
        AuthorizationRequest asked = flow.asked();
        if (!user.tenant().userConsent() && !user.administrator()) {
            return refuse(asked, AadError.adminNeeded(), request);
        }
        if (!form.get("decision").orElse("").equals("accept")) {
            return refuse(
                    asked, AadError.of(65004, "access_denied", "User declined to consent to access the app."), request);
        }
        grants.consent(user, asked.app(), asked.scopes().resourceScopes());
        if (user.administrator() && form.get("everybody").isPresent()) {
            grants.consentForAll(asked.app(), asked.scopes().resourceScopes());
        }
        return finish(asked, session);
    }

    private Response finish(AuthorizationRequest asked, Session session) {
        if (asked.deviceCode() != null) {
            devices.approve(asked.deviceCode(), session);
            return Response.html(
                    200,
                    Pages.message(
                            asked.app().name(),
                            "You have signed in to the application on your device. You may now"
                                    + " close this window."));
        }
        String code = grants.newCode(new Grants.Code(
                asked.app(),
                session,
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
        return errorPage(AadError.pageExpired(), request);
    }

    private Response errorPage(AadError error, Request request) {
        return Pages.trouble(ErrorBody.of(error, request, organisation.clock()));
    }
}
