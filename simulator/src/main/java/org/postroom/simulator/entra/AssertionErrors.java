package org.postroom.simulator.entra;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;

/** What Entra says of a client assertion it refuses. */
final class AssertionErrors {
    private static final String REVIEW =
            " Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private AssertionErrors() {}

    static AadError malformed() {
        return request(50027, "JWT token is invalid or malformed.");
    }

    static AadError noSubject() {
        return request(50027, "Invalid JWT token. Token doesn't contain sub claim.");
    }

    static AadError noThumbprint() {
        return request(
                5002723,
                "Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified"
                        + " in token header.");
    }

    static AadError algorithm(String name) {
        return request(
                5002738,
                "Invalid JWT token. '" + name + "' is not a supported signature algorithm. Supported signing algorithms"
                        + " are: 'RS256,RS384,RS512,PS256,PS384,PS512'");
    }

    static AadError keyType() {
        return request(5002730, "Invalid JWT token. Unsupported key for the signing algorithm.");
    }

    static AadError unsupportedType(String type) {
        return request(90023, "Unsupported 'client_assertion_type' value '" + type + "'.");
    }

    static AadError subjectIsNotIssuer() {
        return client(50048, "Subject must match the issuer claim in the client assertion.");
    }

    static AadError otherClient() {
        return client(700021, "Client assertion application identifier doesn't match 'client_id' parameter." + REVIEW);
    }

    static AadError audience() {
        return client(700023, "Client assertion audience claim does not match Realm issuer." + REVIEW);
    }

    static AadError time(Instant now, Instant from, Instant until) {
        return client(
                700024,
                "Client assertion is not within its valid time range. Current time: " + MOMENT.format(now)
                        + ", assertion valid from " + MOMENT.format(from) + ", expiry time of assertion "
                        + MOMENT.format(until) + "." + REVIEW);
    }

    static AadError keyNotFound(App app, String thumbprint) {
        return client(
                700027,
                "The certificate with identifier used to sign the client assertion is not registered on application."
                        + " [Reason - The key was not found., Thumbprint of key used by client: '" + thumbprint + "', "
                        + visit(app));
    }

    static AadError keyExpired(App app, ClientCertificate key, String thumbprint) {
        return client(
                700027,
                "The certificate with identifier used to sign the client assertion is expired on application."
                        + " [Reason - The key used is expired., " + found(key, thumbprint) + visit(app));
    }

    static AadError signature(App app, ClientCertificate key, String thumbprint) {
        return client(
                700027,
                "Client assertion contains an invalid signature. [Reason - The provided signature value did not match the"
                        + " expected signature value., " + found(key, thumbprint) + visit(app));
    }

    private static String found(ClientCertificate key, String thumbprint) {
        return "Thumbprint of key used by client: '" + thumbprint + "', Found key 'Start=" + DATE.format(key.starts())
                + ", End=" + DATE.format(key.expires()) + "', ";
    }

    private static String visit(App app) {
        return "Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '"
                + app.clientId()
                + "'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to"
                + " determine the corresponding service endpoint and"
                + " https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a"
                + " query request URL, such as 'https://graph.microsoft.com/beta/applications/" + app.clientId()
                + "'].";
    }

    private static AadError client(int code, String text) {
        return AadError.of(code, "invalid_client", text);
    }

    private static AadError request(int code, String text) {
        return AadError.of(code, "invalid_request", text);
    }
}
