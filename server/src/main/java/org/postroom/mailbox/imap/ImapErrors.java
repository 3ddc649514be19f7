package org.postroom.mailbox.imap;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Account;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.credentials.Authentication;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.wire.WireException;

/** What an IMAP server's refusals mean, in words for an administrator. */
final class ImapErrors {
    private final Channel channel;

    ImapErrors(Channel channel) {
        this.channel = channel;
    }

    private boolean oauth() {
        return channel.authentication() instanceof Authentication.OAuth2;
    }

    private Account account() {
        return Account.of(channel.authentication());
    }

    /** A connection that could not be made. */
    static MailboxException connect(WireException e) {
        Step step = e.reason().isOfTls() ? Step.TLS : Step.CONNECT;
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
                        null);
            case PROXY_UNREACHABLE, PROXY_TARGET ->
                new ChannelProblem(
                        Kind.PASSING, e.getMessage() + ".", e.reason().proxyRemedy(), null);
            case PROXY_NOT_ALLOWED, PROXY_CREDENTIALS, PROXY_FORBIDS, PROXY_ANSWER ->
                settings(e, e.reason().proxyRemedy());
        };
        return new MailboxException(step, problem, e);
    }

    private static ChannelProblem settings(WireException e, String remedy) {
        return new ChannelProblem(Kind.SETTINGS, e.getMessage() + ".", remedy, null);
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
        String words = outcome.words();
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
        String what = "The mail server refused the sign-in of " + account().name() + ".";
        return new MailboxException(Step.AUTHENTICATE, new ChannelProblem(Kind.SETTINGS, what, remedy(), words), null);
    }

    private String remedy() {
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
        String words = outcome.words() + (bye == null ? "" : " / BYE " + bye);
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
                            words),
                    null);
        }
        if (throttled(lower)) {
            return new MailboxException(step, throttling(words), null);
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
