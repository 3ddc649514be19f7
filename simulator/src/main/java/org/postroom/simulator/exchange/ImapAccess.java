package org.postroom.simulator.exchange;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postroom.simulator.entra.AccessToken;
import org.postroom.simulator.entra.Entra;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** Who may open which mailbox by IMAP. Safe for all threads. */
public record ImapAccess(Organisation organisation, Entra entra) {
    private static final Set<String> AUDIENCES = Set.of(
            "https://outlook.office.com", "https://outlook.office365.com", "00000002-0000-0ff1-ce00-000000000000");

    /** Exchange's answer to an attempt. */
    public sealed interface Decision {
        /** Welcome. */
        record Granted(Identity identity) implements Decision {}

        /** {@code NO AUTHENTICATE failed.}; the reason is for the log alone. */
        record Refused(String reason) implements Decision {}

        /** The token is good, the mailbox is not theirs: authenticated but not connected. */
        record NotConnected(String name, String reason) implements Decision {}
    }

    /** Decides on a token; {@code user} is the mailbox to open. */
    public Decision byToken(XOAuth2 response) {
        Optional<AccessToken> read = valid(response.token());
        if (read.isEmpty()) {
            return new Decision.Refused("token is not Entra's, has expired or is for another audience");
        }
        AccessToken token = read.get();
        boolean delegated = token.upn() != null;
        if (delegated
                ? !token.scopes().contains("IMAP.AccessAsUser.All")
                : !token.roles().contains("IMAP.AccessAsApp")) {
            return new Decision.Refused("token lacks IMAP.AccessAsUser.All or IMAP.AccessAsApp");
        }
        if (!delegated && !isServicePrincipal(token.objectId())) {
            return new Decision.Refused("app is no service principal of Exchange, or not yet");
        }
        Optional<User> owner = Optional.ofNullable(token.upn()).flatMap(organisation::user);
        if (delegated && owner.filter(user -> !user.disabled()).isEmpty()) {
            return new Decision.Refused("token's owner is not there or blocked");
        }
        String name = owner.map(User::upn).orElse(token.objectId().toLowerCase(Locale.ROOT));
        Optional<Mailbox> found =
                organisation.mailbox(response.user()).filter(box -> box.kind() != Mailbox.Kind.CUSTOMER);
        if (found.filter(mailbox -> !imapEnabled(mailbox)).isPresent()) {
            return new Decision.Refused("IMAP is off for the mailbox");
        }
        if (found.isEmpty()) {
            return new Decision.NotConnected(name, "no such mailbox");
        }
        if (!mayOpen(name, owner, found.get())) {
            return new Decision.NotConnected(name, "no licence or no Full Access");
        }
        return new Decision.Granted(new Identity(name, found.get(), token.expires()));
    }

    /** Whether New-ServicePrincipal was run with the object id of the enterprise application, and that counts yet. */
    boolean isServicePrincipal(String objectId) {
        return organisation.apps().stream()
                .anyMatch(app -> app.objectId().equalsIgnoreCase(objectId)
                        && objectId.equalsIgnoreCase(app.servicePrincipal())
                        && organisation.propagation().inForce("servicePrincipal", app.clientId(), objectId));
    }

    private boolean imapEnabled(Mailbox mailbox) {
        return mailbox.imapEnabled()
                && organisation
                        .tenantOf(mailbox.address())
                        .filter(tenant -> !tenant.imapEnabled())
                        .isEmpty();
    }

    private boolean mayOpen(String name, Optional<User> owner, Mailbox mailbox) {
        boolean licensed = owner.isEmpty() || owner.get().licensed();
        boolean own = owner.isPresent() && mailbox.answersTo(name);
        return licensed && (own || hasFullAccess(name, mailbox));
    }

    /** Whether Full Access was granted and counts yet. */
    boolean hasFullAccess(String name, Mailbox mailbox) {
        return mailbox.fullAccess().contains(name)
                && organisation.propagation().inForce("fullAccess", mailbox.address(), name);
    }

    Optional<AccessToken> valid(String token) {
        return entra.read(token)
                .filter(read -> AUDIENCES.contains(read.audience()))
                .filter(read -> read.expires().isAfter(organisation.clock().instant()));
    }

    /** Decides on a password: customers' servers take it, Exchange only where the tenant still allows basic. */
    public Decision byPassword(String name, String password) {
        Optional<Customer> customer = organisation.customer(name);
        if (customer.isPresent()) {
            return customer.get().password().equals(password)
                    ? new Decision.Granted(new Identity(name, customer.get().mailbox(), null))
                    : new Decision.Refused("wrong password");
        }
        Optional<User> user = organisation.user(name);
        boolean right = user.filter(found -> found.password().equals(password) && !found.disabled())
                .isPresent();
        boolean basic = user.map(User::tenant)
                .filter(tenant -> tenant.basicAuth() && !tenant.securityDefaults())
                .map(Tenant::basicAuth)
                .orElse(false);
        if (!right || !basic) {
            return new Decision.Refused(basic ? "wrong password" : "basic authentication is off");
        }
        Mailbox mailbox = organisation.mailbox(name).orElseThrow();
        if (!imapEnabled(mailbox)) {
            return new Decision.Refused("IMAP is off for the mailbox");
        }
        return user.orElseThrow().licensed()
                ? new Decision.Granted(new Identity(name, mailbox, null))
                : new Decision.NotConnected(name, "no licence");
    }
}
