package org.postroom.simulator.entra;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ConditionalAccess;
import org.postroom.simulator.organisation.ConditionalAccess.Demand;
import org.postroom.simulator.organisation.User;

/** Whether conditional access and assignment let a user have a token of an app. */
final class Policy {
    /** A person at the page satisfies these. */
    private static final Set<Integer> CURED_BY_PAGE = Set.of(
            50072, 50074, 50076, 50078, 50079, 50089, 50132, 50133, 50173, 65001, 70000, 70008, 70043, 700082, 90033,
            90055);

    private Policy() {}

    private static List<ConditionalAccess> all(User user, App app) {
        return List.of(
                user.conditionalAccess(), app.conditionalAccess(), user.tenant().conditionalAccess());
    }

    /** At the page: gives the sign-in with the second factor that was asked for there, or refuses. */
    static Session atPage(Session session, App app) throws AadException {
        boolean strong = session.strong();
        checkAssigned(session.user(), app);
        for (ConditionalAccess policy : all(session.user(), app)) {
            Integer code = policy.refuseTokensWith();
            if (code != null && !CURED_BY_PAGE.contains(code)) {
                throw new AadException(AadError.known(code));
            }
            for (Demand demand : policy.demands()) {
                if (!demand.metAtPage()) {
                    throw new AadException(AadError.known(demand.code()));
                }
                strong = true;
            }
        }
        return strong ? session.madeStrong() : session;
    }

    /** At the token endpoint, where nobody is there to give a second factor. */
    static void check(Session session, App app, Instant now) throws AadException {
        User user = session.user();
        if (user.disabled()) {
            throw new AadException(AadError.known(50057));
        }
        checkAssigned(user, app);
        for (ConditionalAccess policy : all(user, app)) {
            refuseIfOrdered(policy.refuseTokensWith());
            for (Demand demand : policy.demands()) {
                if (!demand.metAtPage() || !session.strong()) {
                    throw new AadException(AadError.known(demand.code()));
                }
            }
            if (isTooOld(session, policy, now)) {
                throw new AadException(tooOld(session, policy));
            }
        }
    }

    /** For an app of its own: only what is demanded of the app itself, and what was ordered for it or its tenant. */
    static void check(App app) throws AadException {
        Integer own = app.conditionalAccess().refuseTokensWith();
        refuseIfOrdered(own != null ? own : app.tenant().conditionalAccess().refuseTokensWith());
        if (app.conditionalAccess().demands().contains(Demand.BLOCK)) {
            throw new AadException(AadError.known(Demand.BLOCK.code()));
        }
    }

    /** Whether a browser's sign-in has to be repeated for the app. */
    static boolean isTooOld(Session session, App app, Instant now) {
        return all(session.user(), app).stream().anyMatch(policy -> isTooOld(session, policy, now));
    }

    private static boolean isTooOld(Session session, ConditionalAccess policy, Instant now) {
        Duration most = policy.signInFrequency();
        return most != null && session.since().plus(most).isBefore(now);
    }

    private static AadError tooOld(Session session, ConditionalAccess policy) {
        Duration most = policy.signInFrequency();
        return new AadError(
                70043,
                "invalid_grant",
                "token_expired",
                "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access. The"
                        + " token was issued on " + session.since()
                        + " and the maximum allowed lifetime for this request"
                        + " is " + (most == null ? 0 : most.toSeconds()) + ".");
    }

    private static void refuseIfOrdered(@Nullable Integer code) throws AadException {
        if (code != null) {
            throw new AadException(AadError.known(code));
        }
    }

    private static void checkAssigned(User user, App app) throws AadException {
        if (app.assignmentRequired() && !app.assigned().contains(user.upn())) {
            throw new AadException(
                    AadError.of(
                            50105,
                            "invalid_grant",
                            "Your administrator has configured the application " + app.name() + " ('" + app.clientId()
                                    + "') to block users unless they are specifically granted ('assigned') access to the"
                                    + " application. The signed in user '" + user.upn()
                                    + "' is blocked because they are not a"
                                    + " direct member of a group with access, nor had access directly assigned by an"
                                    + " administrator. Please contact your administrator to assign access to this application."));
        }
    }
}
