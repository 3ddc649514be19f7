package org.postroom.simulator.exchange;

import java.util.Objects;
import java.util.Optional;
import org.postroom.simulator.entra.AccessToken;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** Who may submit mail by SMTP. Safe for all threads. */
public record SmtpAccess(Organisation organisation, ImapAccess tokens) {
    /** Exchange's answer to an attempt. */
    public sealed interface Decision {
        /** Welcome. */
        record Granted(Identity identity) implements Decision {}

        /** Refused with this reply, without the host in brackets at its end. */
        record Refused(String reply, String reason) implements Decision {}
    }

    private static final String UNSUCCESSFUL = "535 5.7.3 Authentication unsuccessful";
    private static final String DISABLED = ". Visit https://aka.ms/smtp_auth_disabled for more information.";

    /** Decides on a token, whose owner {@code user} must be. */
    public Decision byToken(XOAuth2 response) {
        Optional<AccessToken> read = tokens.valid(response.token());
        if (read.isEmpty()) {
            return new Decision.Refused(UNSUCCESSFUL, "token is not Entra's, has expired or is for another audience");
        }
        AccessToken token = read.get();
        Optional<Mailbox> found =
                organisation.mailbox(response.user()).filter(box -> box.kind() != Mailbox.Kind.CUSTOMER);
        if (token.upn() == null) {
            return byApp(token, found);
        }
        Optional<User> owner = organisation.user(token.upn()).filter(user -> !user.disabled());
        if (!token.scopes().contains("SMTP.Send") || owner.isEmpty() || found.isEmpty()) {
            return new Decision.Refused(
                    UNSUCCESSFUL, "token lacks SMTP.Send, or its owner or the mailbox is not there");
        }
        if (!found.get().answersTo(owner.get().upn()) || !owner.get().licensed()) {
            return new Decision.Refused(UNSUCCESSFUL, "user= is not the token's owner, or has no licence");
        }
        return unlessDisabled(new Identity(owner.get().upn(), found.get(), token.expires()));
    }

    private Decision byApp(AccessToken token, Optional<Mailbox> found) {
        boolean may = token.roles().contains("SMTP.SendAsApp")
                && tokens.isServicePrincipal(token.objectId())
                && found.filter(mailbox -> tokens.hasFullAccess(token.objectId(), mailbox))
                        .isPresent();
        return may
                ? unlessDisabled(new Identity(token.objectId(), found.orElseThrow(), token.expires()))
                : new Decision.Refused(UNSUCCESSFUL, "app lacks SMTP.SendAsApp or rights on the mailbox");
    }

    /** Decides on a password. */
    public Decision byPassword(String name, String password) {
        Optional<User> user = organisation.user(name);
        if (user.isEmpty()) {
            return new Decision.Refused(UNSUCCESSFUL, "no such user");
        }
        Tenant tenant = user.get().tenant();
        if (tenant.securityDefaults()) {
            return new Decision.Refused(
                    "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults"
                            + " policy. Contact your administrator.",
                    "Security Defaults");
        }
        if (!tenant.basicAuth()) {
            return new Decision.Refused(
                    "550 5.7.30 Basic authentication is not supported for Client Submission.", "basic is retired");
        }
        if (!user.get().password().equals(password)
                || user.get().disabled()
                || !user.get().licensed()) {
            return new Decision.Refused(UNSUCCESSFUL, "wrong password, blocked, or no licence");
        }
        return unlessDisabled(new Identity(name, organisation.mailbox(name).orElseThrow(), null));
    }

    private Decision unlessDisabled(Identity identity) {
        Boolean own = identity.mailbox().smtpAuthDisabled();
        if (Objects.equals(own, true)) {
            return disabled("Mailbox");
        }
        boolean tenantWide = organisation
                .tenantOf(identity.mailbox().address())
                .filter(Tenant::smtpAuthDisabled)
                .isPresent();
        return own == null && tenantWide ? disabled("Tenant") : new Decision.Granted(identity);
    }

    private static Decision disabled(String where) {
        return new Decision.Refused(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the " + where
                        + DISABLED,
                "SMTP AUTH is off");
    }
}
