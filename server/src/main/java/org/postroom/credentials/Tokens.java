package org.postroom.credentials;

import static org.postroom.store.tables.Tables.OAUTH_TOKEN;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.OauthTokenRecord;
import tools.jackson.databind.json.JsonMapper;

/**
 * The access tokens of all channels: hands out a good one, renewing it where needed. One renewal per channel at a time
 * over all nodes; a rotated refresh token is stored before the new access token is used; no error ever deletes a refresh
 * token. Safe for use by many threads; may block its caller for a call to the token endpoint.
 */
public final class Tokens {
    /** The {@link TokenProblem#error()} of a channel that nobody has signed in for. */
    public static final String NOT_CONNECTED = "not_connected";

    private final Database database;
    private final Sealer sealer;
    private final TokenRequest request;
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final Duration margin;
    private final JsonMapper json = JsonMapper.builder().build();

    /**
     * Tokens in this database.
     *
     * @param margin how long before its expiry a token counts as used up
     */
    Tokens(
            Database database,
            Sealer sealer,
            TokenRequest request,
            TokenEndpoint endpoint,
            Clock clock,
            Duration margin) {
        this.database = database;
        this.sealer = sealer;
        this.request = request;
        this.endpoint = endpoint;
        this.clock = clock;
        this.margin = margin;
    }

    /** An access token, or why there is none. */
    public sealed interface Result {
        /**
         * A token to use now.
         *
         * @param user whose it is, as far as is known
         */
        record Ready(String accessToken, @Nullable String user, Instant expires) implements Result {
            /** Never shows the token. */
            @Override
            public String toString() {
                return "Ready[user=" + user + ", expires=" + expires + "]";
            }
        }

        /** No token; {@link TokenProblem#needs()} tells whether waiting helps. */
        record Missing(TokenProblem problem) implements Result {}
    }

    /** What is known of a channel's sign-in, for people to see. */
    public record SignedIn(
            @Nullable String user,
            String scopes,
            @Nullable Instant grantedAt,
            @Nullable Instant refreshedAt,
            @Nullable Instant accessExpiresAt,
            @Nullable TokenProblem problem) {}

    /**
     * A good access token.
     *
     * @param scopes what the channel cannot do without; asked for where no person signs in
     * @param rejected a token that the mail server did not accept although it had not expired, or null: never handed out
     *     again
     */
    public Result accessToken(
            String channelId, Authentication.OAuth2 auth, List<String> scopes, @Nullable String rejected) {
        Result ready = stored(channelId, rejected, margin);
        if (ready != null) {
            return ready;
        }
        return database.locked("token/" + channelId, sql -> {
            Result meanwhile = stored(channelId, rejected, margin);
            return meanwhile != null ? meanwhile : renew(channelId, auth, scopes, rejected);
        });
    }

    /** What is known of the sign-in; null if nobody has signed in. */
    public @Nullable SignedIn signedIn(String channelId) {
        OauthTokenRecord row = row(channelId);
        if (row == null || row.getAccessSealed() == null) {
            return null;
        }
        return new SignedIn(
                row.getSignedInUser(),
                row.getScopes(),
                row.getGrantedAt(),
                row.getRefreshedAt(),
                row.getAccessExpiresAt(),
                problem(row));
    }

    /**
     * What keeps a sign-in from even beginning, such as a tenant that does not exist; null if the identity server says
     * nothing of the kind. Asks it, without anybody's secrets.
     */
    public @Nullable TokenProblem obstacle(Authentication.OAuth2 auth) {
        return endpoint.refusal(discoveryAddress(auth));
    }

    /** Forgets the tokens of a channel that is deleted or signs in as somebody else. */
    public void forget(String channelId) {
        database.write(sql -> sql.deleteFrom(OAUTH_TOKEN)
                .where(OAUTH_TOKEN.CHANNEL_ID.eq(channelId))
                .execute());
    }

