package org.postroom.credentials;

import static org.postroom.store.tables.Tables.OAUTH_TOKEN;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Database database;
    private final Sealer sealer;
    private final TokenRequest request;
    private final ExternalTokens external;
    private final AuthorizationServers servers;
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
            ExternalTokens external,
            AuthorizationServers servers,
            TokenEndpoint endpoint,
            Clock clock,
            Duration margin) {
        this.database = database;
        this.sealer = sealer;
        this.request = request;
        this.external = external;
        this.servers = servers;
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
     * @param rejected a token that the mail server did not accept although it had not expired, or null: never handed out
     *     again
     */
    public Result accessToken(OAuthClient client, @Nullable String rejected) {
        Result ready = stored(client.channelId(), rejected, margin);
        if (ready != null) {
            return ready;
        }
        return database.locked("token/" + client.channelId(), sql -> {
            Result meanwhile = stored(client.channelId(), rejected, margin);
            return meanwhile != null ? meanwhile : renew(client, rejected);
        });
    }

    /**
     * Renews a token that nobody asks for, so that its refresh token does not end of idleness; does nothing if it was
     * renewed within {@code idle}.
     */
    public Result keepAlive(OAuthClient client, Duration idle) {
        return database.locked("token/" + client.channelId(), sql -> {
            OauthTokenRecord row = row(client.channelId());
            Instant last = row == null ? null : row.getRefreshedAt();
            Result ready = last != null && last.plus(idle).isAfter(clock.instant())
                    ? stored(client.channelId(), null, Duration.ZERO)
                    : null;
            return ready != null ? ready : renew(client, null);
        });
    }

    /** The channels whose refresh token was last used that long ago or longer. */
    public List<String> idle(Duration idle) {
        Instant before = clock.instant().minus(idle);
        return database.read(sql -> sql.select(OAUTH_TOKEN.CHANNEL_ID)
                .from(OAUTH_TOKEN)
                .where(OAUTH_TOKEN.REFRESH_SEALED.isNotNull())
                .and(OAUTH_TOKEN.REFRESHED_AT.le(before))
                .fetch(OAUTH_TOKEN.CHANNEL_ID));
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
    public @Nullable TokenProblem obstacle(OAuthClient client) {
        Authentication.OAuth2 auth = client.auth();
        if (auth.provider() != Provider.MICROSOFT) {
            return servers.of(client) instanceof AuthorizationServers.Found.Missing(TokenProblem problem)
                    ? problem
                    : null;
        }
        String issuer = auth.authority() + "/" + auth.tenant() + "/v2.0";
        return endpoint.document(client, AuthorizationServer.description(issuer))
                                instanceof TokenEndpoint.Document.Absent(TokenProblem problem)
                        && problem.needs() == TokenProblem.Needs.SETTINGS
                ? problem
                : null;
    }

    /** What the next sign-in has to be asked for ({@code claims}), if the identity server said so; null as a rule. */
    @Nullable
    String claims(String channelId) {
        OauthTokenRecord row = row(channelId);
        TokenProblem problem = row == null ? null : problem(row);
        return problem == null ? null : problem.claims();
    }

    /** Gives one channel's tokens to another, which has none afterwards; sealed anew, for the seal names its owner. */
    public void move(String from, String to) {
        database.write(sql -> {
            OauthTokenRecord row = sql.fetchOne(OAUTH_TOKEN, OAUTH_TOKEN.CHANNEL_ID.eq(from));
            sql.deleteFrom(OAUTH_TOKEN)
                    .where(OAUTH_TOKEN.CHANNEL_ID.in(from, to))
                    .execute();
            if (row == null) {
                return 0;
            }
            OauthTokenRecord moved = sql.newRecord(OAUTH_TOKEN, row);
            moved.setChannelId(to);
            if (row.getRefreshSealed() != null) {
                moved.setRefreshSealed(
                        sealer.seal(sealer.open(row.getRefreshSealed(), from + "/refresh"), to + "/refresh"));
            }
            if (row.getAccessSealed() != null) {
                moved.setAccessSealed(
                        sealer.seal(sealer.open(row.getAccessSealed(), from + "/access"), to + "/access"));
            }
            return moved.insert();
        });
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
            row.setNotBeforeAt(null);
            row.setWaiting(null);
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
        if (!clock.instant().plus(bounded(spare, row.getRefreshedAt(), expires)).isBefore(expires)) {
            return null;
        }
        String token = sealer.open(row.getAccessSealed(), channelId + "/access");
        return token.equals(rejected) ? null : new Result.Ready(token, row.getSignedInUser(), expires);
    }

    /** Many servers' tokens live no longer than the usual margin: such a token is good for half its life. */
    private static Duration bounded(Duration spare, @Nullable Instant obtained, Instant expires) {
        if (obtained == null) {
            return spare;
        }
        Duration half = Duration.between(obtained, expires).dividedBy(2);
        return half.compareTo(spare) < 0 ? half : spare;
    }

    private Result renew(OAuthClient client, @Nullable String rejected) {
        TokenProblem heldBack = heldBack(client.channelId());
        if (heldBack != null) {
            Result old = stored(client.channelId(), rejected, Duration.ZERO);
            return old != null ? old : new Result.Missing(heldBack);
        }
        if (client.auth().grant() == Grant.EXTERNAL) {
            return use(client, rejected, external.ask(client));
        }
        return switch (servers.of(client)) {
            case AuthorizationServers.Found.Missing(TokenProblem problem) -> {
                Result old = stored(client.channelId(), rejected, Duration.ZERO);
                yield old != null ? old : new Result.Missing(problem);
            }
            case AuthorizationServers.Found.Server(AuthorizationServer server) -> renew(client, server, rejected);
        };
    }

    private Result renew(OAuthClient client, AuthorizationServer server, @Nullable String rejected) {
        OauthTokenRecord row = row(client.channelId());
        String refreshToken = row == null || row.getRefreshSealed() == null
                ? null
                : sealer.open(row.getRefreshSealed(), client.channelId() + "/refresh");
        return switch (request.of(client, server, refreshToken)) {
            case TokenRequest.Form.Missing(TokenProblem problem) -> new Result.Missing(problem);
            case TokenRequest.Form.Ready form -> use(client, rejected, ask(client, server, refreshToken, form));
        };
    }

    /** What is signed names the time: once the server's clock turns out to be another, it is signed again. */
    private TokenAnswer ask(
            OAuthClient client,
            AuthorizationServer server,
            @Nullable String refreshToken,
            TokenRequest.Form.Ready form) {
        Duration ahead = endpoint.ahead(server.token());
        TokenAnswer answer = endpoint.ask(client, server.token(), form.fields(), form.authorization());
        boolean signed = client.auth().certificate() != null || client.auth().grant() == Grant.SERVICE_ACCOUNT;
        boolean again = answer instanceof TokenAnswer.Refused
                && signed
                && !endpoint.ahead(server.token()).equals(ahead)
                && !endpoint.ahead(server.token()).isZero();
        return again && request.of(client, server, refreshToken) instanceof TokenRequest.Form.Ready anew
                ? endpoint.ask(client, server.token(), anew.fields(), anew.authorization())
                : answer;
    }

    private Result use(OAuthClient client, @Nullable String rejected, TokenAnswer answer) {
        String channelId = client.channelId();
        return switch (answer) {
            case TokenAnswer.Granted granted -> {
                keep(channelId, granted, false);
                yield Objects.requireNonNull(stored(channelId, null, Duration.ZERO));
            }
            case TokenAnswer.Refused(TokenProblem refusal) -> {
                TokenProblem problem = TokenRequest.inItsWords(client.auth().grant(), refusal);
                remember(channelId, problem);
                yield new Result.Missing(problem);
            }
            case TokenAnswer.TryLater(TokenProblem problem, Duration pause, boolean asked) -> {
                if (asked) {
                    holdBack(channelId, problem, pause);
                }
                // An outage of the identity server need not stop mail while the old token still lives.
                Result old = stored(channelId, rejected, Duration.ZERO);
                yield old != null ? old : new Result.Missing(problem);
            }
        };
    }

    /** Why the identity server is not to be asked yet; null if it may be. */
    private @Nullable TokenProblem heldBack(String channelId) {
        OauthTokenRecord row = row(channelId);
        if (row == null || row.getNotBeforeAt() == null || row.getWaiting() == null) {
            return null;
        }
        return clock.instant().isBefore(row.getNotBeforeAt())
                ? json.readValue(row.getWaiting(), TokenProblem.class)
                : null;
    }

    private void holdBack(String channelId, TokenProblem problem, Duration pause) {
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        Instant until = clock.instant().plus(bounded);
        database.write(sql -> sql.insertInto(OAUTH_TOKEN)
                .set(OAUTH_TOKEN.CHANNEL_ID, channelId)
                .set(OAUTH_TOKEN.SCOPES, "")
                .set(OAUTH_TOKEN.VERSION, 1L)
                .set(OAUTH_TOKEN.NOT_BEFORE_AT, until)
                .set(OAUTH_TOKEN.WAITING, json.writeValueAsString(problem))
                .onConflict(OAUTH_TOKEN.CHANNEL_ID)
                .doUpdate()
                .set(OAUTH_TOKEN.NOT_BEFORE_AT, until)
                .set(OAUTH_TOKEN.WAITING, json.writeValueAsString(problem))
                .execute());
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
}
