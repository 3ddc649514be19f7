package org.postroom.simulator.entra;

import java.util.Map;
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
    private static final Map<Integer, AadError> PLAIN = Map.ofEntries(
            plain(
                    50053,
                    "invalid_grant",
                    "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."),
            sub(50055, "invalid_grant", "user_password_expired", "The password is expired."),
            plain(
                    50133,
                    "interaction_required",
                    "The session is not valid due to the following reasons: password expiration or recent password change."),
            plain(50057, "invalid_grant", "The user account is disabled."),
            plain(50126, "invalid_grant", "Error validating credentials due to invalid username or password."),
            plain(
                    50144,
                    "invalid_grant",
                    "The user's Active Directory password has expired. Generate a new password for the user or have the user use the self-service reset tool to reset their password."),
            plain(
                    50105,
                    "invalid_grant",
                    "Your administrator has configured the application to block users unless they are specifically granted ('assigned') access to the application."),
            plain(
                    70043,
                    "invalid_grant",
                    "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access."),
            plain(90033, "temporarily_unavailable", "A transient error has occurred. Please try again."),
            plain(90055, "temporarily_unavailable", "The tenant throttling limit was reached. Please try again later."),
            plain(
                    50196,
                    "invalid_grant",
                    "The server terminated an operation because it encountered a client request loop. Please contact your app vendor."),
            plain(7000112, "unauthorized_client", "The application is disabled."),
            sub(
                    50072,
                    "interaction_required",
                    "basic_action",
                    "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource."),
            sub(50074, "interaction_required", "basic_action", "Strong Authentication is required."),
            sub(
                    50076,
                    "interaction_required",
                    "basic_action",
                    "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource."),
            sub(
                    50078,
                    "interaction_required",
                    "basic_action",
                    "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access the resource."),
            sub(
                    50079,
                    "interaction_required",
                    "basic_action",
                    "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource."),
            sub(50097, "interaction_required", "basic_action", "Device authentication is required."),
            sub(
                    53000,
                    "interaction_required",
                    "message_only",
                    "Your device is required to be managed to access this resource."),
            sub(
                    53001,
                    "interaction_required",
                    "message_only",
                    "Your device is required to be domain joined to access this resource."),
            sub(
                    53002,
                    "interaction_required",
                    "message_only",
                    "The application is not an approved application and therefore cannot access the resource."),
            sub(
                    53003,
                    "interaction_required",
                    "message_only",
                    "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance."),
            sub(
                    530032,
                    "interaction_required",
                    "message_only",
                    "Your tenant has security defaults enabled and access was blocked by security policy."));

    private static Map.Entry<Integer, AadError> plain(int code, String error, String text) {
        return Map.entry(code, new AadError(code, error, null, text));
    }

    private static Map.Entry<Integer, AadError> sub(int code, String error, String suberror, String text) {
        return Map.entry(code, new AadError(code, error, suberror, text));
    }

    static AadError of(int code, String error, String text) {
        return new AadError(code, error, null, text);
    }

    /** The error of a code whose text names nothing of the request; for a code not known here, one of no more words. */
    static AadError known(int code) {
        AadError known = PLAIN.get(code);
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
