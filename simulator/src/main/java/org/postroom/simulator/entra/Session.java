package org.postroom.simulator.entra;

import java.time.Instant;
import org.postroom.simulator.organisation.User;

/**
 * A sign-in, by page or by password, that a code or token goes back to.
 *
 * @param since when the password was given
 * @param strong whether a second factor was given too
 */
record Session(User user, Instant since, boolean strong) {
    Session madeStrong() {
        return new Session(user, since, true);
    }
}
