package org.postroom.mailbox.imap;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Account;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.channel.Masked;
import org.postroom.channel.TokenJudge;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.credentials.Provider;
import org.postroom.credentials.TokenClaims;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.wire.WireException;

/** What an IMAP server's refusals mean, in words for an administrator. */
final class ImapErrors {
    private final Channel channel;
    private List<String> secrets = List.of();
    private @Nullable TokenClaims claims;

    ImapErrors(Channel channel) {
        this.channel = channel;
    }

    /** What signs in now: it is masked in the server's words, and what a token says of itself explains its refusal. */
    void signsIn(String secret, boolean token) {
        secrets = List.of(secret);
        claims = token ? TokenClaims.read(secret).orElse(null) : null;
    }

    private String words(Outcome outcome) {
        return Masked.words(outcome.words(), secrets);
    }

    private boolean oauth() {
        return channel.authentication() instanceof Authentication.OAuth2;
    }

    private Account account() {
        return Account.of(channel.authentication(), claims);
    }

    /** A connection that could not be made. */
    static MailboxException connect(WireException e) {
        Step step = e.reason() == WireException.Cause.HOST_UNKNOWN
                ? Step.RESOLVE
                : e.reason().isOfTls() ? Step.TLS : Step.CONNECT;
        ChannelProblem problem = switch (e.reason()) {
            case HOST_UNKNOWN -> settings(e, "Check the incoming mail server's name.");
            case NOT_ALLOWED -> settings(e, "Choose a public mail server, or ask the operator to allow it.");
            case REFUSED -> settings(e, "Check host and port: 993 with TLS, 143 with STARTTLS.");
            case TLS_NAME -> settings(e, "Enter the name that is in the certificate.");
            case TLS_UNTRUSTED -> settings(e, "Let the server show a certificate that is trusted here.");
            case TLS_FAILED -> settings(e, "Choose STARTTLS instead of TLS, or the other way round.");
            case TIMEOUT, UNREACHABLE, LOST ->
                new ChannelProblem(
                        Kind.PASSING,
                        e.getMessage() + ".",
                        "Check the server and the firewall if it lasts; Postroom tries again by itself.",
                        null,
                        Sureness.CERTAIN,
                        null);
            case PROXY_UNREACHABLE, PROXY_TARGET ->
                new ChannelProblem(
                        Kind.PASSING, e.getMessage() + ".", e.reason().proxyRemedy(), null, Sureness.CERTAIN, null);
            case PROXY_NOT_ALLOWED, PROXY_CREDENTIALS, PROXY_FORBIDS, PROXY_ANSWER ->
                settings(e, e.reason().proxyRemedy());
        };
        return new MailboxException(step, problem, e);
    }

    private static ChannelProblem settings(WireException e, String remedy) {
        return new ChannelProblem(Kind.SETTINGS, e.getMessage() + ".", remedy, null, Sureness.CERTAIN, null);
    }

    /** A greeting that is no welcome. */
    static MailboxException greeting(Outcome outcome) {
        return new MailboxException(
                Step.CONNECT,
                new ChannelProblem(
                        Kind.PASSING,
                        "The mail server does not take connections now.",
                        "Postroom tries again by itself.",
                        outcome.words()),
                null);
    }

