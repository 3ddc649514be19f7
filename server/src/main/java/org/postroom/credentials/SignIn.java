package org.postroom.credentials;

import static org.postroom.store.tables.Tables.OAUTH_STATE;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.OauthStateRecord;

/** Authorization code with PKCE (RFC 6749 section 4.1, RFC 7636): from <em>Connect</em> to stored tokens. */
public final class SignIn {
    /** How long a person has between Connect and the end of the sign-in. */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Database database;
    private final Sealer sealer;
    private final TokenRequest request;
    private final Tokens tokens;
    private final AuthorizationServers servers;
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SignIn(
            Database database,
            Sealer sealer,
            TokenRequest request,
            Tokens tokens,
            AuthorizationServers servers,
            TokenEndpoint endpoint,
            Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.request = request;
        this.tokens = tokens;
        this.servers = servers;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** How a sign-in ended. */
    public sealed interface Outcome {
        /** Tokens are stored. */
        record Connected(String channelId, @Nullable String user, List<String> granted, List<String> needed)
                implements Outcome {}

        /**
         * Somebody signed in, but not so that the channel could work; what was stored before is unchanged.
         *
         * @param missing needed permissions that were not granted
         * @param expected who should have signed in, if somebody else did
         */
        record NotUsable(
                String channelId,
                @Nullable String user,
                List<String> granted,
                List<String> needed,
                List<String> missing,
                @Nullable String expected)
                implements Outcome {}

        /** The identity server or the person said no; what was stored before is unchanged. */
        record Refused(String channelId, TokenProblem problem) implements Outcome {}

        /** The callback does not belong to a sign-in that waits: forged, used before, too late, or of somebody else. */
        record Unknown(String why) implements Outcome {}
    }

    /** A callback's query (RFC 6749 section 4.1.2). */
    public record Callback(
            @Nullable String state,
            @Nullable String code,
            @Nullable String error,
            @Nullable String errorDescription) {
        /** Never shows the code. */
        @Override
        public String toString() {
            return "Callback[error=" + error + "]";
        }
    }

    /**
     * A waiting sign-in, found by its state.
     *
     * @param linkHash the reconnect link it began with, or null
     */
    public record Waiting(
            String channelId,
            @Nullable String personId,
            @Nullable String linkHash) {}

    /** Who starts a sign-in. */
    public sealed interface Starter {
        /** Somebody who is signed in here, and must be there at the end. */
        record Person(String id) implements Starter {}

        /** A program; whoever opens the address has to be signed in here at its end. */
        record Program() implements Starter {}

        /** Whoever holds a reconnect link; only this user of the identity server will do. */
        record Link(String hash, String expectedUser) implements Starter {}
    }

    /** How a sign-in begins. */
    public sealed interface Start {
        /** The browser goes there. */
        record Go(URI there) implements Start {}

        /** There is nowhere to send it. */
        record Impossible(TokenProblem problem) implements Start {}
    }

    /**
     * Starts a sign-in.
     *
     * @param redirectUri where the identity server sends the browser back to
     */
    public Start start(OAuthClient client, String redirectUri, Starter starter) {
        return switch (servers.of(client)) {
            case AuthorizationServers.Found.Missing(TokenProblem problem) -> new Start.Impossible(problem);
            case AuthorizationServers.Found.Server(AuthorizationServer server)
            when server.authorize() == null ->
                new Start.Impossible(new TokenProblem(
                        Needs.SETTINGS,
                        "The identity server describes no sign-in by browser (authorization_endpoint).",
                        "Choose another grant.",
                        "no_authorization_endpoint",
                        null,
                        null));
            case AuthorizationServers.Found.Server(AuthorizationServer server) ->
                new Start.Go(begin(client, server, redirectUri, starter));
        };
    }

    private URI begin(OAuthClient client, AuthorizationServer server, String redirectUri, Starter starter) {
        String state = randomWord();
        String verifier = randomWord();
        String hash = hash(state);
        Instant now = clock.instant();
        Starter.Link link = starter instanceof Starter.Link l ? l : null;
        database.write(sql -> {
            sql.deleteFrom(OAUTH_STATE)
                    .where(OAUTH_STATE.EXPIRES_AT.lt(now.minus(Duration.ofDays(1))))
                    .execute();
            return sql.insertInto(OAUTH_STATE)
                    .set(OAUTH_STATE.STATE_HASH, hash)
                    .set(OAUTH_STATE.CHANNEL_ID, client.channelId())
                    .set(OAUTH_STATE.PERSON_ID, starter instanceof Starter.Person(String id) ? id : null)
                    .set(OAUTH_STATE.LINK_HASH, link == null ? null : link.hash())
                    .set(OAUTH_STATE.EXPECTED_USER, link == null ? null : link.expectedUser())
                    .set(OAUTH_STATE.VERIFIER_SEALED, sealer.seal(verifier, hash))
                    .set(OAUTH_STATE.REDIRECT_URI, redirectUri)
                    .set(OAUTH_STATE.CREATED_AT, now)
                    .set(OAUTH_STATE.EXPIRES_AT, now.plus(PATIENCE))
                    .execute();
        });
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", client.auth().clientId());
        query.put("response_type", "code");
        query.put("redirect_uri", redirectUri);
        query.put("response_mode", "query");
        query.put("scope", String.join(" ", asked(client, server)));
        query.put("state", state);
        query.put("code_challenge", challenge(verifier));
        query.put("code_challenge_method", "S256");
        String user = link == null ? client.auth().signInUser() : link.expectedUser();
        if (user != null) {
            query.put("login_hint", user);
        }
        switch (client.auth().provider()) {
            case MICROSOFT -> query.put("prompt", "select_account");
            case GOOGLE -> {
                // Google hands out a refresh token only when asked for, and again only after a new consent.
                query.put("access_type", "offline");
                query.put("prompt", "consent");
            }
            case OTHER -> {}
        }
        String claims = tokens.claims(client.channelId());
        if (claims != null) {
            query.put("claims", claims);
        }
        return withQuery(Objects.requireNonNull(server.authorize()), query);
    }

    /** What a sign-in asks for: who signed in is told by the id token, which comes only if asked for. */
    static List<String> asked(OAuthClient client, AuthorizationServer server) {
        Set<String> scopes = new LinkedHashSet<>(client.needed());
        scopes.add("openid");
        scopes.add("profile");
        if (client.auth().provider() != Provider.MICROSOFT) {
            scopes.add("email");
        }
        if (client.auth().provider() == Provider.OTHER
                && client.auth().scopes().isEmpty()
                && !server.scopes().isEmpty()) {
            scopes.retainAll(server.scopes());
        }
        return List.copyOf(scopes);
    }

    private static URI withQuery(URI base, Map<String, String> query) {
        StringBuilder address = new StringBuilder(base.toString());
        char separator = base.getRawQuery() == null ? '?' : '&';
        for (Map.Entry<String, String> field : query.entrySet()) {
            address.append(separator)
                    .append(field.getKey())
                    .append('=')
                    .append(URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8)
                            .replace("+", "%20"));
            separator = '&';
        }
        return URI.create(address.toString());
    }

