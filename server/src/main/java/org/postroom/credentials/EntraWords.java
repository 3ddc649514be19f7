package org.postroom.credentials;

import org.jspecify.annotations.Nullable;

/**
 * What a numbered error of Microsoft Entra ID means.
 *
 * @param what what happened, in plain words
 * @param remedy what to do, with the way through the Entra admin center
 */
record EntraWords(String what, String remedy) {
    private static final String BY_ITSELF = "Postroom tries again by itself.";
    private static final String UPDATE =
            "Connect again; if it stays, update Postroom and report the code with its correlation ID.";
    private static final String EXCLUDE =
            "Exclude the sign-in user: Protection → Conditional Access → Policies → the policy"
                    + " → Users → Exclude; then connect again.";

    /** The words for an AADSTS number; null if it is not known. */
    static @Nullable EntraWords of(String number) {
        EntraWords words = account(number);
        words = words == null ? policy(number) : words;
        words = words == null ? application(number) : words;
        words = words == null ? permission(number) : words;
        return words == null ? signIn(number) : words;
    }

    private static EntraWords say(String what, String remedy) {
        return new EntraWords(what, remedy);
    }

    private static @Nullable EntraWords account(String number) {
        return switch (number) {
            case "50020" ->
                say(
                        "The account that signed in does not belong to this tenant.",
                        "Sign in with an account of the tenant, correct the tenant, or invite the account: Users → All users"
                                + " → New user → Invite external user.");
            case "50034" ->
                say(
                        "The account does not exist in this tenant.",
                        "Check the spelling of the sign-in user, and the tenant.");
            case "51004" ->
                say(
                        "The account is not in this tenant's directory.",
                        "Look for it under Users → All users; sign in with one that is there, or correct the tenant.");
            case "50053" ->
                say(
                        "The account is locked after too many wrong tries, or the sign-in came from an address that"
                                + " Microsoft distrusts.",
                        "Wait some minutes, or see Users → the user → Sign-in logs and reset the password; connect again.");
            case "50055" ->
                say(
                        "The account's password has expired.",
                        "Set a new password at https://passwordreset.microsoftonline.com, then connect again.");
            case "50144" ->
                say(
                        "The account's password in Active Directory has expired.",
                        "Set a new password in Active Directory, wait until it is synchronised, then connect again.");
            case "50056" ->
                say(
                        "The password is wrong, or Entra ID holds none for this account.",
                        "Enter it again; for an account that signs in elsewhere choose the grant authorization code.");
            case "50126" -> say("The user name or the password is wrong.", "Check both and sign in again.");
            case "50057" ->
                say(
                        "The account is disabled; the account behind a shared mailbox always is.",
                        "Sign in as a licensed user with Full Access to the shared mailbox, or enable the user: Users →"
                                + " the user → Properties → Account enabled.");
            case "50059", "90002" ->
                say(
                        "The tenant is not known.",
                        "Check the tenant: its directory id or one of its domains (Identity → Overview → Tenant ID).");
            default -> null;
        };
    }

    private static @Nullable EntraWords policy(String number) {
        return switch (number) {
            case "50072" ->
                say(
                        "The account has to enrol for multi-factor authentication, from here or since a change.",
                        "Connect again and enrol on Microsoft's page; the grant password cannot do that.");
            case "50074" ->
                say(
                        "Strong authentication is required and was not completed.",
                        "Connect again and complete the multi-factor question; the grant password cannot answer it.");
            case "50076" ->
                say(
                        "Microsoft asks for multi-factor authentication.",
                        "Connect again and complete it; the grant password cannot.");
            case "50078" ->
                say(
                        "The multi-factor authentication has expired, as a policy of the tenant demands.",
                        "Connect again and complete it; the policy is under Protection → Conditional Access → Session.");
            case "50079" ->
                say(
                        "The account has to enrol for multi-factor authentication.",
                        "Connect again and enrol; the grant password cannot do that.");
            case "50097" -> say("A policy of the tenant asks for a registered device; a server is none.", EXCLUDE);
            case "53000" -> say("A policy of the tenant asks for a compliant device; a server is none.", EXCLUDE);
            case "53001" -> say("A policy of the tenant asks for a domain-joined device; a server is none.", EXCLUDE);
            case "53002" ->
                say("A policy of the tenant allows approved apps only, and Postroom is not among them.", EXCLUDE);
            case "50131" ->
                say(
                        "A Conditional Access policy refused the device or the place of the sign-in.",
                        "See which policy under Users → the user → Sign-in logs → Conditional Access. " + EXCLUDE);
            case "53003" -> say("A Conditional Access policy blocks the sign-in.", EXCLUDE);
            case "530032" ->
                say(
                        "A security policy of the tenant blocks the sign-in.",
                        "See which one under Users → the user → Sign-in logs → Conditional Access. " + EXCLUDE);
            case "530035" ->
                say(
                        "Security Defaults of the tenant block the sign-in.",
                        "Use the grant authorization code; or change Identity → Overview → Properties → Manage security"
                                + " defaults.");
            case "70043" ->
                say(
                        "The sign-in has ended because a policy limits how long one lasts (sign-in frequency).",
                        "Connect again, and exclude the sign-in user: Protection → Conditional Access → the policy →"
                                + " Session → Sign-in frequency.");
            default -> null;
        };
    }

