package org.postroom.credentials;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem.Needs;

/**
 * Words for the errors of Microsoft Entra ID. The class of an error follows the {@code error} member; the AADSTS number
 * only chooses better words, because Microsoft says that numbers change.
 */
final class EntraErrors {
    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{4,8})");

    private record Words(String what, String remedy) {}

    private static final Map<String, Words> KNOWN = Map.ofEntries(
            words(
                    "50011",
                    "The redirect address is not registered with the application.",
                    "Register the address that Postroom shows on the channel page, character for character."),
            words(
                    "50020",
                    "The account that signed in does not belong to this tenant.",
                    "Sign in with an account of the tenant, or correct the tenant."),
            words("50034", "The account does not exist in this tenant.", "Check the user and the tenant."),
            words(
                    "50053",
                    "The account is locked after too many wrong tries.",
                    "Wait, or let an administrator unlock it."),
            words("50055", "The account's password has expired.", "Set a new password, then connect again."),
            words("50056", "The password is wrong.", "Enter it again."),
            words(
                    "50057",
                    "The account is disabled; the account behind a shared mailbox always is.",
                    "Sign in as a licensed user with Full Access to the shared mailbox."),
            words("50059", "The tenant is not known.", "Check the tenant."),
            words("50076", "Microsoft asks for multi-factor authentication.", "Connect again and complete it."),
            words("50079", "The account has to enrol for multi-factor authentication.", "Connect again and enrol."),
            words("50105", "The account is not assigned to the application.", "Assign the user to it in Entra ID."),
            words("50126", "The user name or the password is wrong.", "Check both and sign in again."),
            words("50173", "The sign-in was revoked, for instance because the password was changed.", "Connect again."),
            words(
                    "50194",
                    "The application belongs to a single tenant but 'common' was asked.",
                    "Enter the tenant's own id."),
            words(
                    "500011",
                    "The application was not given access to Exchange Online.",
                    "Add the Office 365 Exchange Online permissions and grant consent."),
            words(
                    "53003",
                    "A Conditional Access policy blocks the sign-in.",
                    "Exclude the service user from the policy."),
            words("501481", "The authorization code belongs to another sign-in.", "Connect again."),
            words("54005", "The authorization code was used already.", "Connect again."),
            words(
                    "65001",
                    "Nobody has consented to the application yet.",
                    "Connect again and accept, or ask for admin consent."),
            words("65004", "The consent was declined.", "Connect again and accept the permissions."),
            words("70000", "Microsoft does not accept the stored sign-in.", "Connect again."),
            words("70008", "The authorization code or sign-in has expired.", "Connect again."),
            words(
                    "700082",
                    "Microsoft no longer accepts this sign-in because it was not used for 90 days.",
                    "Connect again; mail waits in the mailbox meanwhile."),
            words("700016", "The application is not known in this tenant.", "Check the client ID and the tenant."),
            words("7000112", "The application is disabled.", "Enable it in Entra ID."),
            words(
                    "7000215",
                    "The client secret is wrong; often the Secret ID was pasted in place of the Value.",
                    "Paste the Value of the client secret."),
            words("7000218", "A client secret is missing.", "Enter the client secret, or allow public client flows."),
            words("7000222", "The client secret has expired.", "Make a new one in Entra ID and enter its Value."),
            words(
                    "700025",
                    "The application is a public client, which must not send a secret.",
                    "Remove the client secret."),
            words("90002", "The tenant is not known.", "Check the tenant: its directory id or one of its domains."),
            words("90094", "An administrator has to consent to the application.", "Ask for admin consent."),
            words(
                    "28000",
                    "Permissions of two services were asked for at once.",
                    "Ask for those of Exchange Online only."),
            words("70011", "A permission that was asked for does not exist.", "Correct the scopes."));

    /** RFC 6749 section 4.1.2.1: the person, or somebody for them, said no. */
    private static final Words DENIED = new Words(
            "The sign-in was cancelled, or its permissions were declined.",
            "Connect again, sign in and accept the permissions.");

    private EntraErrors() {}

    private static Map.Entry<String, Words> words(String code, String what, String remedy) {
        return Map.entry(code, new Words(what, remedy));
    }

    /** What an error answer means. */
    static TokenProblem read(String error, @Nullable String description, @Nullable String suberror) {
        String number = description == null ? null : number(description);
        Words known = number == null ? null : KNOWN.get(number);
        String code = number == null ? null : "AADSTS" + number;
        Needs needs = needs(error, number);
        Words said = known != null ? known : error.equals("access_denied") ? DENIED : byClass(needs, error, suberror);
        return new TokenProblem(needs, said.what, said.remedy, error, code, description);
    }

    private static @Nullable String number(String description) {
        Matcher matcher = CODE.matcher(description);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static Needs needs(String error, @Nullable String number) {
        return switch (error) {
            case "invalid_grant", "interaction_required", "login_required" ->
                "65001".equals(number) ? Needs.CONSENT : Needs.SIGN_IN;
            case "consent_required", "access_denied" -> Needs.CONSENT;
            case "invalid_client",
                    "unauthorized_client",
                    "invalid_scope",
                    "invalid_resource",
                    "unsupported_grant_type" -> Needs.SETTINGS;
            case "invalid_request", "invalid_tenant" -> Needs.SETTINGS;
            default -> Needs.WAITING;
        };
    }

    private static Words byClass(Needs needs, String error, @Nullable String suberror) {
        String more = suberror == null ? "" : " [" + suberror + "]";
        return switch (needs) {
            case SIGN_IN -> new Words("The identity server asks for a new sign-in" + more + ".", "Connect again.");
            case CONSENT -> new Words("Consent is missing" + more + ".", "Connect again and accept the permissions.");
            case SETTINGS ->
                new Words(
                        "The identity server does not accept the application's settings: " + error + more + ".",
                        "Check tenant, client ID, client secret and scopes.");
            case WAITING ->
                new Words("The identity server cannot answer just now" + more + ".", "Postroom tries again by itself.");
        };
    }
}
