package org.postroom.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Signs access tokens (RFC 7519, RS256) that Dovecot validates by itself. Safe across threads. */
final class TokenIssuer {

    private static final String KEY_ID = "rig";

    private final KeyPair keys;
    private final Path keyFolder;
    private final Clock clock;

    /** {@code keyFolder} is the dictionary of Dovecot's local validation: {@code azp/algorithm/key id}. */
    TokenIssuer(Path keyFolder, Clock clock) throws IOException {
        this.keyFolder = keyFolder;
        this.clock = clock;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            this.keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is missing in this JDK", e);
        }
        publishFor("default");
    }

    /** A token of {@code email} that expires after {@code lifetime}, which may be negative. */
    String token(String email, Duration lifetime, Map<String, ?> extraClaims) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://rig.contoso.test");
        claims.put("aud", "https://outlook.office.com");
        claims.put(
                "sub",
                UUID.nameUUIDFromBytes(email.getBytes(StandardCharsets.UTF_8)).toString());
        claims.put("iat", now + Math.min(0, lifetime.toSeconds()));
        claims.put("exp", now + lifetime.toSeconds());
        claims.put("email", email);
        claims.putAll(extraClaims);
        if (claims.get("azp") instanceof String application) {
            publishFor(application);
        }
        String signed = base64(json(Map.of("alg", "RS256", "kid", KEY_ID, "typ", "JWT"))) + "." + base64(json(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The rig's key does not sign", e);
        }
    }

    private void publishFor(String application) {
        publish(application, KEY_ID, keys.getPublic());
    }

    /** Dovecot looks a key up under the application the token was made for. */
    void publish(String application, String keyId, PublicKey key) {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            Path folder = Files.createDirectories(keyFolder.resolve(application).resolve("RS256"));
            Files.writeString(folder.resolve(keyId), pem);
        } catch (IOException e) {
            throw new IllegalStateException("The public key cannot be written", e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** JSON of claims. Null is refused: Dovecot 2.3.19's auth process crashes on {@code "azp": null}. */
    static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> json(entry.getKey()) + ":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case Collection<?> items ->
                items.stream().map(TokenIssuer::json).collect(Collectors.joining(",", "[", "]"));
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case String text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            default -> throw new IllegalArgumentException("Not a claim: " + value.getClass());
        };
    }
}
