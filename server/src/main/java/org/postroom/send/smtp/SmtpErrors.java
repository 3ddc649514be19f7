package org.postroom.send.smtp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Account;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.ChannelProblem.Sureness;
import org.postroom.channel.Masked;
import org.postroom.channel.TokenJudge;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.TokenClaims;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.wire.WireException;

/** What an outgoing server's refusals mean, in words for an administrator. */
final class SmtpErrors {
    private static final Pattern ENHANCED = Pattern.compile("^\\d{3} (?:\\d{3} )?([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    private final Channel channel;
    private List<String> secrets = List.of();
    private @Nullable TokenClaims claims;

    SmtpErrors(Channel channel) {
        this.channel = channel;
    }

    /** What signs in now: it is masked in the server's words, and what a token says of itself explains its refusal. */
    void signsIn(String secret, boolean token) {
        secrets = List.of(secret);
        claims = token ? TokenClaims.read(secret).orElse(null) : null;
    }

    private String words(SmtpReply reply) {
        return Masked.words(reply.words(), secrets);
    }

    private Account account() {
        return Account.of(channel.outgoingAuthentication(), claims);
    }

    /** The mailbox whose switch for SMTP AUTH counts: an application authenticates as the channel's. */
    private String authenticating() {
        return account().isApplication() ? channel.address() : account().name();
    }

    SmtpFailure connect(WireException e) {
        Step step = e.reason() == WireException.Cause.HOST_UNKNOWN
                ? Step.RESOLVE
                : e.reason().isOfTls() ? Step.TLS : Step.CONNECT;
        String remedy = switch (e.reason()) {
            case HOST_UNKNOWN -> "Check the outgoing mail server's name.";
            case NOT_ALLOWED -> "Choose a public mail server, or ask the operator to allow it.";
            case REFUSED -> "Check host and port: 587 with STARTTLS, 465 with TLS.";
            case TLS_NAME -> "Enter the name that is in the certificate.";
            case TLS_UNTRUSTED -> "Let the server show a certificate that is trusted here.";
            case TLS_FAILED -> "Choose STARTTLS instead of TLS, or the other way round.";
            case TIMEOUT, UNREACHABLE, LOST -> "Postroom tries again by itself; check the firewall if it lasts.";
            case PROXY_UNREACHABLE, PROXY_TARGET, PROXY_NOT_ALLOWED, PROXY_CREDENTIALS, PROXY_FORBIDS, PROXY_ANSWER ->
                e.reason().proxyRemedy();
        };
        Kind kind = e.reason().isOfProxy() && !e.reason().isPassingAtProxy() ? Kind.SETTINGS : Kind.PASSING;
        return new SmtpFailure(
                step, new ChannelProblem(kind, e.getMessage() + ".", remedy, null, Sureness.CERTAIN, null), false);
    }

    /** A sign-in that was refused: never the message's fault. */
    SmtpFailure authenticate(SmtpReply reply) {
        String words = words(reply);
        if (heldBack(reply) || reply.passing()) {
            return passing(Step.AUTHENTICATE, reply);
        }
        return switch (enhanced(words)) {
            case "5.7.139" -> policy(words);
            case "5.7.30" ->
                settings(
                        Step.AUTHENTICATE,
                        "Microsoft 365 no longer takes passwords for sending.",
                        "Switch the channel to OAuth 2.0.",
                        words);
            case "5.5.124" ->
                settings(
                        Step.AUTHENTICATE,
                        "The outgoing server cannot read who signs in: "
                                + account().name() + ".",
                        "Enter the sign-in user as a whole email address, as in its user principal name: Users → the user"
                                + " → Properties.",
                        words);
            case "5.7.4" ->
                settings(
                        Step.AUTHENTICATE,
                        "The outgoing server does not take this way of signing in, or not on an unencrypted connection.",
                        "Choose STARTTLS with port 587; if it is chosen, let an administrator allow the way: "
                                + smtpAuth() + ".",
                        words);
            case "5.7.57" -> unauthenticated(Step.AUTHENTICATE, words);
            default -> refused(words);
        };
    }

    /** The many meanings of 5.7.139, told apart by Microsoft's words. */
    private SmtpFailure policy(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("smtpclientauthentication is disabled for the tenant")) {
            return settings(
                    Step.AUTHENTICATE,
                    "SMTP AUTH is switched off for the whole organisation.",
                    "Set-TransportConfig -SmtpClientAuthenticationDisabled $false, or allow the one mailbox: "
                            + smtpAuth() + ".",
                    words);
        }
        if (lower.contains("smtpclientauthentication is disabled")) {
            return settings(
                    Step.AUTHENTICATE,
                    "SMTP AUTH is switched off for " + authenticating() + ".",
                    smtpAuth() + ". It can take 30 minutes to work.",
                    words);
        }
        if (lower.contains("security defaults")) {
            return settings(
                    Step.AUTHENTICATE,
                    "Security Defaults of the tenant block this sign-in.",
                    "Use OAuth 2.0, or change the policy: Entra admin center → Identity → Overview → Properties → Manage"
                            + " security defaults.",
                    words);
        }
        if (lower.contains("did not meet the criteria")) {
            return settings(
                    Step.AUTHENTICATE,
                    "Microsoft 365 did not let " + account().name()
                            + " in: the mailbox is switched off or has no licence, SMTP"
                            + " AUTH is off for it, or a Conditional Access policy blocks it.",
                    "See which policy in Entra admin center → Users → the user → Sign-in logs → Conditional Access, and"
                            + " exclude the user; check its licence; then " + smtpAuth() + ".",
                    words,
                    Sureness.POSSIBLE);
        }
        return refused(words);
    }

