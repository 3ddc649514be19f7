package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JWT by which an app proves itself with a certificate (RFC 7523 section 2.2), checked as Microsoft documents it at
 * "Microsoft identity platform application authentication certificate credentials". The same assertion may come twice.
 */
record ClientAssertion(String signed, ObjectNode header, ObjectNode claims, byte[] signature) {
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Refuses unless the form's assertion is the app's, good at {@code now}, and meant for one of the addresses. */
    static void check(App app, Form form, Set<String> audiences, Instant now) throws AadException {
        String type = form.get("client_assertion_type")
                .orElseThrow(() -> new AadException(AadError.missing("client_assertion_type")));
        if (!type.equals(TYPE)) {
            throw new AadException(AssertionErrors.unsupportedType(type));
        }
        ClientAssertion assertion = parse(form.get("client_assertion").orElse(""));
        assertion.checkIssuer(app);
        ClientCertificate key = assertion.key(app);
        assertion.checkKey(app, key, now);
        if (!audiences.contains(assertion.text("aud").toLowerCase(Locale.ROOT))) {
            throw new AadException(AssertionErrors.audience());
        }
        assertion.checkTime(now);
    }

    private static ClientAssertion parse(String text) throws AadException {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new AadException(AssertionErrors.malformed());
        }
        try {
            Base64.Decoder url = Base64.getUrlDecoder();
            Optional<ObjectNode> header = Json.read(new String(url.decode(parts[0]), UTF_8));
            Optional<ObjectNode> claims = Json.read(new String(url.decode(parts[1]), UTF_8));
            if (header.isEmpty() || claims.isEmpty()) {
                throw new AadException(AssertionErrors.malformed());
            }
            return new ClientAssertion(parts[0] + "." + parts[1], header.get(), claims.get(), url.decode(parts[2]));
        } catch (IllegalArgumentException e) {
            throw new AadException(AssertionErrors.malformed());
        }
    }

    private String text(String claim) {
        return claims.path(claim).asString("");
    }

    private void checkIssuer(App app) throws AadException {
        if (text("sub").isEmpty()) {
            throw new AadException(AssertionErrors.noSubject());
        }
        if (!text("sub").equalsIgnoreCase(text("iss"))) {
            throw new AadException(AssertionErrors.subjectIsNotIssuer());
        }
        if (!text("iss").equalsIgnoreCase(app.clientId())) {
            throw new AadException(AssertionErrors.otherClient());
        }
    }

    private ClientCertificate key(App app) throws AadException {
        String print = thumbprint();
        return app.certificates().stream()
                .filter(one -> print.equals(header.has("x5t#S256") ? one.thumbprint256() : one.thumbprint()))
                .findFirst()
                .orElseThrow(() -> new AadException(AssertionErrors.keyNotFound(app, print)));
    }

    /** The header's thumbprint in hex: {@code x5t#S256}, else {@code x5t}, else {@code kid}, which may be hex already. */
    private String thumbprint() throws AadException {
        for (String name : new String[] {"x5t#S256", "x5t", "kid"}) {
            String value = header.path(name).asString("");
            if (value.matches("[0-9a-fA-F]{40}")) {
                return value.toUpperCase(Locale.ROOT);
            }
            if (!value.isEmpty()) {
                try {
                    byte[] hash = Base64.getUrlDecoder().decode(value);
                    return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
                } catch (IllegalArgumentException e) {
                    return value;
                }
            }
        }
        throw new AadException(AssertionErrors.noThumbprint());
    }

    private void checkKey(App app, ClientCertificate key, Instant now) throws AadException {
        String algorithm = header.path("alg").asString("");
        if (!algorithm.matches("[RP]S(256|384|512)")) {
            throw new AadException(AssertionErrors.algorithm(algorithm));
        }
        if (!(key.certificate().getPublicKey() instanceof RSAPublicKey)) {
            throw new AadException(AssertionErrors.keyType());
        }
        if (!key.expires().isAfter(now) || key.starts().minus(SKEW).isAfter(now)) {
            throw new AadException(AssertionErrors.keyExpired(app, key, thumbprint()));
        }
        if (!verified(algorithm, key)) {
            throw new AadException(AssertionErrors.signature(app, key, thumbprint()));
        }
    }

    private boolean verified(String algorithm, ClientCertificate key) {
        String bits = algorithm.substring(2);
        try {
            Signature check = algorithm.startsWith("PS")
                    ? Signature.getInstance("RSASSA-PSS")
                    : Signature.getInstance("SHA" + bits + "withRSA");
            if (algorithm.startsWith("PS")) {
                String hash = "SHA-" + bits;
                check.setParameter(
                        new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / 8, 1));
            }
            check.initVerify(key.certificate().getPublicKey());
            check.update(signed.getBytes(US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without {@code nbf} an assertion counts as valid from 1970 on; how far {@code exp} lies ahead is not limited. */
    private void checkTime(Instant now) throws AadException {
        if (!claims.path("exp").isNumber()) {
            throw new AadException(AssertionErrors.malformed());
        }
        Instant from = Instant.ofEpochSecond(claims.path("nbf").asLong(0));
        Instant until = Instant.ofEpochSecond(claims.path("exp").asLong(0));
        if (from.minus(SKEW).isAfter(now) || !until.plus(SKEW).isAfter(now)) {
            throw new AadException(AssertionErrors.time(now, from, until));
        }
    }
}
