package org.postroom.simulator.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.ClientCertificate;
import org.postroom.simulator.tls.SelfSigned;
import tools.jackson.databind.node.ObjectNode;

/** An app that proves itself with a certificate; every field of its assertion can be bent before it is signed. */
public final class FakeClient {
    public static final SelfSigned IDENTITY = SelfSigned.make(
            "Postroom", Instant.now().minus(Duration.ofDays(1)), Instant.now().plus(Duration.ofDays(90)));

    public final ObjectNode header = Json.object();
    public final ObjectNode claims = Json.object();

    public FakeClient(Simulator simulator) {
        String clientId = simulator.endpoints().app().clientId();
        Instant now = simulator.clock().instant();
        header.put("alg", "PS256").put("typ", "JWT").put("x5t#S256", base64(thumbprint(true)));
        claims.put(
                "aud",
                simulator.endpoints().entra() + "/"
                        + simulator.endpoints().tenant().id() + "/oauth2/v2.0/token");
        claims.put("iss", clientId)
                .put("sub", clientId)
                .put("jti", UUID.randomUUID().toString());
        claims.put("nbf", now.getEpochSecond()).put("exp", now.plusSeconds(300).getEpochSecond());
    }

    public static ClientCertificate certificate() {
        return ClientCertificate.ofPem(IDENTITY.certificatePem(), null);
    }

    public static byte[] thumbprint(boolean sha256) {
        return HexFormat.of()
                .parseHex(sha256 ? certificate().thumbprint256() : certificate().thumbprint());
    }

    public static String base64(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    public String assertion() {
        String content = base64(header.toString().getBytes(UTF_8))
                + "."
                + base64(claims.toString().getBytes(UTF_8));
        try {
            boolean pss = header.path("alg").asString("").startsWith("PS");
            Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA256withRSA");
            if (pss) {
                signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
            }
            signature.initSign(IDENTITY.privateKey());
            signature.update(content.getBytes(US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Client id and assertion as fields of a token request, in place of the secret in {@code fields}. */
    public Map<String, String> in(Map<String, String> fields) {
        Map<String, String> proven = new LinkedHashMap<>(fields);
        proven.remove("client_secret");
        proven.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        proven.put("client_assertion", assertion());
        return proven;
    }
}
