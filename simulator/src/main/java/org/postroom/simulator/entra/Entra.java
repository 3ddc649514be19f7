package org.postroom.simulator.entra;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.postroom.simulator.entra.Caller.Proof;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.HttpService;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.log.ProtocolLog.Speaker;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.TokenLives;
import tools.jackson.databind.node.ObjectNode;

/** Entra ID on loopback: discovery, keys, sign-in, tokens. Safe for all threads. */
public final class Entra implements AutoCloseable {
    private static final Set<String> SECRET_FIELDS = Set.of(
            "passwd",
            "password",
            "client_secret",
            "code",
            "code_verifier",
            "refresh_token",
            "client_assertion",
            "device_code",
            "assertion");

    /** Names it may be reached under besides loopback, through a proxy or a hosts file; nobody else can have them. */
    private static final Set<String> AUTHORITIES = Set.of(
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.chinacloudapi.cn");

    private final Organisation organisation;
    private final ProtocolLog log;
    private final SigningKeys keys = new SigningKeys();
    private final Grants grants;
    private volatile TokenLives lives;
    private final TokenIssuer issuer;
    private final Tenants tenants;
    private final AuthorizeEndpoint authorize;
    private final AdminConsentEndpoint adminConsent;
    private final Outages outages = new Outages();
    private final TokenEndpoint token;
    private final DeviceCodes devices;
    private final HttpService service;

    /**
     * Starts Entra.
     *
     * @param port 0 for any free one
     * @throws java.net.BindException if the port is taken
     */
    public Entra(Organisation organisation, TokenLives lives, ProtocolLog log, int port) throws IOException {
        this.organisation = organisation;
        this.log = log;
        this.lives = lives;
        grants = new Grants(organisation.propagation());
        issuer = new TokenIssuer(keys, grants, organisation.clock(), lives.accessToken());
        tenants = new Tenants(organisation);
        SignIn signIn = new SignIn(organisation);
        devices = new DeviceCodes(organisation.clock(), grants);
        authorize = new AuthorizeEndpoint(organisation, tenants, grants, signIn, devices);
        token = new TokenEndpoint(organisation, tenants, grants, issuer, devices, () -> this.lives);
        adminConsent = new AdminConsentEndpoint(organisation, tenants, grants, signIn);
        service = new HttpService(port, AUTHORITIES, this::answer);
    }

    private Response answer(Request request) {
        log.add("entra", request.id(), Speaker.CLIENT, request.method() + " " + request.path() + masked(request));
        Response response = route(request);
        String shown = response.status() >= 400 && response.contentType().startsWith("application/json")
                ? new String(response.body(), java.nio.charset.StandardCharsets.UTF_8)
                : response.headers().containsKey("Location") ? "redirect" : response.contentType();
        log.add("entra", request.id(), Speaker.SERVER, response.status() + " " + shown);
        return response;
    }

    private Response route(Request request) {
        String[] path = request.segments();
        String tenant = path[0];
        String rest = String.join("/", Arrays.copyOfRange(path, 1, path.length));
        Optional<Outage> outage = outages.take(rest, tenant, request, grants);
        if (outage.isPresent()) {
            return outage.get().answer(request);
        }
        return switch (rest) {
            case "v2.0/.well-known/openid-configuration", ".well-known/openid-configuration" ->
                discovery(tenant, request);
            case "discovery/v2.0/keys", "discovery/keys" -> keys();
            case "oauth2/v2.0/authorize" -> authorize.begin(tenant, request);
            case "login" -> authorize.signIn(tenant, request);
            case "consent" -> authorize.consent(tenant, request);
            case "v2.0/adminconsent", "adminconsent" -> adminConsent.answer(tenant, rest, request);
            case "oauth2/v2.0/token" -> token.answer(tenant, request);
            case "oauth2/v2.0/devicecode" -> token.deviceCode(tenant, request);
            case "oauth2/v2.0/deviceauth", "deviceauth" -> authorize.device(tenant, request);
            case "oauth2/v2.0/logout" -> authorize.signOut(request);
            default -> Response.html(404, Pages.error("Not found", "There is nothing at this address.", ""));
        };
    }

    private static String masked(Request request) {
        Form form = request.form();
        if (form.fields().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        form.fields()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(SECRET_FIELDS.contains(name) ? "***" : value));
        return text.toString();
    }

    private Response discovery(String tenant, Request request) {
        try {
            Optional<org.postroom.simulator.organisation.Tenant> found = tenants.find(tenant);
            String base = request.base() + "/" + tenant;
            ObjectNode json = Json.object();
            json.put("token_endpoint", base + "/oauth2/v2.0/token");
            json.set(
                    "token_endpoint_auth_methods_supported",
                    Json.array(Set.of("client_secret_post", "private_key_jwt", "client_secret_basic")));
            json.put("jwks_uri", base + "/discovery/v2.0/keys");
            json.set("response_modes_supported", Json.array(Set.of("query", "fragment", "form_post")));
            json.set("subject_types_supported", Json.array(Set.of("pairwise")));
            json.set("id_token_signing_alg_values_supported", Json.array(Set.of("RS256")));
            json.set("response_types_supported", Json.array(Set.of("code")));
            json.set("scopes_supported", Json.array(Set.of("openid", "profile", "email", "offline_access")));
            json.set("code_challenge_methods_supported", Json.array(Set.of("S256", "plain")));
            String id =
                    found.map(org.postroom.simulator.organisation.Tenant::id).orElse("{tenantid}");
            json.put("issuer", request.base() + "/" + id + "/v2.0");
            json.put("authorization_endpoint", base + "/oauth2/v2.0/authorize");
            json.put("device_authorization_endpoint", base + "/oauth2/v2.0/devicecode");
            json.put("end_session_endpoint", base + "/oauth2/v2.0/logout");
            json.put("tenant_region_scope", "EU");
            json.put("cloud_instance_name", "microsoftonline.com");
            return Response.json(200, json);
        } catch (AadException e) {
            AadError unknown =
                    AadError.of(e.error().code(), "invalid_tenant", e.error().text());
            return ErrorBody.of(unknown, request, organisation.clock()).json();
        }
    }

    private Response keys() {
        return Response.json(200, keys.published());
    }

    /** {@code http://127.0.0.1:port}. */
    public String address() {
        return service.address();
    }

    /** A token whose signature is this Entra's; whether it has expired is left to the caller. */
    public Optional<AccessToken> read(String text) {
        return keys.verify(text)
                .map(claims -> new AccessToken(
                        claims.path("aud").asString(""),
                        words(claims.path("scp").asString("")),
                        roles(claims),
                        claims.path("upn").asString(null),
                        claims.path("oid").asString(""),
                        claims.path("tid").asString(""),
                        java.time.Instant.ofEpochSecond(claims.path("exp").asLong(0))));
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.strip().split(" "));
    }

