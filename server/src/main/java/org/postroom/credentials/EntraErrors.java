package org.postroom.credentials;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem.Needs;

/**
 * Words for the errors of Microsoft Entra ID. The class of an error follows the {@code error} member; the AADSTS number
 * only chooses better words, because Microsoft says that numbers change. One exception errs to the safe side: a number
 * that stands for a passing trouble means waiting.
 */
final class EntraErrors {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,8})");

    /** Troubles of Microsoft's own; nobody is called to sign in for them, whatever the error is. */
    private static final Set<String> PASSING = Set.of("90006", "90024", "90033", "50033", "90012", "90055", "50196");

    /** RFC 6749 section 4.1.2.1: the person, or somebody for them, said no. */
    private static final EntraWords DENIED = new EntraWords(
            "The sign-in was cancelled, or its permissions were declined.",
            "Connect again, sign in and accept the permissions.");

    private EntraErrors() {}

    /** What an error answer without claims means. */
    static TokenProblem read(String error, @Nullable String description, @Nullable String suberror) {
        return read(error, description, suberror, null);
    }

    /** What an error answer means. */
    static TokenProblem read(
            String error, @Nullable String description, @Nullable String suberror, @Nullable String claims) {
        String number = description == null ? null : number(description);
        EntraWords known = number == null ? null : EntraWords.of(number);
        String code = number == null ? null : "AADSTS" + number;
        Needs needs = needs(error, number, suberror);
        EntraWords said =
                known != null ? known : error.equals("access_denied") ? DENIED : byClass(needs, error, suberror);
        return new TokenProblem(needs, said.what(), said.remedy(), error, code, description, claims);
    }

    private static @Nullable String number(String description) {
        Matcher matcher = CODE.matcher(description);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static Needs needs(String error, @Nullable String number, @Nullable String suberror) {
        if (number != null && PASSING.contains(number)) {
            return Needs.WAITING;
        }
        return switch (error) {
            case "invalid_grant", "interaction_required", "login_required" ->
                "consent_required".equals(suberror) ? Needs.CONSENT : Needs.SIGN_IN;
            case "bad_verification_code", "expired_token" -> Needs.SIGN_IN;
            case "consent_required", "access_denied", "authorization_declined" -> Needs.CONSENT;
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_scope",
                    "invalid_resource",
                    "unsupported_grant_type",
                    "invalid_request",
                    "invalid_tenant" -> Needs.SETTINGS;
            default -> Needs.WAITING;
        };
    }

    private static EntraWords byClass(Needs needs, String error, @Nullable String suberror) {
        String more = suberror == null ? "" : " [" + suberror + "]";
        return switch (needs) {
            case SIGN_IN -> new EntraWords("The identity server asks for a new sign-in" + more + ".", "Connect again.");
            case CONSENT ->
                new EntraWords("Consent is missing" + more + ".", "Connect again and accept the permissions.");
            case SETTINGS ->
                new EntraWords(
                        "The identity server does not accept the application's settings: " + error + more + ".",
                        "Check tenant, client ID, client secret and scopes.");
            case WAITING ->
                new EntraWords(
                        "The identity server cannot answer just now" + more + ".", "Postroom tries again by itself.");
        };
    }
}
