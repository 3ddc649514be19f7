package org.postroom.credentials;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Signed statements in place of a secret (RFC 7523). */
final class Assertions {
    /** The {@code client_assertion_type} of RFC 7523 section 2.2. */
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    /** The server's clock may be behind ours by this much. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    /** Less for the time of issue: Keycloak takes no statement that is a minute old, whatever its end. */
    private static final Duration ISSUED_BEFORE = Duration.ofSeconds(10);

    private Assertions() {}

    /**
     * That this is the application (RFC 7523 section 2.2), as Microsoft and others take it: PS256 and the certificate's
     * {@code x5t#S256}.
     *
     * @param now as the server's clock has it
     */
    static String ofClient(OAuthClient client, KeyPairPem pair, URI audience, Instant now) {
        String id = client.auth().clientId();
        var header = new JWSHeader.Builder(JWSAlgorithm.PS256)
                .type(JOSEObjectType.JWT)
                .x509CertSHA256Thumbprint(new Base64URL(pair.shown().thumbprint()))
                .build();
        JWTClaimsSet claims = claims(id, audience, now).subject(id).build();
        return signed(header, claims, pair.key());
    }

    /** That a service account may act for a mailbox of its domain (RFC 7523 section 2.1, as Google documents it). */
    static String ofServiceAccount(
            OAuthClient client, ServiceAccountKey account, @Nullable String user, URI audience, Instant now) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(account.keyId())
                .build();
        JWTClaimsSet claims = claims(account.email(), audience, now)
                .subject(user)
                .claim("scope", String.join(" ", client.needed()))
                .build();
        return signed(header, claims, account.key());
    }

    private static JWTClaimsSet.Builder claims(String issuer, URI audience, Instant now) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(List.of(audience.toString()))
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now.minus(ISSUED_BEFORE)))
                .notBeforeTime(Date.from(now.minus(BEFORE)))
                .expirationTime(Date.from(now.plus(GOOD_FOR)));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, PrivateKey key) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK signs with RSA", e);
        }
    }
}