    private static Set<String> roles(ObjectNode claims) {
        Set<String> roles = new HashSet<>();
        claims.path("roles").forEach(role -> roles.add(role.asString("")));
        return roles;
    }

    /**
     * An access token without sign-in, for tests.
     *
     * @param scopes as in a token request, of one resource
     * @throws IllegalArgumentException if a scope or the resource is not known
     */
    public String issue(User user, App app, String scopes, Duration lifetime) {
        try {
            Scopes parsed = Scopes.parse(scopes, user.tenant().domain());
            Set<String> names = new HashSet<>();
            parsed.resourceScopes().forEach(scope -> names.add(Scopes.nameOf(scope)));
            return issuer.accessToken(user, new Caller(app, proof(app), address()), parsed.resource(), names, lifetime);
        } catch (AadException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Proof proof(App app) {
        return app.publicClient() ? Proof.NONE : Proof.SECRET;
    }

    /** An access token of an app for itself, with the application permissions it has. */
    public String issue(App app, Duration lifetime) {
        return issuer.appToken(
                new Caller(app, proof(app), address()), app.tenant().id(), Scopes.OUTLOOK_365, lifetime);
    }

    /** Life of access tokens issued from now on. */
    public void tokenLifetime(Duration lifetime) {
        issuer.lifetime(lifetime);
    }

    /** Life of access tokens issued now. */
    public Duration tokenLifetime() {
        return issuer.lifetime();
    }

    /** Life of codes and of unused refresh tokens; those of access tokens are set on their own. */
    public synchronized void tokenLives(UnaryOperator<TokenLives> change) {
        lives = change.apply(lives);
    }

    /** Life of codes and of unused refresh tokens now. */
    public TokenLives tokenLives() {
        return lives;
    }

    /** Makes an endpoint fail for a while, in addition to what fails already. */
    public void outage(Outage outage) {
        outages.add(outage);
    }

    /** Ends all outages. */
    public void endOutages() {
        outages.clear();
    }

    /** The outages that last, as they were ordered, with the times left. */
    public List<Outage> outages() {
        return outages.all();
    }

    /**
     * Signs with a new key from now on.
     *
     * @param withdrawOld whether the keys before are withdrawn, so that what they signed is worth nothing
     * @return the new key's id
     */
    public String rollKeys(boolean withdrawOld) {
        String id = keys.roll();
        if (withdrawOld) {
            keys.withdrawOld();
        }
        return id;
    }

    /** Withdraws every key but the newest. */
    public void withdrawOldKeys() {
        keys.withdrawOld();
    }

    /** Forgets what the user consented to. */
    public void withdrawConsent(User user) {
        grants.withdrawConsent(user);
    }

    @Override
    public void close() {
        service.close();
    }
}
