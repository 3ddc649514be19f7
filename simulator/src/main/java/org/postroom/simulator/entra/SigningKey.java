package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.postroom.simulator.http.Json;
import tools.jackson.databind.node.ObjectNode;

/** The key tokens are signed with, RS256 (RFC 7515, RFC 7518 section 3.3). Safe for all threads. */
final class SigningKey {
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /** Made once a program; what keeps two simulators in one program apart is the key's id. */
    private static final KeyPair FIRST = generate();

    private final KeyPair pair;
    private final String id =
            URL.encodeToString(UUID.randomUUID().toString().substring(0, 20).getBytes(UTF_8));

    private SigningKey(KeyPair pair) {
        this.pair = pair;
    }

    /** The key a simulator starts with. */
    static SigningKey first() {
        return new SigningKey(FIRST);
    }

    /** Another key. */
    static SigningKey another() {
        return new SigningKey(generate());
    }

    /** Its name in tokens and in the key set. */
    String id() {
        return id;
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSA is not available", e);
        }
    }

    String sign(ObjectNode claims) {
        ObjectNode header = Json.object();
        header.put("typ", "JWT").put("alg", "RS256").put("x5t", id).put("kid", id);
        String content = encode(header.toString()) + "." + encode(claims.toString());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(content.getBytes(UTF_8));
            return content + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign", e);
        }
    }

    /** The claims of a token this key signed; times are not looked at. */
    Optional<ObjectNode> verify(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(pair.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
            boolean right = signature.verify(Base64.getUrlDecoder().decode(parts[2]));
            return json(parts[0])
                    .filter(header -> right && header.path("kid").asString("").equals(id))
                    .flatMap(header -> json(parts[1]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectNode> json(String part) {
        return Json.read(new String(Base64.getUrlDecoder().decode(part), UTF_8));
    }

    /** The public half as a JSON Web Key (RFC 7517). */
    ObjectNode publicKey() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        ObjectNode json = Json.object();
        json.put("kty", "RSA")
                .put("use", "sig")
                .put("alg", "RS256")
                .put("kid", id)
                .put("x5t", id);
        json.put("n", unsigned(key.getModulus())).put("e", unsigned(key.getPublicExponent()));
        return json;
    }

    private static String unsigned(BigInteger value) {
        byte[] octets = value.toByteArray();
        return URL.encodeToString(octets[0] == 0 ? Arrays.copyOfRange(octets, 1, octets.length) : octets);
    }

    private static String encode(String text) {
        return URL.encodeToString(text.getBytes(UTF_8));
    }
}
