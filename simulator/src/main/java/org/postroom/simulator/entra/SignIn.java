package org.postroom.simulator.entra;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;

/** Passwords checked, and browsers remembered by a cookie. Safe for all threads. */
final class SignIn {
    private static final String COOKIE = "ESTSAUTH";
    private final Organisation organisation;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    SignIn(Organisation organisation) {
        this.organisation = organisation;
    }

    /** The sign-in of the user of that name and password, if he may sign in to that tenant. */
    Session check(String name, String password, Optional<Tenant> tenant, App app) throws AadException {
        Optional<Tenant> home = organisation.tenantOf(name);
        if (tenant.isPresent() && home.isPresent() && home.get() != tenant.get()) {
            throw new AadException(foreign(name, home.get(), tenant.get(), app));
        }
        String directory = tenant.or(() -> home).map(Tenant::domain).orElse("organizations");
        User user = organisation
                .user(name)
                .or(() -> organisation.mailbox(name).flatMap(mailbox -> organisation.user(mailbox.address())))
                .orElseThrow(() -> new AadException(unknown(name, directory)));
        if (user.tenant() != app.tenant() && !app.multiTenant()) {
            throw new AadException(foreign(name, user.tenant(), app.tenant(), app));
        }
        if (user.locked()) {
            throw new AadException(AadError.known(50053));
        }
        if (!user.password().equals(password)) {
            throw new AadException(AadError.known(50126));
        }
        if (user.disabled()) {
            throw new AadException(AadError.known(50057));
        }
        if (user.passwordExpired()) {
            throw new AadException(AadError.known(50055));
        }
        return new Session(user, organisation.clock().instant(), false);
    }

    private AadError unknown(String name, String directory) {
        boolean shared = organisation.mailbox(name).isPresent() && organisation.isInternal(name);
        return shared
                ? AadError.known(50057)
                : AadError.of(
                        50034,
                        "invalid_grant",
                        "The user account {EUII Hidden} does not exist in the " + directory + " directory. To sign into"
                                + " this application, the account must be added to the directory.");
    }

    private static AadError foreign(String name, Tenant home, Tenant asked, App app) {
        return AadError.of(
                50020,
                "invalid_grant",
                "User account '" + name + "' from identity provider 'https://sts.windows.net/" + home.id()
                        + "/' does not exist in tenant '" + asked.domain() + "' and cannot access the application '"
                        + app.clientId() + "'(" + app.name() + ") in that tenant. The account needs to be added as an"
                        + " external user in the tenant first. Sign out and sign in again with a different Azure Active"
                        + " Directory user account.");
    }

    /** The browser's sign-in, if nothing ended it since. */
    Optional<Session> session(Request request) {
        return request.cookie(COOKIE)
                .map(sessions::get)
                .filter(session -> !session.user().disabled() && !wasRevoked(session));
    }

    /** Whether the browser was signed in and that was ended by a change of password or by an administrator. */
    boolean wasRevoked(Request request) {
        return request.cookie(COOKIE)
                .map(sessions::get)
                .filter(SignIn::wasRevoked)
                .isPresent();
    }

    private static boolean wasRevoked(Session session) {
        return session.since().isBefore(session.user().tokensValidFrom())
                || session.since().isBefore(session.user().passwordTokensValidFrom());
    }

    Response remember(Response response, Session session) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, session);
        return response.with("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    Response forget(Request request, Response response) {
        request.cookie(COOKIE).ifPresent(sessions::remove);
        return response.with("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }
}