    private static @Nullable EntraWords application(String number) {
        return switch (number) {
            case "50011" ->
                say(
                        "The redirect address is not registered with the application.",
                        "Register the address that Postroom shows on the channel page, character for character: App"
                                + " registrations → the app → Authentication → Web → Redirect URIs.");
            case "50194" ->
                say(
                        "The application belongs to a single tenant but 'common' was asked.",
                        "Enter the tenant's own id: App registrations → the app → Overview → Directory (tenant) ID.");
            case "9001023" ->
                say(
                        "This grant needs a tenant of its own, but 'common' or 'consumers' was asked.",
                        "Enter the tenant's own id: App registrations → the app → Overview → Directory (tenant) ID.");
            case "700016" ->
                say(
                        "The application is not known in this tenant.",
                        "Check the client ID and the tenant: App registrations → the app → Overview.");
            case "70001" ->
                say(
                        "The application is not known in this tenant, or is disabled there.",
                        "Check the client ID; then Enterprise applications → the app → Properties → Enabled for users.");
            case "700011" ->
                say(
                        "The application was never added to this tenant.",
                        "Check the client ID and the tenant; an administrator adds the application by consenting to it.");
            case "7000112" ->
                say(
                        "The application is disabled.",
                        "Enable it: Enterprise applications → the app → Properties → Enabled for users to sign in.");
            case "70002" ->
                say(
                        "The application's proof was not accepted: a wrong client secret, or one of another application.",
                        "Check the client ID, and paste the Value of a client secret: App registrations → the app →"
                                + " Certificates & secrets.");
            case "7000215" ->
                say(
                        "The client secret is wrong; often the Secret ID was pasted in place of the Value.",
                        "Paste the Value of the client secret: App registrations → the app → Certificates & secrets →"
                                + " New client secret, where the Value is lost.");
            case "7000222" ->
                say(
                        "The client secret has expired.",
                        "Make a new one and enter its Value: App registrations → the app → Certificates & secrets → New"
                                + " client secret.");
            case "7000218" ->
                say(
                        "A client secret is missing.",
                        "Enter the client secret, or allow public client flows: App registrations → the app →"
                                + " Authentication → Advanced settings.");
            case "700025" ->
                say("The application is a public client, which must not send a secret.", "Remove the client secret.");
            case "700027" ->
                say(
                        "The certificate that proves the application was not accepted.",
                        "Upload the certificate in use: App registrations → the app → Certificates & secrets →"
                                + " Certificates; or use a client secret.");
            case "700084" ->
                say(
                        "The sign-in ended after 24 hours, because the redirect address is of the type single-page"
                                + " application.",
                        "Register it under Web: App registrations → the app → Authentication → Add a platform → Web;"
                                + " remove the other, then connect again.");
            default -> null;
        };
    }

