package org.postroom.credentials;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a token endpoint answered (RFC 6749 section 5). */
public sealed interface TokenAnswer {
    /**
     * Tokens.
     *
     * @param lifetime of the access token
     * @param refreshToken null if none came; the old one stays good then
     * @param scopes what was granted
     * @param user who signed in, as far as the tokens say
     */
    record Granted(
            String accessToken,
            Duration lifetime,
            @Nullable String refreshToken,
            List<String> scopes,
            @Nullable String user)
            implements TokenAnswer {
        /** Copies the scopes. */
        public Granted {
            scopes = List.copyOf(scopes);
        }

        /** Never shows a token. */
        @Override
        public String toString() {
            return "Granted[user=" + user + ", scopes=" + scopes + ", lifetime=" + lifetime + "]";
        }
    }

    /** A person has to do something: sign in again, consent, correct the settings. */
    record Refused(TokenProblem problem) implements TokenAnswer {}

    /**
     * Nothing is wrong with the credentials as far as is known; the same call may go through later.
     *
     * @param asked whether the server itself asked for the pause
     */
    record TryLater(TokenProblem problem, Duration pause, boolean asked) implements TokenAnswer {
        TryLater(TokenProblem problem, Duration pause) {
            this(problem, pause, false);
        }
    }
}
