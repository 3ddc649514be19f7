package org.postroom.simulator.scenario;

import java.time.Duration;

/**
 * How long things live that Entra hands out.
 *
 * @param accessToken 60 to 90 minutes at Microsoft, 75 here
 * @param code of the authorization code grant
 * @param refreshIdle unused refresh tokens die after this
 */
public record TokenLives(Duration accessToken, Duration code, Duration refreshIdle) {
    /** Microsoft's defaults. */
    public static final TokenLives DOCUMENTED =
            new TokenLives(Duration.ofMinutes(75), Duration.ofMinutes(10), Duration.ofDays(90));
}
