package org.postroom.channel;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.credentials.Provider;
import org.postroom.credentials.TokenClaims;

/**
 * Whether a token can do what it is wanted for, by what it says of itself; so that the cause is known where a mail server
 * says no more than "failed". Only Entra ID's tokens, which name their tenant, are judged by audience and permissions.
 */
public enum TokenJudge {
    /** For reading by IMAP. */
    READING("IMAP.AccessAsUser.All", "IMAP.AccessAsApp"),
    /** For sending by SMTP. */
    SENDING("SMTP.Send", "SMTP.SendAsApp");

    /** Exchange Online's names as a resource, in every cloud. */
    private static final Set<String> EXCHANGE = Set.of(
            "https://outlook.office.com",
            "https://outlook.office365.com",
            "https://ps.outlook.com",
            "https://outlook.office365.us",
            "https://outlook.office.us",
            "https://outlook-dod.office365.us",
            "https://webmail.apps.mil",
            "https://partner.outlook.cn",
            "00000002-0000-0ff1-ce00-000000000000");

    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String scope;
    private final String role;

    TokenJudge(String scope, String role) {
        this.scope = scope;
        this.role = role;
    }

    /** Whether it has ended; null if it lives. */
    public static @Nullable ChannelProblem ended(TokenClaims claims, Instant now) {
        return claims.expires() == null || claims.expires().isAfter(now)
                ? null
                : sure(
                        "The token ended at " + claims.expires() + ".",
                        "Get a new one; if Postroom got this one just now, check the clock of its machine.",
                        claims);
    }

    /** What is wrong with it for certain; null if nothing can be seen. */
    public @Nullable ChannelProblem problem(Authentication.OAuth2 auth, TokenClaims claims) {
        if (auth.provider() != Provider.MICROSOFT || claims.tenant() == null) {
            return null;
        }
        if (ID.matcher(auth.tenant()).matches() && !auth.tenant().equalsIgnoreCase(claims.tenant())) {
            return sure(
                    "The token is of another tenant: " + claims.tenant() + " instead of " + auth.tenant() + ".",
                    "Enter the tenant that the mailbox belongs to: Identity → Overview → Tenant ID. Then connect again.",
                    claims);
        }
        ChannelProblem unfit = audience(claims);
        unfit = unfit == null ? permission(auth, claims) : unfit;
        return unfit == null ? user(auth, claims) : unfit;
    }

    private @Nullable ChannelProblem audience(TokenClaims claims) {
        boolean exchange = claims.audience().isEmpty()
                || claims.audience().stream()
                        .map(a -> a.toLowerCase(Locale.ROOT).replaceAll("/+$", ""))
                        .anyMatch(EXCHANGE::contains);
        return exchange
                ? null
                : sure(
                        "The token is for another service, " + String.join(" ", claims.audience())
                                + ", and not for Exchange Online: the wrong audience.",
                        "Ask for the scopes of Exchange Online only: https://outlook.office.com/" + scope
                                + ", or https://outlook.office365.com/.default for an application. Then connect again.",
                        claims);
    }

    private @Nullable ChannelProblem permission(Authentication.OAuth2 auth, TokenClaims claims) {
        boolean application = claims.scopes().isEmpty();
        List<String> had = application ? claims.roles() : claims.scopes();
        String needed = application ? role : scope;
        boolean has =
                had.stream().anyMatch(h -> h.substring(h.lastIndexOf('/') + 1).equalsIgnoreCase(needed));
        // By RBAC for Applications an application may send without any permission in its token.
        if (has || (application && this == SENDING)) {
            return null;
        }
        String permitted = had.isEmpty() ? "no permission at all" : String.join(" ", had) + " only";
        return sure(
                "The permission " + needed + " is missing in the token, which has " + permitted + ".",
                application
                        ? "Add the application permission " + needed + " and let an administrator consent: App"
                                + " registrations → " + application(auth, claims)
                                + " → API permissions → Add a permission → APIs my organization uses → Office 365"
                                + " Exchange Online. Then test again; it can take 30 minutes."
                        : "Add the delegated permission " + needed + ": App registrations → "
                                + application(auth, claims)
                                + " → API permissions → Add a permission → APIs my organization uses → Office 365"
                                + " Exchange Online. Then connect again and accept it.",
                claims);
    }

    private static String application(Authentication.OAuth2 auth, TokenClaims claims) {
        String known = auth.clientId().isEmpty() ? claims.application() : auth.clientId();
        return known == null ? "the app" : known;
    }

    private static @Nullable ChannelProblem user(Authentication.OAuth2 auth, TokenClaims claims) {
        String expected = auth.signInUser();
        String user = claims.user();
        // By password the server has compared them, and a user may have several names.
        if (expected == null
                || user == null
                || claims.scopes().isEmpty()
                || auth.grant() == Grant.PASSWORD
                || TokenClaims.shown(expected).equalsIgnoreCase(user)) {
            return null;
        }
        return sure(
                "The token is of " + user + ", and " + expected + " was to sign in: another user than expected.",
                "Connect again and sign in as " + expected + ", in a private window if the browser knows the other one;"
                        + " or enter " + user + " as the sign-in user.",
                claims);
    }

    private static ChannelProblem sure(String what, String remedy, TokenClaims claims) {
        return new ChannelProblem(Kind.SETTINGS, what, remedy, claims.words(), Sureness.CERTAIN, null);
    }

    /** What may be meant and may be forgotten; null if nothing is odd. */
    public @Nullable String warning(TokenClaims claims) {
        boolean lacks = this == SENDING
                && claims.tenant() != null
                && claims.scopes().isEmpty()
                && claims.roles().stream().noneMatch(role::equalsIgnoreCase);
        return lacks
                ? "The permission " + role + " is not in the token; sending works only if the application has the role"
                        + " 'Application SMTP.SendAsApp' by RBAC for Applications."
                : null;
    }
}