    /** Stores what a sign-in brought; it replaces an earlier one. */
    void keep(String channelId, TokenAnswer.Granted granted, boolean newSignIn) {
        Instant now = clock.instant();
        database.write(sql -> {
            OauthTokenRecord row = sql.fetchOne(OAUTH_TOKEN, OAUTH_TOKEN.CHANNEL_ID.eq(channelId));
            boolean begins = newSignIn || row == null;
            if (row == null) {
                row = sql.newRecord(OAUTH_TOKEN);
                row.setChannelId(channelId);
                row.setVersion(0L);
            }
            if (granted.refreshToken() != null) {
                row.setRefreshSealed(sealer.seal(granted.refreshToken(), channelId + "/refresh"));
            }
            row.setAccessSealed(sealer.seal(granted.accessToken(), channelId + "/access"));
            row.setAccessExpiresAt(now.plus(granted.lifetime()));
            if (begins) {
                row.setGrantedAt(now);
                row.setSignedInUser(granted.user());
            }
            if (begins || !granted.scopes().isEmpty()) {
                row.setScopes(String.join(" ", granted.scopes()));
            }
            row.setRefreshedAt(now);
            row.setProblem(null);
            row.setVersion(row.getVersion() + 1);
            return row.store();
        });
    }

    private @Nullable Result stored(String channelId, @Nullable String rejected, Duration spare) {
        OauthTokenRecord row = row(channelId);
        if (row == null || row.getAccessSealed() == null) {
            return null;
        }
        Instant expires = Objects.requireNonNull(row.getAccessExpiresAt());
        if (!clock.instant().plus(spare).isBefore(expires)) {
            return null;
        }
        String token = sealer.open(row.getAccessSealed(), channelId + "/access");
        return token.equals(rejected) ? null : new Result.Ready(token, row.getSignedInUser(), expires);
    }

    private Result renew(String channelId, Authentication.OAuth2 auth, List<String> scopes, @Nullable String rejected) {
        OauthTokenRecord row = row(channelId);
        String refreshToken = row == null || row.getRefreshSealed() == null
                ? null
                : sealer.open(row.getRefreshSealed(), channelId + "/refresh");
        return switch (request.of(channelId, auth, scopes, refreshToken)) {
            case TokenRequest.Form.Missing(TokenProblem problem) -> new Result.Missing(problem);
            case TokenRequest.Form.Ready(Map<String, String> form) -> ask(channelId, auth, rejected, form);
        };
    }

    private Result ask(
            String channelId, Authentication.OAuth2 auth, @Nullable String rejected, Map<String, String> form) {
        return switch (endpoint.ask(tokenAddress(auth), form)) {
            case TokenAnswer.Granted granted -> {
                keep(channelId, granted, false);
                yield Objects.requireNonNull(stored(channelId, null, Duration.ZERO));
            }
            case TokenAnswer.Refused(TokenProblem refusal) -> {
                TokenProblem problem = TokenRequest.inItsWords(auth.grant(), refusal);
                remember(channelId, problem);
                yield new Result.Missing(problem);
            }
            case TokenAnswer.TryLater(TokenProblem problem, Duration wait) -> {
                // An outage of the identity server need not stop mail while the old token still lives.
                Result old = stored(channelId, rejected, Duration.ZERO);
                yield old != null ? old : new Result.Missing(problem);
            }
        };
    }

    private void remember(String channelId, TokenProblem problem) {
        database.write(sql -> sql.update(OAUTH_TOKEN)
                .set(OAUTH_TOKEN.PROBLEM, json.writeValueAsString(problem))
                .where(OAUTH_TOKEN.CHANNEL_ID.eq(channelId))
                .execute());
    }

    private @Nullable TokenProblem problem(OauthTokenRecord row) {
        return row.getProblem() == null ? null : json.readValue(row.getProblem(), TokenProblem.class);
    }

    private @Nullable OauthTokenRecord row(String channelId) {
        return database.read(sql -> sql.fetchOne(OAUTH_TOKEN, OAUTH_TOKEN.CHANNEL_ID.eq(channelId)));
    }

    static URI tokenAddress(Authentication.OAuth2 auth) {
        return URI.create(auth.authority() + "/" + auth.tenant() + "/oauth2/v2.0/token");
    }

    private static URI discoveryAddress(Authentication.OAuth2 auth) {
        return URI.create(auth.authority() + "/" + auth.tenant() + "/v2.0/.well-known/openid-configuration");
    }

    static URI authorizeAddress(Authentication.OAuth2 auth) {
        return URI.create(auth.authority() + "/" + auth.tenant() + "/oauth2/v2.0/authorize");
    }
}
