package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.postroom.simulator.entra.Caller.Proof;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientSecret;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.scenario.TokenLives;
import tools.jackson.databind.node.ObjectNode;

/** {@code /oauth2/v2.0/token} and {@code /devicecode}: who asks is checked here, the grant itself in {@link GrantTypes}. */
final class TokenEndpoint {
    private final Organisation organisation;
    private final Tenants tenants;
    private final DeviceCodes devices;
    private final GrantTypes grantTypes;

    TokenEndpoint(
            Organisation organisation,
            Tenants tenants,
            Grants grants,
            TokenIssuer issuer,
            DeviceCodes devices,
            Supplier<TokenLives> lives) {
        this.organisation = organisation;
        this.tenants = tenants;
        this.devices = devices;
        this.grantTypes = new GrantTypes(organisation, tenants, grants, issuer, devices, lives);
    }

    Response answer(String tenant, Request request) {
        try {
            if (!request.method().equals("POST")) {
                throw new AadException(AadError.of(
                        900561,
                        "invalid_request",
                        "The endpoint only accepts POST requests. Received a " + request.method() + " request."));
            }
            Form form = request.form();
            String type = form.get("grant_type").orElseThrow(() -> new AadException(AadError.missing("grant_type")));
            tenants.find(tenant);
            Caller caller = caller(tenant, request, type);
            return Response.json(200, grantTypes.answer(type, tenant, caller, form))
                    .with("x-ms-request-id", request.id());
        } catch (AadException e) {
            return ErrorBody.of(e.error(), request, organisation.clock()).json();
        }
    }

    Response deviceCode(String tenant, Request request) {
        try {
            Form form = request.form();
            tenants.find(tenant);
            String clientId = form.get("client_id").orElseThrow(() -> new AadException(AadError.missing("client_id")));
            App app = tenants.app(clientId, tenant);
            String scope = form.get("scope").orElseThrow(() -> new AadException(AadError.missing("scope")));
            String deviceCode = devices.begin(app, tenant, Scopes.parse(scope, tenant));
            DeviceCodes.Pending pending = devices.find(deviceCode).orElseThrow();
            String page = request.base() + "/" + tenant + "/deviceauth";
            ObjectNode json = Json.object();
            json.put("user_code", pending.userCode());
            json.put("device_code", deviceCode);
            json.put("verification_uri", page);
            json.put("expires_in", DeviceCodes.LIFE.toSeconds());
            json.put("interval", 5);
            json.put(
                    "message",
                    "To sign in, use a web browser to open the page " + page + " and enter the code "
                            + pending.userCode() + " to authenticate.");
            return Response.json(200, json);
        } catch (AadException e) {
            return ErrorBody.of(e.error(), request, organisation.clock()).json();
        }
    }

    private Caller caller(String tenant, Request request, String grantType) throws AadException {
        Form form = request.form();
        Optional<String[]> basic = basic(request);
        String clientId = form.get("client_id")
                .or(() -> basic.map(pair -> pair[0]))
                .orElseThrow(() -> new AadException(AadError.missing("client_id")));
        App app = tenants.app(clientId, tenant);
        Optional<String> secret = form.get("client_secret").or(() -> basic.map(pair -> pair[1]));
        boolean assertion = form.get("client_assertion").isPresent();
        if (app.publicClient()) {
            if (secret.isPresent() || assertion) {
                throw new AadException(AadError.of(
                        700025,
                        "invalid_client",
                        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."));
            }
            return new Caller(app, Proof.NONE, request.base());
        }
        if (assertion) {
            ClientAssertion.check(
                    app, form, audiences(tenant, request), organisation.clock().instant());
            return new Caller(app, Proof.CERTIFICATE, request.base());
        }
        checkSecret(app, secret.orElseThrow(() -> new AadException(missingSecret(grantType))));
        return new Caller(app, Proof.SECRET, request.base());
    }

    /** The endpoint's own address, by whatever name of host and tenant it may be asked for, in lower case. */
    private Set<String> audiences(String asked, Request request) throws AadException {
        Set<String> names = new HashSet<>(Set.of(asked));
        tenants.find(asked).ifPresent(found -> names.addAll(Set.of(found.id(), found.domain())));
        Set<String> addresses = new HashSet<>();
        for (String host : request.hosts()) {
            for (String name : names) {
                addresses.add((host + "/" + name + "/oauth2/v2.0/token").toLowerCase(Locale.ROOT));
            }
        }
        return addresses;
    }

    private static AadError missingSecret(String grantType) {
        return AadError.of(
                7000218,
                grantType.equals("client_credentials") ? "invalid_request" : "invalid_client",
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }

    private void checkSecret(App app, String sent) throws AadException {
        Optional<ClientSecret> match = app.secrets().stream()
                .filter(secret -> secret.value().equals(sent))
                .findFirst();
        if (match.isEmpty()) {
            throw new AadException(AadError.of(
                    7000215,
                    "invalid_client",
                    "Invalid client secret provided. Ensure the secret being sent in the request is the client secret"
                            + " value, not the client secret ID, for a secret added to app '" + app.clientId() + "'."));
        }
        if (!match.get().expires().isAfter(organisation.clock().instant())) {
            throw new AadException(AadError.of(
                    7000222,
                    "invalid_client",
                    "The provided client secret keys for app '" + app.clientId()
                            + "' are expired. Visit the Azure portal"
                            + " to create new keys for your app: https://aka.ms/NewClientSecret, or consider using"
                            + " certificate credentials for added security: https://aka.ms/certCreds."));
        }
    }

    private static Optional<String[]> basic(Request request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .flatMap(value -> {
                    try {
                        String decoded = new String(Base64.getDecoder().decode(value.substring(6)), UTF_8);
                        Form pair = Form.parse(decoded.replaceFirst(":", "="));
                        return pair.fields().entrySet().stream().findFirst().map(entry ->
                                new String[] {entry.getKey(), entry.getValue()});
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
    }
}