    /** The sign-in a state belongs to, if it still waits; does not use it up. */
    public @Nullable Waiting waiting(String state) {
        OauthStateRecord row = database.read(sql -> sql.fetchOne(OAUTH_STATE, OAUTH_STATE.STATE_HASH.eq(hash(state))));
        return row == null || row.getUsedAt() != null || row.getExpiresAt().isBefore(clock.instant())
                ? null
                : new Waiting(row.getChannelId(), row.getPersonId(), row.getLinkHash());
    }

    /**
     * Ends a sign-in: uses its state up, turns the code into tokens and stores them if they can work.
     *
     * @param personId who is signed in to Postroom in the browser that came back, or null
     */
    public Outcome finish(Callback callback, OAuthClient client, @Nullable String personId) {
        String state = callback.state();
        OauthStateRecord row = state == null ? null : use(hash(state));
        if (row == null) {
            return new Outcome.Unknown("This sign-in is not one that Postroom is waiting for: it was used already,"
                    + " took longer than " + PATIENCE.toMinutes() + " minutes, or was not started here.");
        }
        if (row.getPersonId() != null && !row.getPersonId().equals(personId)) {
            return new Outcome.Unknown("This sign-in was started by somebody else.");
        }
        if (callback.error() != null) {
            TokenProblem problem = EntraErrors.read(callback.error(), callback.errorDescription(), null);
            return new Outcome.Refused(row.getChannelId(), problem);
        }
        if (callback.code() == null || callback.code().isBlank()) {
            return new Outcome.Refused(
                    row.getChannelId(),
                    new TokenProblem(
                            Needs.SIGN_IN,
                            "No code came back from the sign-in.",
                            "Connect again.",
                            "no_code",
                            null,
                            null));
        }
        return exchange(row, callback.code(), client);
    }

