package org.postroom.channel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.FakeEntra.Answering;

/**
 * An identity server through a year, by rules that Microsoft documents: refresh tokens rotate, end after 90 days without
 * use, and with a password reset; a client secret has an end; and for a week nothing answers.
 */
final class TokenYear implements Answering {
    private static final Duration IDLE = Duration.ofDays(90);
    private static final Duration LIFE = Duration.ofMinutes(75);
    /** So many earlier refresh tokens still count, for Microsoft does not revoke them at once. */
    private static final int KEPT = 1;

    final SetClock clock;
    final AtomicInteger renewals = new AtomicInteger();
    final AtomicInteger atOnce = new AtomicInteger();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Deque<String> good = new ArrayDeque<>();
    private final Instant outageFrom;
    private final Instant outageTo;
    private volatile String secret;
    private volatile Instant secretEnds;
    private Instant lastUse;
    private boolean revoked;

    TokenYear(SetClock clock, Instant outageFrom, Instant outageTo, String secret, Instant secretEnds) {
        this.clock = clock;
        this.outageFrom = outageFrom;
        this.outageTo = outageTo;
        this.secret = secret;
        this.secretEnds = secretEnds;
        this.lastUse = clock.instant();
    }

    /** A person signs in. */
    synchronized String signIn() {
        revoked = false;
        good.clear();
        return next();
    }

    /** The user's password is reset by an administrator. */
    synchronized void resetPassword() {
        revoked = true;
    }

    /** The application gets another secret. */
    void newSecret(String value, Instant ends) {
        secret = value;
        secretEnds = ends;
    }

    private String next() {
        String made = "r-" + clock.instant().toEpochMilli() + "-" + renewals.get();
        good.addLast(made);
        while (good.size() > KEPT) {
            good.removeFirst();
        }
        lastUse = clock.instant();
        return made;
    }

    @Override
    public Answer to(Map<String, String> form) {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try {
            return answer(form);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private synchronized Answer answer(Map<String, String> form) {
        Instant now = clock.instant();
        if (!now.isBefore(outageFrom) && now.isBefore(outageTo)) {
            return Answer.json(503, "<html>Service Unavailable</html>");
        }
        if (!secret.equals(form.get("client_secret"))) {
            return Answer.error("invalid_client", 7000215);
        }
        if (!now.isBefore(secretEnds)) {
            return Answer.error("invalid_client", 7000222);
        }
        if (revoked) {
            return Answer.error("invalid_grant", 50173);
        }
        if (!good.contains(form.getOrDefault("refresh_token", ""))) {
            return Answer.error("invalid_grant", 70000);
        }
        if (lastUse.plus(IDLE).isBefore(now)) {
            return Answer.error("invalid_grant", 700082);
        }
        renewals.incrementAndGet();
        String refresh = next();
        return Answer.json(200, """
                {"token_type": "Bearer", "expires_in": %d, "access_token": "a-%s", "refresh_token": "%s",
                 "scope": "https://outlook.office.com/IMAP.AccessAsUser.All"}
                """.formatted(LIFE.toSeconds(), refresh, refresh));
    }
}
