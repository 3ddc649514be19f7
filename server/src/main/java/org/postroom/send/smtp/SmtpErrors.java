package org.postroom.send.smtp;

import java.util.Locale;
import org.postroom.channel.Account;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.credentials.Authentication;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.wire.WireException;

/** What an outgoing server's refusals mean, in words for an administrator. */
final class SmtpErrors {
    private final Channel channel;

    SmtpErrors(Channel channel) {
        this.channel = channel;
    }

    private Account account() {
        return Account.of(channel.outgoingAuthentication());
    }

    /** The mailbox whose switch for SMTP AUTH counts: an application authenticates as the channel's. */
    private String authenticating() {
        return account().isApplication() ? channel.address() : account().name();
    }

    SmtpFailure connect(WireException e) {
        Step step = switch (e.reason()) {
            case TLS_NAME, TLS_UNTRUSTED, TLS_FAILED -> Step.TLS;
            case HOST_UNKNOWN, NOT_ALLOWED, REFUSED, TIMEOUT, UNREACHABLE, LOST -> Step.CONNECT;
        };
        String remedy = switch (e.reason()) {
            case HOST_UNKNOWN -> "Check the outgoing mail server's name.";
            case NOT_ALLOWED -> "Choose a public mail server, or ask the operator to allow it.";
            case REFUSED -> "Check host and port: 587 with STARTTLS, 465 with TLS.";
            case TLS_NAME -> "Enter the name that is in the certificate.";
            case TLS_UNTRUSTED -> "Let the server show a certificate that is trusted here.";
            case TLS_FAILED -> "Choose STARTTLS instead of TLS, or the other way round.";
            case TIMEOUT, UNREACHABLE, LOST -> "Postroom tries again by itself; check the firewall if it lasts.";
        };
        return new SmtpFailure(step, new ChannelProblem(Kind.PASSING, e.getMessage() + ".", remedy, null), false);
    }

    /** A sign-in that was refused: never the message's fault. */
    SmtpFailure authenticate(SmtpReply reply) {
        String words = reply.words();
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.contains("smtpclientauthentication is disabled for the tenant")) {
            return settings(
                    Step.AUTHENTICATE,
                    "SMTP AUTH is switched off for the whole organisation.",
                    "Set-TransportConfig -SmtpClientAuthenticationDisabled $false, or allow the one mailbox:"
                            + " Set-CASMailbox -Identity " + authenticating()
                            + " -SmtpClientAuthenticationDisabled $false.",
                    words);
        }
        if (lower.contains("smtpclientauthentication is disabled")) {
            return settings(
                    Step.AUTHENTICATE,
                    "SMTP AUTH is switched off for " + authenticating() + ".",
                    "Set-CASMailbox -Identity " + authenticating() + " -SmtpClientAuthenticationDisabled $false.",
                    words);
        }
        if (lower.contains("security defaults")) {
            return settings(
                    Step.AUTHENTICATE,
                    "Security Defaults of the tenant block this sign-in.",
                    "Use OAuth 2.0, or change the policy.",
                    words);
        }
        if (lower.contains("5.7.30")) {
            return settings(
                    Step.AUTHENTICATE,
                    "Microsoft 365 no longer takes passwords for sending.",
                    "Switch the channel to OAuth 2.0.",
                    words);
        }
        if (reply.passing()) {
            return passing(Step.AUTHENTICATE, reply);
        }
        String remedy = account().isApplication()
                ? "Check that the permission SMTP.SendAsApp has an administrator's consent and SMTP AUTH is on for "
                        + channel.address() + ". " + account().registration()
                        + "Grant Full Access: Add-MailboxPermission -Identity " + channel.address() + " -User "
                        + account().trustee() + " -AccessRights FullAccess. Changes can take 30 minutes."
                : channel.outgoingAuthentication() instanceof Authentication.OAuth2
                        ? "Check that SMTP.Send was granted and SMTP AUTH is on for "
                                + account().name() + ", then connect again."
                        : "Check User ID and password of outgoing mail.";
        return settings(
                Step.AUTHENTICATE,
                "The outgoing server refused the sign-in of " + account().name() + ".",
                remedy,
                words);
    }

    /** A refusal of the sender or the message. */
    SmtpFailure message(Step step, SmtpReply reply) {
        String words = reply.words();
        String lower = words.toLowerCase(Locale.ROOT);
        boolean sendAs = lower.contains("sendasdenied")
                || lower.contains("not allowed to send as")
                || lower.contains("5.7.60")
                || (step == Step.SENDER && reply.code() >= 500 && lower.contains("5.7.1"))
                || lower.contains("not owned by user");
        if (sendAs) {
            String what =
                    account().name() + " may not send as " + channel.outgoing().sendAs() + ".";
            String remedy = account().registration() + "Grant Send As: Add-RecipientPermission -Identity "
                    + channel.outgoing().sendAs() + " -Trustee " + account().trustee()
                    + " -AccessRights SendAs. It can take 30 minutes to work.";
            return new SmtpFailure(step, new ChannelProblem(Kind.SETTINGS, what, remedy, words), true);
        }
        if (lower.contains("not authenticated") || lower.contains("5.7.57")) {
            return settings(
                    step, "The outgoing server wants a sign-in.", "Check authentication of outgoing mail.", words);
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

    SmtpFailure settings(Step step, String what, String remedy, @org.jspecify.annotations.Nullable String words) {
        return new SmtpFailure(step, new ChannelProblem(Kind.SETTINGS, what, remedy, words), false);
    }

    SmtpFailure passing(Step step, SmtpReply reply) {
        return new SmtpFailure(
                step,
                new ChannelProblem(
                        Kind.PASSING,
                        "The outgoing server cannot take it now.",
                        "Postroom tries again by itself.",
                        reply.words()),
                false);
    }
}
