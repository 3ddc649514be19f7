package org.postroom.simulator.entra;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    /** A person at the page satisfies these: strong authentication is taken as done there. */
    private static final Set<Integer> CURED_BY_PAGE = Set.of(
            50072, 50074, 50076, 50078, 50079, 50089, 50132, 50133, 50173, 65001, 70000, 70008, 70043, 700082, 90033,
            90055);

    private final Organisation organisation;
    private final Map<String, User> sessions = new ConcurrentHashMap<>();

    SignIn(Organisation organisation) {
        this.organisation = organisation;
    }

    /** The user of that name and password, if he may sign in to that tenant. */
    User check(String name, String password, Optional<Tenant> tenant, App app) throws AadException {
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
        if (!user.password().equals(password)) {
            throw new AadException(AadError.known(50126));
        }
        if (user.disabled()) {
            throw new AadException(AadError.known(50057));
        }
        return user;
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

    /** Refuses what an administrator switched to be refused; {@code atPage} lets a person's presence cure it. */
    static void checkPolicy(User user, App app, boolean atPage) throws AadException {
        for (Integer code : new Integer[] {
            user.refuseTokensWith(), app.refuseTokensWith(), user.tenant().refuseTokensWith()
        }) {
            if (code != null && !(atPage && CURED_BY_PAGE.contains(code))) {
                throw new AadException(AadError.known(code));
            }
        }
    }

    Optional<User> session(Request request) {
        return request.cookie(COOKIE).map(sessions::get).filter(user -> !user.disabled());
    }

    Response remember(Response response, User user) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, user);
        return response.with("Set-Cookie", COOKIE + "=" + id + "; Path=/; HttpOnly; SameSite=Lax");
    }

    Response forget(Request request, Response response) {
        request.cookie(COOKIE).ifPresent(sessions::remove);
        return response.with("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }
}
