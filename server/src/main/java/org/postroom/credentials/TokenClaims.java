package org.postroom.credentials;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an access token says of itself (RFC 9068; Microsoft's names). It is read to explain a failure, never to decide
 * whether to trust it: nobody's signature is checked, and the mail server has the last word.
 *
 * @param audience {@code aud}, the services it is for
 * @param scopes {@code scp} or {@code scope}, of a token that a person gave
 * @param roles {@code roles}, of a token of an application's own
 * @param tenant {@code tid}; only Entra ID's tokens have one
 * @param user {@code upn}, or what stands for it
 * @param expires {@code exp}
 * @param objectId {@code oid}; of an application's own token that of its enterprise application
 * @param application {@code appid} or {@code azp}
 */
public record TokenClaims(
        List<String> audience,
        List<String> scopes,
        List<String> roles,
        @Nullable String tenant,
        @Nullable String user,
        @Nullable Instant expires,
        @Nullable String objectId,
        @Nullable String application) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 200;

    /** Copies the lists. */
    public TokenClaims {
        audience = List.copyOf(audience);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
    }

    /** Reads a token; empty if it is opaque, as many providers' are. */
    public static Optional<TokenClaims> read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.isObject() ? Optional.of(of(claims)) : Optional.empty();
        } catch (IllegalArgumentException | JacksonException opaque) {
            return Optional.empty();
        }
    }

    private static TokenClaims of(JsonNode claims) {
        JsonNode expires = claims.path("exp");
        List<String> scopes = words(claims.path("scp"));
        return new TokenClaims(
                words(claims.path("aud")),
                scopes.isEmpty() ? words(claims.path("scope")) : scopes,
                words(claims.path("roles")),
                first(claims, "tid"),
                first(claims, "upn", "preferred_username", "unique_name", "email"),
                expires.isNumber() && Math.abs(expires.asLong()) < 1L << 40
                        ? Instant.ofEpochSecond(expires.asLong())
                        : null,
                first(claims, "oid"),
                first(claims, "appid", "azp"));
    }

    private static List<String> words(JsonNode node) {
        List<String> words = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each -> words.addAll(words(each)));
        } else if (node.isString()) {
            Arrays.stream(node.asString().split(" "))
                    .filter(w -> !w.isBlank())
                    .map(TokenClaims::shown)
                    .forEach(words::add);
        }
        return words;
    }

    private static @Nullable String first(JsonNode claims, String... names) {
        for (String name : names) {
            JsonNode value = claims.path(name);
            if (value.isString() && !value.asString().isBlank()) {
                return shown(value.asString());
            }
        }
        return null;
    }

    /** Claims are shown to people and stand in remedies: no control characters, no quotes, no novels. */
    public static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}'\"`;|]", "?");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    /** Whether no person stands behind it. */
    public boolean ofApplication() {
        return scopes.isEmpty() && !roles.isEmpty();
    }

    /** What it says, on one line, with the claims' own names. */
    public String words() {
        List<String> said = new ArrayList<>();
        add(said, "aud", String.join(" ", audience));
        add(said, "scp", String.join(" ", scopes));
        add(said, "roles", String.join(" ", roles));
        add(said, "tid", tenant);
        add(said, "upn", user);
        add(said, "exp", expires);
        add(said, "oid", objectId);
        add(said, "appid", application);
        return String.join(", ", said);
    }

    private static void add(List<String> said, String name, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            said.add(name + " " + value);
        }
    }
}