    /** A sign-in that was refused. */
    MailboxException authenticate(Outcome outcome) {
        String words = words(outcome);
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("[unavailable]") || lower.contains("temporary") || lower.contains("try again")) {
            return new MailboxException(
                    Step.AUTHENTICATE,
                    new ChannelProblem(
                            Kind.PASSING,
                            "The mail server cannot check the sign-in just now.",
                            "Postroom tries again by itself.",
                            words),
                    null);
        }
        if (throttled(lower)) {
            return new MailboxException(Step.AUTHENTICATE, throttling(words), null);
        }
        return new MailboxException(Step.AUTHENTICATE, refused(words), null);
    }

    private ChannelProblem refused(String words) {
        ChannelProblem seen = claims != null && channel.authentication() instanceof Authentication.OAuth2 oauth
                ? TokenJudge.READING.problem(oauth, claims)
                : null;
        return seen != null
                ? seen.answered(words)
                : new ChannelProblem(
                        Kind.SETTINGS,
                        "The mail server refused the sign-in of " + account().name() + ".",
                        remedy(),
                        words,
                        oauth() ? Sureness.POSSIBLE : Sureness.LIKELY,
                        null);
    }

    private String remedy() {
        if (channel.authentication() instanceof Authentication.OAuth2 oauth && oauth.provider() == Provider.GOOGLE) {
            return "Check that IMAP is on for the mailbox: Gmail → Settings → Forwarding and POP/IMAP → Enable IMAP."
                    + " Check that the scope https://mail.google.com/ was granted"
                    + (oauth.grant() == Grant.SERVICE_ACCOUNT
                            ? " to the service account: Google Admin console → Security → API controls → Domain-wide"
                                    + " delegation."
                            : ", then connect again.");
        }
        if (channel.authentication() instanceof Authentication.OAuth2 oauth && oauth.provider() == Provider.OTHER) {
            return "Check that the token may open the mailbox " + channel.address() + ": its audience, its scopes ("
                    + (oauth.scopes().isEmpty() ? "none are asked for" : String.join(" ", oauth.scopes()))
                    + ") and the claim that the mail server takes the user from; then connect again.";
        }
        if (oauth()) {
            return "Check that IMAP is on for the mailbox (Set-CASMailbox -Identity " + channel.address()
                    + " -ImapEnabled $true), "
                    + (account().isApplication()
                            ? "and that the permission IMAP.AccessAsApp has an administrator's consent. "
                                    + account().registration()
                            : "that the permission IMAP.AccessAsUser.All was granted, then connect again. ")
                    + "Changes can take 30 minutes.";
        }
        return channel.incoming().host().toLowerCase(Locale.ROOT).endsWith(".office365.com")
                ? "Microsoft 365 no longer takes passwords for reading: switch the channel to OAuth 2.0."
                : "Check User ID and password; where the server asks for app passwords, use one.";
    }

    /** No way to sign in that may be used. */
    MailboxException noMechanism(String needed, String why) {
        return new MailboxException(
                Step.CAPABILITIES,
                new ChannelProblem(
                        Kind.SETTINGS,
                        "The mail server does not offer " + needed + ", so nothing was sent.",
                        why,
                        null),
                null);
    }

    /** A command on the opened mailbox that was refused, or the connection's end. */
    MailboxException work(Step step, Outcome outcome, @Nullable String bye) {
        String words = words(outcome) + (bye == null ? "" : " / BYE " + Masked.words(bye, secrets));
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("accesstokenexpired") || lower.contains("session invalidated")) {
            return MailboxException.expired(words);
        }
        if (lower.contains("authenticated but not connected")) {
            return new MailboxException(
                    Step.OPEN_FOLDER,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "The sign-in works, but " + account().name() + " may not open the mailbox "
                                    + channel.address() + ".",
                            account().registration() + "Grant Full Access: Add-MailboxPermission -Identity "
                                    + channel.address() + " -User " + account().trustee()
                                    + " -AccessRights FullAccess. It can take 30 minutes to work. "
                                    + (account().isApplication()
                                            ? "A wrong object ID ends here too. "
                                            : "Check also that the right account signed in and has a licence. ")
                                    + "If it worked before, the mailbox may have too many connections: close other"
                                    + " programs that read it; Postroom tries again by itself.",
                            words,
                            Sureness.LIKELY,
                            null),
                    null);
        }
        if (throttled(lower)) {
            return new MailboxException(step, throttling(words), null);
        }
        if (step == Step.OPEN_FOLDER && missing(lower)) {
            return noFolder(words, List.of());
        }
        if (step == Step.OPEN_FOLDER) {
            return new MailboxException(
                    step,
                    new ChannelProblem(
                            Kind.SETTINGS,
                            "The folder " + channel.incoming().folder() + " cannot be opened.",
                            "Check its name, and that the signed-in user may see it.",
                            words),
                    null);
        }
        return new MailboxException(
                step,
                new ChannelProblem(
                        Kind.PASSING,
                        outcome.text().isEmpty() && bye != null
                                ? "The mail server ended the connection."
                                : "The mail server refused a command.",
                        "Postroom tries again by itself.",
                        words),
                null);
    }

    /** Whether there is no such folder (RFC 5530), rather than one that must not be seen. */
    static boolean missing(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("[nonexistent]")
                || lower.contains("doesn't exist")
                || lower.contains("does not exist")
                || lower.contains("unknown mailbox")
                || lower.contains("not found");
    }

    /**
     * The folder that is not there.
     *
     * @param similar names of folders that may be meant
     */
    MailboxException noFolder(String words, List<String> similar) {
        String meant = similar.isEmpty()
                ? "Check its name, and that the signed-in user may see it."
                : "Enter the folder's name as the server has it. Similar ones are: " + String.join(", ", similar) + ".";
        return new MailboxException(
                Step.FIND_FOLDER,
                new ChannelProblem(
                        Kind.SETTINGS,
                        "There is no folder " + channel.incoming().folder() + " in the mailbox " + channel.address()
                                + ".",
                        meant,
                        Masked.words(words, secrets),
                        Sureness.CERTAIN,
                        null),
                null);
    }

    /** Whether a refusal is about the server's state, not about what was asked. */
    static boolean busy(Outcome outcome) {
        String lower = outcome.words().toLowerCase(Locale.ROOT);
        return throttled(lower) || lower.contains("[unavailable]") || lower.contains("[inuse]");
    }

    private static boolean throttled(String lower) {
        return lower.contains("throttl")
                || lower.contains("too many")
                || lower.contains("[limit]")
                || lower.contains("concurrent connection limit");
    }

    private static ChannelProblem throttling(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return lower.contains("connection")
                ? new ChannelProblem(
                        Kind.THROTTLED,
                        "The mailbox has too many connections at once.",
                        "Close other programs that read it (Microsoft 365 allows 20 by IMAP); Postroom goes on by itself"
                                + " afterwards.",
                        words)
                : new ChannelProblem(
                        Kind.THROTTLED,
                        "The mail server asks for a pause.",
                        "Postroom goes on by itself afterwards.",
                        words);
    }
}
