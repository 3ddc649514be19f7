package org.postroom.simulator.entra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** {@code /v2.0/adminconsent} and the older {@code /adminconsent}: an administrator grants an app for everybody. */
final class AdminConsentEndpoint {
    private final Organisation organisation;
    private final Tenants tenants;
    private final Grants grants;
    private final SignIn signIn;
    private final Map<String, Flow> flows = new ConcurrentHashMap<>();

    /** A request under way; the scope is null for the older endpoint, which knows none. */
    private record Flow(
            App app,
            String tenant,
            String action,
            String redirect,
            @Nullable String state,
            @Nullable String scope,
            Set<String> permissions,
            @Nullable Session session) {
        Flow of(Session who) {
            return new Flow(app, tenant, action, redirect, state, scope, permissions, who);
        }
    }

    AdminConsentEndpoint(Organisation organisation, Tenants tenants, Grants grants, SignIn signIn) {
        this.organisation = organisation;
        this.tenants = tenants;
        this.grants = grants;
        this.signIn = signIn;
    }

    Response answer(String tenant, String path, Request request) {
        try {
            return request.method().equals("POST") ? proceed(request) : begin(tenant, path, request);
        } catch (AadException e) {
            return Pages.trouble(ErrorBody.of(e.error(), request, organisation.clock()));
        }
    }

    private Response begin(String tenant, String path, Request request) throws AadException {
        Form query = request.query();
        tenants.find(tenant);
        App app = tenants.app(required(query, "client_id"), tenant);
        String redirect = query.get("redirect_uri")
                .or(() -> app.redirectUris().stream().findFirst())
                .orElse("");
        if (!app.allowsRedirect(redirect)) {
            throw new AadException(AadError.redirectMismatch(redirect, app.clientId()));
        }
        String scope = path.startsWith("v2.0/") ? required(query, "scope") : null;
        Flow flow = new Flow(
                app,
                tenant,
                "/" + tenant + "/" + path,
                redirect,
                query.get("state").orElse(null),
                scope,
                permissions(app, scope, tenant),
                null);
        Optional<Session> session = signIn.session(request);
        return session.isPresent()
                ? signedIn(flow, session.get())
                : Response.html(200, Pages.signIn(flow.action(), put(flow), app, null, null));
    }

    private static String required(Form query, String name) throws AadException {
        return query.get(name).orElseThrow(() -> new AadException(AadError.missing(name)));
    }

    /** Without scope, and for {@code .default}, all that the registration asks for; else the scopes themselves. */
    private static Set<String> permissions(App app, @Nullable String scope, String tenant) throws AadException {
        Set<String> wanted = new TreeSet<>();
        boolean registered = scope == null;
        if (scope != null) {
            Scopes parsed = Scopes.parse(scope, tenant);
            for (String one : parsed.resourceScopes()) {
                registered |= one.endsWith("/.default");
                wanted.add(one);
            }
            wanted.removeIf(one -> one.endsWith("/.default"));
        }
        if (registered) {
            wanted.addAll(app.requestedPermissions());
        }
        if (wanted.isEmpty()) {
            throw new AadException(AadError.of(
                    650056,
                    "invalid_request",
                    "Misconfigured application. This could be due to one of the following: the client has not listed any"
                            + " permissions for '" + app.name() + "' in the requested permissions in the client's"
                            + " application registration. Or, the admin has not consented in the tenant. Or, check the"
                            + " application identifier in the request to ensure it matches the configured client"
                            + " application identifier."));
        }
        return wanted;
    }

    private String put(Flow flow) {
        String id = UUID.randomUUID().toString();
        flows.put(id, flow);
        return id;
    }

    private Response proceed(Request request) throws AadException {
        Form form = request.form();
        Flow flow = flows.remove(form.get("flow").orElse(""));
        if (flow == null) {
            throw new AadException(AadError.pageExpired());
        }
        String decision = form.get("decision").orElse("");
        Session session = flow.session();
        if (session == null) {
            return decision.equals("cancel") ? declined(flow, request) : signIn(flow, form, request);
        }
        if (!session.user().administrator()) {
            return refused(flow, AadError.adminNeeded(), request);
        }
        if (!decision.equals("accept")) {
            return declined(flow, request);
        }
        grants.consentForAll(flow.app(), flow.permissions());
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("admin_consent", "True");
        fields.put("tenant", session.user().tenant().id());
        if (flow.scope() != null) {
            fields.put("scope", flow.scope());
        }
        return AuthorizationRequest.back(flow.redirect(), "query", flow.state(), fields);
    }

    private Response signIn(Flow flow, Form form, Request request) {
        String name = form.get("loginfmt").orElse("").strip();
        try {
            Session session =
                    signIn.check(name, form.get("passwd").orElse(""), tenants.find(flow.tenant()), flow.app());
            return signIn.remember(signedIn(flow, session), session);
        } catch (AadException e) {
            ErrorBody body = ErrorBody.of(e.error(), request, organisation.clock());
            return Response.html(200, Pages.signIn(flow.action(), put(flow), flow.app(), name, body));
        }
    }

    private Response signedIn(Flow flow, Session session) throws AadException {
        Session proven = Policy.atPage(session, flow.app());
        User user = proven.user();
        String id = put(flow.of(proven));
        return Response.html(
                200,
                user.administrator()
                        ? ConsentPages.organisation(
                                flow.action(), id, flow.app(), user, user.tenant(), flow.permissions())
                        : ConsentPages.approvalNeeded(flow.action(), id, flow.app(), user));
    }

    /** The older endpoint tells it in words of its own. */
    private Response declined(Flow flow, Request request) {
        if (flow.scope() == null) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("error", "permission_denied");
            fields.put("error_description", "The admin canceled the request");
            return AuthorizationRequest.back(flow.redirect(), "query", flow.state(), fields);
        }
        AadError error = AadError.of(
                65004, "consent_required", "The resource owner or authorization server denied the request.");
        return refused(flow, error, request);
    }

    private Response refused(Flow flow, AadError error, Request request) {
        Map<String, String> fields =
                AuthorizationRequest.errorFields(ErrorBody.of(error, request, organisation.clock()));
        fields.put("admin_consent", "True");
        fields.put("tenant", tenantId(flow));
        return AuthorizationRequest.back(flow.redirect(), "query", flow.state(), fields);
    }

    private String tenantId(Flow flow) {
        Session session = flow.session();
        return session != null
                ? session.user().tenant().id()
                : organisation.tenant(flow.tenant()).map(Tenant::id).orElse(flow.tenant());
    }
}
