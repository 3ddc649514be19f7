package org.postroom.simulator.entra;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Propagation;
import org.postroom.simulator.organisation.User;

/** Codes, refresh tokens and consent that were given. Safe for all threads. */
final class Grants {
    private static final Pattern SHAPE = Pattern.compile("1\\.[A-Za-z0-9_-]{60,}");

    private final Propagation propagation;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Refresh> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> consents = new ConcurrentHashMap<>();

    Grants(Propagation propagation) {
        this.propagation = propagation;
    }

    /** What an authorization code stands for. */
    record Code(
            App app,
            Session session,
            Scopes scopes,
            String redirectUri,
            @Nullable String challenge,
            boolean challengeHashed,
            @Nullable String nonce,
            Instant issued,
            AtomicBoolean used) {}

    /** What a refresh token stands for. */
    record Refresh(App app, Session session, Scopes scopes, Instant issued) {}

    String newCode(Code code) {
        String value = newValue(80);
        codes.put(value, code);
        return value;
    }

    String newRefreshToken(Refresh refresh) {
        String value = newValue(160);
        refreshTokens.put(value, refresh);
        return value;
    }

    String newValue(int octets) {
        byte[] bytes = new byte[octets];
        random.nextBytes(bytes);
        return "1." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean hasShape(String value) {
        return SHAPE.matcher(value).matches();
    }

    Optional<Code> code(String value) {
        return Optional.ofNullable(codes.get(value));
    }

    Optional<Refresh> refreshToken(String value) {
        return Optional.ofNullable(refreshTokens.get(value));
    }

    /** Full scopes the user, or an administrator for all, consented to, as far as they count yet. */
    Set<String> consented(User user, App app) {
        Set<String> all = new HashSet<>(consents.getOrDefault(key(user, app), Set.of()));
        app.adminConsent().stream()
                .filter(scope -> propagation.inForce("consent", app.clientId(), scope))
                .forEach(all::add);
        return all;
    }

    /** Application permissions with admin consent that count yet. */
    Set<String> roles(App app) {
        Set<String> roles = new TreeSet<>(app.permissions());
        roles.removeIf(role -> !propagation.inForce("consent", app.clientId(), role));
        return roles;
    }

    /** An administrator consents for everybody; it counts after the tenant's delay. */
    void consentForAll(App app, Set<String> permissions) {
        for (String permission : permissions) {
            Set<String> target = permission.contains("/") ? app.adminConsent() : app.permissions();
            if (target.add(permission)) {
                propagation.granted(
                        "consent", app.clientId(), permission, app.tenant().permissionDelay());
            }
        }
    }

    void consent(User user, App app, Set<String> scopes) {
        consents.computeIfAbsent(key(user, app), k -> ConcurrentHashMap.newKeySet())
                .addAll(scopes);
    }

    void withdrawConsent(User user) {
        consents.keySet().removeIf(key -> key.startsWith(user.upn() + "|"));
    }

    private static String key(User user, App app) {
        return user.upn() + "|" + app.clientId();
    }
}
