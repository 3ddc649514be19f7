package org.postroom.simulator.entra;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.SimulatorClock;
import org.postroom.simulator.organisation.User;
import tools.jackson.databind.node.ObjectNode;

/** Makes tokens. Access tokens have the v1 shape Exchange gets from Entra; id tokens have the v2 shape. */
final class TokenIssuer {
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final SigningKeys keys;
    private final Grants grants;
    private final SimulatorClock clock;
    private volatile Duration lifetime;

    TokenIssuer(SigningKeys keys, Grants grants, SimulatorClock clock, Duration lifetime) {
        this.keys = keys;
        this.grants = grants;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    void lifetime(Duration wanted) {
        lifetime = wanted;
    }

    Duration lifetime() {
        return lifetime;
    }

    /** The answer of the token endpoint for a user. */
    ObjectNode forUser(Session session, Caller caller, Scopes scopes, @Nullable String nonce) throws AadException {
        User user = session.user();
        App app = caller.app();
        String resource = scopes.resource();
        Set<String> granted = new TreeSet<>();
        for (String scope : grants.consented(user, app)) {
            if (Scopes.resourceOf(scope).equals(resource)) {
                granted.add(scope);
            }
        }
        ObjectNode answer = Json.object();
        answer.put("token_type", "Bearer");
        answer.put("scope", String.join(" ", granted));
        answer.put("expires_in", lifetime.toSeconds());
        answer.put("ext_expires_in", lifetime.toSeconds());
        Set<String> names = granted.stream().map(Scopes::nameOf).collect(Collectors.toCollection(TreeSet::new));
        answer.put("access_token", accessToken(user, caller, resource, names, lifetime));
        if (scopes.has("offline_access")) {
            answer.put(
                    "refresh_token", grants.newRefreshToken(new Grants.Refresh(app, session, scopes, clock.instant())));
        }
        if (scopes.has("openid")) {
            answer.put("id_token", idToken(user, caller, nonce));
        }
        return answer;
    }

    String accessToken(User user, Caller caller, String resource, Set<String> scopeNames, Duration life) {
        ObjectNode claims = common(caller, resource, user.tenant().id(), user.objectId(), life);
        claims.putArray("amr").add("pwd");
        claims.put("name", user.name());
        claims.put("scp", String.join(" ", scopeNames));
        claims.put("unique_name", user.upn());
        claims.put("upn", user.upn());
        return keys.sign(claims);
    }

    /** A token of an app acting for itself. */
    String appToken(Caller caller, String tenantId, String resource, Duration life) {
        App app = caller.app();
        ObjectNode claims = common(caller, resource, tenantId, app.objectId(), life);
        claims.put("idtyp", "app");
        Set<String> roles = grants.roles(app);
        if (!roles.isEmpty()) {
            claims.set("roles", Json.array(roles));
        }
        return keys.sign(claims);
    }

    private ObjectNode common(Caller caller, String resource, String tenantId, String objectId, Duration life) {
        App app = caller.app();
        ObjectNode claims = Json.object();
        Instant now = clock.instant();
        claims.put("aud", resource);
        claims.put("iss", "https://sts.windows.net/" + tenantId + "/");
        claims.put("iat", now.minus(SKEW).getEpochSecond());
        claims.put("nbf", now.minus(SKEW).getEpochSecond());
        claims.put("exp", now.plus(life).getEpochSecond());
        claims.put("app_displayname", app.name());
        claims.put("appid", app.clientId());
        claims.put("appidacr", caller.proof().claim());
        claims.put("oid", objectId);
        claims.put("sub", objectId);
        claims.put("tid", tenantId);
        claims.put("uti", UUID.randomUUID().toString());
        claims.put("ver", "1.0");
        return claims;
    }

    private String idToken(User user, Caller caller, @Nullable String nonce) {
        ObjectNode claims = Json.object();
        Instant now = clock.instant();
        claims.put("aud", caller.app().clientId());
        claims.put("iss", caller.address() + "/" + user.tenant().id() + "/v2.0");
        claims.put("iat", now.minus(SKEW).getEpochSecond());
        claims.put("nbf", now.minus(SKEW).getEpochSecond());
        claims.put("exp", now.plus(Duration.ofHours(1)).getEpochSecond());
        claims.put("name", user.name());
        claims.put("email", user.upn());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        claims.put("oid", user.objectId());
        claims.put("preferred_username", user.upn());
        claims.put("sub", user.objectId());
        claims.put("tid", user.tenant().id());
        claims.put("ver", "2.0");
        return keys.sign(claims);
    }
}