    private SmtpFailure refused(String words) {
        ChannelProblem seen = claims != null && channel.outgoingAuthentication() instanceof Authentication.OAuth2 oauth
                ? TokenJudge.SENDING.problem(oauth, claims)
                : null;
        if (seen != null) {
            return new SmtpFailure(Step.AUTHENTICATE, seen.answered(words), false);
        }
        String remedy = account().isApplication()
                ? "Check that the permission SMTP.SendAsApp has an administrator's consent and SMTP AUTH is on for "
                        + channel.address() + ". " + account().registration()
                        + "Grant Full Access: Add-MailboxPermission -Identity " + channel.address() + " -User "
                        + account().trustee() + " -AccessRights FullAccess. " + byRole()
                        + "Changes can take 30 minutes."
                : channel.outgoingAuthentication() instanceof Authentication.OAuth2
                        ? "Check that SMTP.Send was granted and SMTP AUTH is on for "
                                + account().name() + " (" + smtpAuth() + "), then connect again."
                        : "Check User ID and password of outgoing mail.";
        ChannelProblem problem = new ChannelProblem(
                Kind.SETTINGS,
                "The outgoing server refused the sign-in of " + account().name() + ".",
                remedy,
                words,
                channel.outgoingAuthentication() instanceof Authentication.OAuth2 ? Sureness.POSSIBLE : Sureness.LIKELY,
                null);
        return new SmtpFailure(Step.AUTHENTICATE, problem, false);
    }

    /** RBAC for Applications, the other way for an application to send: a role in Exchange and no permission in Entra. */
    private String byRole() {
        String mailbox = channel.address();
        return "Instead of the permission SMTP.SendAsApp RBAC for Applications will do: New-ManagementScope -Name"
                + " 'Postroom " + mailbox + "' -RecipientRestrictionFilter \"PrimarySmtpAddress -eq '" + mailbox
                + "'\" and New-ManagementRoleAssignment -Role 'Application SMTP.SendAsApp' -App "
                + account().trustee() + " -CustomResourceScope 'Postroom " + mailbox + "'. ";
    }

    private String smtpAuth() {
        return "Set-CASMailbox -Identity " + authenticating() + " -SmtpClientAuthenticationDisabled $false";
    }

    private SmtpFailure unauthenticated(Step step, String words) {
        return settings(
                step,
                "The outgoing server wants a sign-in before it takes mail.",
                "Check authentication of outgoing mail: OAuth 2.0 or User ID and password, with STARTTLS and port 587.",
                words);
    }

