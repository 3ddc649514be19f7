package org.postroom.simulator.entra;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An error of Entra ID.
 *
 * @param code the number after AADSTS
 * @param error OAuth 2.0's word for it (RFC 6749 section 5.2)
 * @param suberror Microsoft's refinement, null where there is none
 * @param text without the code and without trace
 */
record AadError(int code, String error, @Nullable String suberror, String text) {
    private static final Map<Integer, AadError> ORDERED = read();

    private static Map<Integer, AadError> read() {
        try (InputStream in = AadError.class.getResourceAsStream("errors.txt")) {
            if (in == null) {
                throw new IllegalStateException("errors.txt is missing from the program");
            }
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|", 4))
                    .map(part -> new AadError(
                            Integer.parseInt(part[0]), part[1], part[2].isEmpty() ? null : part[2], part[3]))
                    .collect(Collectors.toMap(AadError::code, error -> error));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static AadError of(int code, String error, String text) {
        return new AadError(code, error, null, text);
    }

    /** The error of a code whose text names nothing of the request; for a code not known here, one of no more words. */
    static AadError known(int code) {
        AadError known = ORDERED.get(code);
        return known == null ? of(code, "invalid_grant", "The request was refused by policy.") : known;
    }

    static AadError missing(String parameter) {
        return of(
                900144,
                "invalid_request",
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    static AadError tenantNotFound(String tenant) {
        return of(
                90002,
                "invalid_request",
                "Tenant '" + tenant
                        + "' not found. Check to make sure you have the correct tenant ID and are signing into"
                        + " the correct cloud. Check with your subscription administrator, this may happen if there are no"
                        + " active subscriptions for the tenant.");
    }

    static AadError appNotFound(String clientId, String directory) {
        return of(
                700016,
                "unauthorized_client",
                "Application with identifier '" + clientId + "' was not found in the directory '" + directory
                        + "'. This can happen if the application has not been installed by the administrator of the tenant"
                        + " or consented to by any user in the tenant. You may have sent your authentication request to"
                        + " the wrong tenant.");
    }

    static AadError singleTenant(String clientId, String name) {
        return of(
                50194,
                "invalid_request",
                "Application '" + clientId + "'(" + name + ") is not configured as a multi-tenant application. Usage of"
                        + " the /common endpoint is not supported for such apps created after '10/15/2018'. Use a"
                        + " tenant-specific endpoint or configure the application to be multi-tenant.");
    }

    static AadError noConsent(String clientId, String name) {
        return new AadError(
                65001,
                "invalid_grant",
                "consent_required",
                "The user or administrator has not consented to use the application with ID '" + clientId + "' named '"
                        + name + "'. Send an interactive authorization request for this user and resource.");
    }

    /** A person who may not consent, by the tenant's settings or because only an administrator can. */
    static AadError adminNeeded() {
        return of(90094, "access_denied", "The grant requires admin permission.");
    }

    static AadError redirectMismatch(String redirect, String clientId) {
        return of(
                50011,
                "invalid_request",
                "The redirect URI '" + redirect
                        + "' specified in the request does not match the redirect URIs configured"
                        + " for the application '" + clientId + "'. Make sure the redirect URI sent in the request"
                        + " matches one added to your application in the Azure portal. Navigate to"
                        + " https://aka.ms/redirectUriMismatchError to learn more about how to fix this.");
    }

    static AadError pageExpired() {
        return of(165000, "invalid_request", "Invalid Request: The request tokens do not match the user context.");
    }

    static AadError malformedGrant() {
        return of(9002313, "invalid_grant", "Invalid request. Request is malformed or invalid.");
    }
}