    private static @Nullable EntraWords permission(String number) {
        return switch (number) {
            case "50105" ->
                say(
                        "The account is not assigned to the application.",
                        "Assign it: Enterprise applications → the app → Users and groups → Add user; then connect again.");
            case "500011" ->
                say(
                        "The application was not given access to Exchange Online.",
                        "Add the Office 365 Exchange Online permissions and grant consent: App registrations → the app →"
                                + " API permissions.");
            case "650052" ->
                say(
                        "The organisation has no subscription to the service whose permissions are asked for.",
                        "Give the organisation a licence with Exchange Online: Microsoft 365 admin center → Billing →"
                                + " Licenses.");
            case "650057" ->
                say(
                        "A permission is asked for that the application's registration does not list.",
                        "Add it: App registrations → the app → API permissions → Add a permission; grant admin consent.");
            case "65005" ->
                say(
                        "The application's registration does not list Exchange Online among what it needs.",
                        "Add it: App registrations → the app → API permissions → Add a permission → APIs my organization"
                                + " uses → Office 365 Exchange Online.");
            case "65001" ->
                say(
                        "Nobody has consented to the application yet.",
                        "Connect again and accept, or ask for admin consent: Enterprise applications → the app →"
                                + " Permissions → Grant admin consent.");
            case "650056" ->
                say(
                        "The application is incomplete: it lists no permissions, or nobody has consented to them.",
                        "Add permissions and grant admin consent: App registrations → the app → API permissions.");
            case "90094" ->
                say(
                        "An administrator has to consent to the application.",
                        "Ask for admin consent: Enterprise applications → the app → Permissions → Grant admin consent.");
            case "65004" -> say("The consent was declined.", "Connect again and accept the permissions.");
            case "28000", "700022" ->
                say(
                        "Permissions of two services were asked for at once.",
                        "Correct the scopes: ask for those of Exchange Online only.");
            case "28002" ->
                say(
                        "A permission that was asked for is not one of this service.",
                        "Correct the scopes, each with its service in front: https://outlook.office.com/SMTP.Send.");
            case "70011" -> say("A permission that was asked for does not exist.", "Correct the scopes.");
            default -> null;
        };
    }

    private static @Nullable EntraWords signIn(String number) {
        return switch (number) {
            case "50058" ->
                say(
                        "Nobody is signed in at Microsoft in this browser.",
                        "Connect again and sign in on Microsoft's page.");
            case "50089" -> say("The sign-in took too long and has expired.", "Connect again.");
            case "70008" -> say("The authorization code or sign-in has expired.", "Connect again.");
            case "700082" ->
                say(
                        "Microsoft no longer accepts this sign-in because it was not used for 90 days.",
                        "Connect again; mail waits in the mailbox meanwhile.");
            case "50132" ->
                say("The sign-in is no longer valid: its session was revoked or has expired.", "Connect again.");
            case "50133" -> say("The sign-in ended because the password was changed or has expired.", "Connect again.");
            case "50173" ->
                say("The sign-in was revoked, for instance because the password was changed.", "Connect again.");
            case "70000" ->
                say(
                        "Microsoft does not accept the stored sign-in.",
                        "Connect again; it may have been made for another application or tenant.");
            case "54005" -> say("The authorization code was used already.", "Connect again.");
            case "501481" -> say("The authorization code belongs to another sign-in.", "Connect again.");
            case "50147" -> say("The proof that belongs to the sign-in (PKCE) did not arrive whole.", UPDATE);
            case "900144" -> say("Microsoft misses a parameter in the request.", UPDATE);
            case "900561" ->
                say("Microsoft was called in a way it does not take; a proxy may have changed it.", UPDATE);
            case "9002313" -> say("Microsoft calls the request malformed.", UPDATE);
            case "70016" ->
                say("Microsoft still waits for somebody to enter the device code.", "Enter it; " + BY_ITSELF);
            case "70018" -> say("The device code is wrong.", "Connect again and enter the new code.");
            case "70019" -> say("The device code has expired.", "Connect again and enter the new code in time.");
            case "90006" -> say("A service behind Microsoft's sign-in does not answer just now.", BY_ITSELF);
            case "90024" -> say("Microsoft's sign-in ran out of its own time for the request.", BY_ITSELF);
            case "90033" -> say("Microsoft's directory is not available just now.", BY_ITSELF);
            case "50033" -> say("Microsoft's sign-in had a passing error.", BY_ITSELF);
            case "90012" -> say("The request to Microsoft's sign-in timed out.", BY_ITSELF);
            case "90055" ->
                say(
                        "Too many sign-ins of the whole tenant at once; Microsoft holds it back.",
                        "Postroom waits and tries again by itself; see which program asks so often under Monitoring &"
                                + " health → Sign-in logs.");
            case "50196" ->
                say(
                        "Microsoft saw the same request too often in a short time and holds it back.",
                        "Postroom waits and tries again by itself; check that no second server uses this sign-in.");
            default -> null;
        };
    }
}