    /** A refusal of the sender or the message. */
    SmtpFailure message(Step step, SmtpReply reply) {
        String words = words(reply);
        String lower = words.toLowerCase(Locale.ROOT);
        if (heldBack(reply)) {
            return passing(step, reply);
        }
        boolean sendAs = lower.contains("sendasdenied")
                || lower.contains("not allowed to send as")
                || enhanced(words).equals("5.7.60")
                || (step == Step.SENDER
                        && reply.code() >= 500
                        && enhanced(words).equals("5.7.1"))
                || lower.contains("not owned by user");
        if (sendAs) {
            String what =
                    account().name() + " may not send as " + channel.outgoing().sendAs() + ".";
            String remedy = account().registration() + "Grant Send As: Add-RecipientPermission -Identity "
                    + channel.outgoing().sendAs() + " -Trustee " + account().trustee()
                    + " -AccessRights SendAs. It can take 30 minutes to work.";
            Sureness sureness = enhanced(words).equals("5.7.1") ? Sureness.LIKELY : Sureness.CERTAIN;
            return new SmtpFailure(step, new ChannelProblem(Kind.SETTINGS, what, remedy, words, sureness, null), true);
        }
        if (lower.contains("not authenticated") || enhanced(words).equals("5.7.57")) {
            return unauthenticated(step, words);
        }
        if (reply.passing()) {
            return passing(step, reply);
        }
        String what = switch (step) {
            case RECIPIENT -> "The server refused every recipient.";
            case SENDER -> "The server refused the sender address.";
            default -> "The server refused the message.";
        };
        return new SmtpFailure(
                step, new ChannelProblem(Kind.SETTINGS, what, "Correct it and send again.", words), true);
    }

    /** The enhanced status code (RFC 3463) of a reply; empty if it has none. */
    private static String enhanced(String words) {
        Matcher matcher = ENHANCED.matcher(words);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** Whether the server counts and had too many, be its code one for now or for good. */
    static boolean heldBack(SmtpReply reply) {
        return pause(reply.words()) != null;
    }

    /** What a server that counts has counted, and what to do about it; null if the words are about something else. */
    private static @Nullable ChannelProblem pause(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        String code = enhanced(words);
        if (lower.contains("concurrent connection") || lower.contains("sender thread limit")) {
            return new ChannelProblem(
                    Kind.THROTTLED,
                    "Too many connections send for this mailbox at once; Microsoft 365 takes three.",
                    "Postroom tries again by itself; let other programs that send for the mailbox send less at a time.",
                    words);
        }
        if (code.equals("5.1.90")) {
            return new ChannelProblem(
                    Kind.THROTTLED,
                    "The mailbox has reached its limit of recipients for 24 hours; Microsoft 365 allows 10,000.",
                    "The message waits and goes out by itself when the 24 hours are over; send mass mail in another way.",
                    words);
        }
        if (code.equals("5.7.233")) {
            return new ChannelProblem(
                    Kind.THROTTLED,
                    "The organisation has reached its limit of recipients outside for 24 hours.",
                    "The message waits and goes out by itself when the 24 hours are over; see Exchange admin center →"
                            + " Reports → Mail flow, or get more licences.",
                    words);
        }
        return null;
    }

    /** A setting that stands in the way, as the server itself says. */
    SmtpFailure settings(Step step, String what, String remedy, @Nullable String words) {
        return settings(step, what, remedy, words, Sureness.CERTAIN);
    }

    private static SmtpFailure settings(
            Step step, String what, String remedy, @Nullable String words, Sureness sureness) {
        return new SmtpFailure(step, new ChannelProblem(Kind.SETTINGS, what, remedy, words, sureness, null), false);
    }

    /** A refusal that time may end; the message stays queued. */
    SmtpFailure passing(Step step, SmtpReply reply) {
        String words = words(reply);
        ChannelProblem pause = pause(words);
        return new SmtpFailure(step, pause == null ? busy(words) : pause, false);
    }

    private static ChannelProblem busy(String words) {
        boolean passingError = words.startsWith("451 4.7.0") || words.startsWith("451 4.3.2");
        return new ChannelProblem(
                Kind.PASSING,
                passingError
                        ? "The outgoing server has a passing error of its own."
                        : "The outgoing server cannot take it now.",
                "Postroom tries again by itself.",
                words);
    }
}