    private @Nullable OauthStateRecord use(String hash) {
        Instant now = clock.instant();
        return database.write(sql -> {
            int used = sql.update(OAUTH_STATE)
                    .set(OAUTH_STATE.USED_AT, now)
                    .where(OAUTH_STATE.STATE_HASH.eq(hash))
                    .and(OAUTH_STATE.USED_AT.isNull())
                    .and(OAUTH_STATE.EXPIRES_AT.gt(now))
                    .execute();
            return used == 1 ? sql.fetchOne(OAUTH_STATE, OAUTH_STATE.STATE_HASH.eq(hash)) : null;
        });
    }

    private Outcome exchange(OauthStateRecord row, String code, OAuthClient client) {
        String channelId = row.getChannelId();
        if (!(servers.of(client) instanceof AuthorizationServers.Found.Server(AuthorizationServer server))) {
            return new Outcome.Refused(channelId, vanished());
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", row.getRedirectUri());
        form.put("code_verifier", sealer.open(row.getVerifierSealed(), row.getStateHash()));
        return switch (request.proven(client, server, form)) {
            case TokenRequest.Form.Missing(TokenProblem problem) -> new Outcome.Refused(channelId, problem);
            case TokenRequest.Form.Ready ready ->
                switch (endpoint.ask(client, server.token(), ready.fields(), ready.authorization())) {
                    case TokenAnswer.Granted granted -> judge(channelId, granted, client, row.getExpectedUser());
                    case TokenAnswer.Refused(TokenProblem problem) -> new Outcome.Refused(channelId, problem);
                    case TokenAnswer.TryLater(TokenProblem problem, Duration wait, boolean asked) ->
                        new Outcome.Refused(channelId, problem);
                };
        };
    }

    private static TokenProblem vanished() {
        return new TokenProblem(
                Needs.WAITING,
                "The identity server no longer says where its tokens come from.",
                "Connect again in a while.",
                "no_description",
                null,
                null);
    }

    private Outcome judge(
            String channelId, TokenAnswer.Granted granted, OAuthClient client, @Nullable String expectedByLink) {
        String expected = expectedByLink == null ? client.auth().signInUser() : expectedByLink;
        Granted.Shortcoming wrong = Granted.judge(granted, client.needed(), expected, expectedByLink != null);
        if (wrong != null) {
            return new Outcome.NotUsable(
                    channelId, granted.user(), granted.scopes(), client.needed(), wrong.missing(), wrong.expected());
        }
        tokens.keep(channelId, granted, true);
        return new Outcome.Connected(channelId, granted.user(), granted.scopes(), client.needed());
    }

    private String randomWord() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    private static String hash(String state) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(Objects.requireNonNull(state)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
