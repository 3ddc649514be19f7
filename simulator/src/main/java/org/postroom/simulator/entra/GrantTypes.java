package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import org.postroom.simulator.entra.Grants.Code;
import org.postroom.simulator.entra.Grants.Refresh;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.TokenLives;
import tools.jackson.databind.node.ObjectNode;

/** Each grant of the token endpoint; the client has proven itself already. */
record GrantTypes(
        Organisation organisation,
        Tenants tenants,
        Grants grants,
        TokenIssuer issuer,
        DeviceCodes devices,
        Supplier<TokenLives> lives) {
    ObjectNode answer(String type, String tenant, Caller caller, Form form) throws AadException {
        return switch (type) {
            case "authorization_code" -> authorizationCode(caller, form, tenant);
            case "refresh_token" -> refreshToken(caller, form, tenant);
            case "client_credentials" -> clientCredentials(caller, form, tenant);
            case "password" -> password(caller, form, tenant);
            case "urn:ietf:params:oauth:grant-type:device_code", "device_code" -> deviceCode(caller, form);
            default ->
                throw new AadException(AadError.of(
                        70003,
                        "unsupported_grant_type",
                        "The app requested an unsupported grant type '" + type + "'."));
        };
    }

    private ObjectNode authorizationCode(Caller caller, Form form, String tenant) throws AadException {
        App app = caller.app();
        String value = required(form, "code");
        String redirect = required(form, "redirect_uri");
        if (!Grants.hasShape(value)) {
            throw new AadException(AadError.malformedGrant());
        }
        Code code = grants.code(value).orElseThrow(() -> refused(70000, "Provided grant is invalid or malformed."));
        if (code.app() != app) {
            throw refused(
                    700005, "Provided Authorization Code is intended to use against other tenant or application.");
        }
        if (code.used().get()) {
            throw refused(
                    54005,
                    "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing"
                            + " refresh token.");
        }
        if (!code.issued().plus(lives.get().code()).isAfter(now())) {
            throw refused(
                    70008,
                    "The provided authorization code or refresh token has expired due to inactivity. Send a new"
                            + " interactive authorization request for this user and resource.");
        }
        if (!code.redirectUri().equals(redirect)) {
            throw new AadException(AadError.of(
                    500112,
                    "invalid_client",
                    "The reply address '" + redirect + "' does not match the reply address '" + code.redirectUri()
                            + "' provided when requesting Authorization code."));
        }
        checkVerifier(code, form.get("code_verifier"));
        Scopes scopes = form.get("scope").isPresent()
                ? Scopes.parse(required(form, "scope"), tenant)
                : code.scopes().ofFirstResource();
        scopes.resource();
        requireConsent(code.session().user(), app, scopes);
        Policy.check(code.session(), app, now());
        if (!code.used().compareAndSet(false, true)) {
            throw refused(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code.");
        }
        boolean offline = code.scopes().has("offline_access");
        return issuer.forUser(code.session(), caller, offline ? withOffline(scopes) : scopes, code.nonce());
    }

    private static Scopes withOffline(Scopes scopes) {
        java.util.Set<String> openId = new java.util.LinkedHashSet<>(scopes.openId());
        openId.add("offline_access");
        return new Scopes(scopes.text(), openId, scopes.resourceScopes());
    }

    private static void checkVerifier(Code code, Optional<String> verifier) throws AadException {
        if (code.challenge() == null && verifier.isEmpty()) {
            return;
        }
        if (code.challenge() == null) {
            throw refused(
                    501491, "The request has a code_verifier but the authorization request had no code_challenge.");
        }
        if (verifier.isEmpty()) {
            throw refused(
                    50148,
                    "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.");
        }
        String derived = code.challengeHashed() ? sha256(verifier.get()) : verifier.get();
        if (!derived.equals(code.challenge())) {
            throw refused(
                    501481,
                    "The Code_Verifier does not match the code_challenge supplied in the authorization request.");
        }
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode refreshToken(Caller caller, Form form, String tenant) throws AadException {
        App app = caller.app();
        String value = required(form, "refresh_token");
        if (!Grants.hasShape(value)) {
            throw new AadException(AadError.malformedGrant());
        }
        Refresh refresh = grants.refreshToken(value)
                .filter(found -> found.app() == app)
                .orElseThrow(() -> refused(
                        70000,
                        "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid."));
        User user = refresh.session().user();
        if (!refresh.issued().plus(lives.get().refreshIdle()).isAfter(now())) {
            throw new AadException(new AadError(
                    700082,
                    "invalid_grant",
                    "bad_token",
                    "The refresh token has expired due to inactivity. The token was issued on " + refresh.issued()
                            + " and was inactive for "
                            + lives.get().refreshIdle().toDays() + ".00:00:00."));
        }
        Instant validFrom = validFrom(user, app);
        if (refresh.issued().isBefore(validFrom)) {
            throw new AadException(new AadError(
                    50173,
                    "invalid_grant",
                    "bad_token",
                    "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might"
                            + " have changed or reset their password. The grant was issued on '" + refresh.issued()
                            + "' and the TokensValidFrom date (before which tokens are not valid) for this user is '"
                            + validFrom + "'."));
        }
        Scopes scopes = form.get("scope").isPresent()
                ? withOffline(Scopes.parse(required(form, "scope"), tenant))
                : refresh.scopes();
        scopes.resource();
        Policy.check(refresh.session(), app, now());
        requireConsent(user, app, scopes);
        return issuer.forUser(refresh.session(), caller, scopes, null);
    }

    /** A change of password ends what it got, but for the tokens of confidential clients. */
    private static Instant validFrom(User user, App app) {
        Instant all = user.tokensValidFrom();
        Instant password = user.passwordTokensValidFrom();
        return app.publicClient() && password.isAfter(all) ? password : all;
    }

    private ObjectNode clientCredentials(Caller caller, Form form, String tenant) throws AadException {
        App app = caller.app();
        if (Tenants.isShared(tenant)) {
            throw new AadException(AadError.of(
                    9001023,
                    "invalid_request",
                    "The grant type 'client_credentials' is not supported over the /common or /consumers endpoints. Please"
                            + " use the /organizations or tenant-specific endpoint."));
        }
        String text = required(form, "scope");
        Scopes scopes = Scopes.parse(text, tenant);
        if (scopes.resourceScopes().size() != 1 || !text.endsWith("/.default")) {
            throw new AadException(AadError.of(
                    1002012,
                    "invalid_scope",
                    "The provided value for scope " + text
                            + " is not valid. Client credential flows must have a scope value"
                            + " with /.default suffixed to the resource identifier (application ID URI)."));
        }
        Policy.check(app);
        String tenantId =
                tenants.find(tenant).map(Tenant::id).orElse(app.tenant().id());
        ObjectNode answer = Json.object();
        answer.put("token_type", "Bearer");
        answer.put("expires_in", issuer.lifetime().toSeconds());
        answer.put("ext_expires_in", issuer.lifetime().toSeconds());
        answer.put("access_token", issuer.appToken(caller, tenantId, scopes.resource(), issuer.lifetime()));
        return answer;
    }

    private ObjectNode password(Caller caller, Form form, String tenant) throws AadException {
        App app = caller.app();
        Scopes scopes = Scopes.parse(required(form, "scope"), tenant);
        scopes.resource();
        Optional<Tenant> found = tenants.find(tenant);
        Session session =
                new SignIn(organisation).check(required(form, "username"), required(form, "password"), found, app);
        Policy.check(session, app, now());
        if (session.user().tenant().securityDefaults()) {
            throw new AadException(AadError.known(50076));
        }
        requireConsent(session.user(), app, scopes);
        return issuer.forUser(session, caller, scopes, null);
    }

    private ObjectNode deviceCode(Caller caller, Form form) throws AadException {
        App app = caller.app();
        String value = form.get("device_code").or(() -> form.get("code")).orElse("");
        if (value.isEmpty()) {
            throw new AadException(AadError.missing("device_code"));
        }
        DeviceCodes.Pending pending = devices.find(value)
                .filter(found -> found.asked().app() == app)
                .orElseThrow(() -> new AadException(
                        AadError.of(70018, "bad_verification_code", "Invalid verification code or device code.")));
        if (!pending.expires().isAfter(now())) {
            throw new AadException(
                    AadError.of(
                            70020,
                            "expired_token",
                            "The provided value for the input parameter 'device_code' is not valid. This device code has expired."));
        }
        if (pending.declined()) {
            throw new AadException(
                    AadError.of(70017, "authorization_declined", "The end user denied the authorization request."));
        }
        Session session = pending.session();
        if (session == null) {
            throw new AadException(AadError.of(
                    70016,
                    "authorization_pending",
                    "OAuth 2.0 device flow error. Authorization is pending. Continue polling."));
        }
        Policy.check(session, app, now());
        devices.redeemed(value);
        Scopes scopes = pending.asked().scopes();
        return issuer.forUser(session, caller, scopes.ofFirstResource(), null);
    }

    private void requireConsent(User user, App app, Scopes scopes) throws AadException {
        boolean all = scopes.resourceScopes().stream()
                .filter(scope -> !scope.endsWith("/.default"))
                .allMatch(grants.consented(user, app)::contains);
        if (!all) {
            throw new AadException(AadError.noConsent(app.clientId(), app.name()));
        }
    }

    private Instant now() {
        return organisation.clock().instant();
    }

    private static String required(Form form, String field) throws AadException {
        return form.get(field).orElseThrow(() -> new AadException(AadError.missing(field)));
    }

    private static AadException refused(int code, String text) {
        return new AadException(AadError.of(code, "invalid_grant", text));
    }
}
