package org.postroom.channel;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.credentials.KeyPairPem;
import org.postroom.credentials.Provider;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.ServiceAccountKey;
import tools.jackson.databind.json.JsonMapper;

/** Who the application is and how it proves itself: client id, secret, certificate, service account. */
final class ApplicationCheck {
    /** Entra ID's secrets have an id of this shape; their values never have it. */
    private static final Pattern SECRET_ID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final String CERTIFICATE = "authentication.certificate";
    private static final String SECRET = "authentication.clientSecret";
    private static final int LARGEST_KEY = 32_000;

    private final Entered entered;
    private final Map<Purpose, String> secrets;
    private final Instant now;
    private final JsonMapper json = JsonMapper.builder().build();

    ApplicationCheck(Entered entered, Map<Purpose, String> secrets, Instant now) {
        this.entered = entered;
        this.secrets = secrets;
        this.now = now;
    }

    /** What came of it. */
    record Proof(String clientId, boolean isPublic, Authentication.@Nullable Certificate certificate) {}

    Proof check(
            AuthenticationInput input,
            Provider provider,
            Grant grant,
            String authority,
            Authentication.@Nullable OAuth2 old) {
        return switch (grant) {
            case SERVICE_ACCOUNT -> serviceAccount(input, old);
            case EXTERNAL -> external(input, old);
            case AUTHORIZATION_CODE, DEVICE_CODE, CLIENT_CREDENTIALS, PASSWORD -> {
                String clientId = entered.text("authentication.clientId", input.clientId(), 1, 300);
                // What is stored was entrusted to this application at this server and goes nowhere else.
                Authentication.OAuth2 same = old != null
                                && old.clientId().equals(clientId)
                                && old.provider() == provider
                                && old.authority().equals(trimmed(authority))
                        ? old
                        : null;
                yield secretOrCertificate(input, grant, clientId, same);
            }
        };
    }

    private static String trimmed(String authority) {
        return authority.endsWith("/") ? authority.substring(0, authority.length() - 1) : authority;
    }

    private Proof secretOrCertificate(
            AuthenticationInput input, Grant grant, String clientId, Authentication.@Nullable OAuth2 same) {
        String secret =
                input.clientSecret() == null ? null : input.clientSecret().strip();
        Object given = input.certificate();
        String pem = given instanceof String text && !text.isBlank() ? text : null;
        boolean enteredSecret = secret != null && !secret.isEmpty();
        if (enteredSecret && pem != null) {
            entered.problem(CERTIFICATE, "an application proves itself by a secret or by a certificate; enter one");
        }
        if (pem != null) {
            return new Proof(clientId, false, certificate(pem));
        }
        if (given != null && !(given instanceof String) && !(given instanceof Map)) {
            entered.problem(CERTIFICATE, "enter the text of a PEM file");
        }
        if (enteredSecret) {
            secret(Objects.requireNonNull(secret));
            return new Proof(clientId, false, null);
        }
        if (secret != null && given == null && same != null && !same.publicClient()) {
            // Entered as empty: it is to be a public client from now on.
            secrets.put(Purpose.CLIENT_SECRET, "");
            return needed(grant, new Proof(clientId, true, null));
        }
        return needed(
                grant,
                same == null
                        ? new Proof(clientId, true, null)
                        : new Proof(clientId, same.publicClient(), same.certificate()));
    }

    private Proof needed(Grant grant, Proof proof) {
        if (grant == Grant.CLIENT_CREDENTIALS && proof.isPublic()) {
            entered.problem(SECRET, "the application signs in by itself and needs its secret or a certificate");
        }
        return proof;
    }

    private void secret(String secret) {
        if (SECRET_ID.matcher(secret).matches()) {
            entered.problem(SECRET, "this is a Secret ID; paste the secret's Value, which Entra ID shows once");
        } else if (secret.length() > 4_000 || secret.chars().anyMatch(Character::isISOControl)) {
            entered.problem(SECRET, "the secret is one line of at most 4,000 characters");
        } else {
            secrets.put(Purpose.CLIENT_SECRET, secret);
        }
    }

    private Authentication.@Nullable Certificate certificate(String pem) {
        if (pem.length() > LARGEST_KEY) {
            entered.problem(CERTIFICATE, "at most " + LARGEST_KEY + " characters");
            return null;
        }
        try {
            Authentication.Certificate shown = KeyPairPem.read(pem).shown();
            if (shown.notAfter().isBefore(now)) {
                entered.problem(
                        CERTIFICATE,
                        "the certificate ended on "
                                + shown.notAfter().atOffset(ZoneOffset.UTC).toLocalDate()
                                + "; make a new one and upload it to the app registration");
            } else if (shown.notBefore().isAfter(now)) {
                entered.problem(
                        CERTIFICATE,
                        "the certificate is not valid before "
                                + shown.notBefore().atOffset(ZoneOffset.UTC).toLocalDate());
            }
            secrets.put(Purpose.CLIENT_CERTIFICATE, pem);
            return shown;
        } catch (IllegalArgumentException e) {
            entered.problem(CERTIFICATE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Proof serviceAccount(AuthenticationInput input, Authentication.@Nullable OAuth2 old) {
        String field = "authentication.serviceAccountKey";
        Object given = input.serviceAccountKey();
        String file = given instanceof String text
                ? text.strip()
                : given instanceof Map<?, ?> map ? json.writeValueAsString(map) : "";
        if (file.isEmpty()) {
            if (old != null && old.grant() == Grant.SERVICE_ACCOUNT) {
                return new Proof(old.clientId(), false, null);
            }
            entered.problem(field, "paste the JSON key file of the service account");
            return new Proof("", false, null);
        }
        if (file.length() > LARGEST_KEY) {
            entered.problem(field, "at most " + LARGEST_KEY + " characters");
            return new Proof("", false, null);
        }
        try {
            String email = ServiceAccountKey.read(file).email();
            secrets.put(Purpose.SERVICE_ACCOUNT_KEY, file);
            return new Proof(email, false, null);
        } catch (IllegalArgumentException e) {
            entered.problem(field, String.valueOf(e.getMessage()));
            return new Proof("", false, null);
        }
    }

    /** The word for the token service, if it wants one, is kept as the client secret. */
    private Proof external(AuthenticationInput input, Authentication.@Nullable OAuth2 old) {
        String word = input.clientSecret() == null ? "" : input.clientSecret().strip();
        boolean same = old != null
                && old.grant() == Grant.EXTERNAL
                && Objects.equals(
                        old.tokenService(),
                        input.tokenService() == null
                                ? null
                                : input.tokenService().strip());
        if (!word.isEmpty()) {
            secrets.put(Purpose.CLIENT_SECRET, word);
        } else if (!same) {
            secrets.put(Purpose.CLIENT_SECRET, "");
        }
        boolean had = same && old != null && !old.publicClient();
        String clientId = input.clientId() == null ? "" : input.clientId().strip();
        return new Proof(clientId, word.isEmpty() && !had, null);
    }
}
