package org.postroom.credentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.postroom.store.Database;
import org.postroom.store.Databases;
import org.postroom.store.StoreSettings;

/** Stored secrets in a real database: those of one channel {@code c1}, whose next token an identity server has ready. */
public final class FakeCredentials {
    public static final String OWNER = "svc@contoso.test";
    public static final String TOKEN = "eyJhbGciOiJub25lIn0.token-that-must-not-leak.sig";
    public static final String RENEWED = TOKEN + "-renewed";

    private final FakeEntra entra;
    private final Path folder;
    private final Database database;
    private final Sealer sealer;
    private final Secrets secrets;
    private final TokenEndpoint endpoint =
            new TokenEndpoint(HttpClients.custom().disableAutomaticRetries().build(), Clock.systemUTC());
    private final AuthorizationServers servers = new AuthorizationServers(endpoint, Clock.systemUTC());
    private final Tokens tokens;

    private FakeCredentials() {
        try {
            folder = Files.createTempDirectory("postroom-credentials");
            entra = new FakeEntra();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = Databases.open(new StoreSettings(folder, null, null, null), folder)
                .database();
        sealer = Sealer.open(null, folder);
        secrets = new Secrets(database, sealer, Clock.systemUTC());
        tokens = tokens(database, Clock.systemUTC());
    }

    private static final class Shared {
        static final FakeCredentials ONE = new FakeCredentials();
    }

    /** The same for all tests of this process, as new. */
    public static FakeCredentials fresh() {
        FakeCredentials shared = Shared.ONE;
        shared.secrets.put("c1", Secrets.Purpose.INCOMING_PASSWORD, "s3cret");
        shared.entra.forget();
        shared.entra.answer(form -> FakeEntra.Answer.tokens(RENEWED, "r2"));
        shared.tokens.forget("c1");
        shared.tokens.keep("c1", granted(TOKEN, Duration.ofHours(1)), true);
        return shared;
    }

    /** What a sign-in brings. */
    public static TokenAnswer.Granted granted(String token, Duration lifetime) {
        return new TokenAnswer.Granted(token, lifetime, "r1", List.of("IMAP.AccessAsUser.All"), OWNER);
    }

    /** Stores a new sign-in of a channel. */
    public static void signIn(Tokens tokens, String channelId, String access, String refresh, Duration lifetime) {
        tokens.keep(
                channelId,
                new TokenAnswer.Granted(access, lifetime, refresh, List.of("IMAP.AccessAsUser.All"), OWNER),
                true);
    }

    /** Secrets in another database. */
    public Secrets secrets(Database other, Clock clock) {
        return new Secrets(other, sealer, clock);
    }

    /** Sign-in by device in another database. */
    public DeviceSignIn devices(Database other, Tokens those, Clock clock) {
        return new DeviceSignIn(
                other,
                sealer,
                new TokenRequest(secrets(other, clock), endpoint, clock),
                those,
                servers,
                endpoint,
                clock);
    }

    /** Tokens over another database or clock, with the secrets that are in it. */
    public Tokens node(Database other, Clock clock) {
        return new Tokens(
                other,
                sealer,
                new TokenRequest(secrets(other, clock), endpoint, clock),
                new ExternalTokens(endpoint, secrets(other, clock), List.of()),
                servers,
                endpoint,
                clock,
                Duration.ofMinutes(5));
    }

    /** Tokens over another database or clock. */
    Tokens tokens(Database other, Clock clock) {
        return new Tokens(
                other,
                sealer,
                new TokenRequest(secrets, endpoint, clock),
                new ExternalTokens(endpoint, secrets, List.of()),
                servers,
                endpoint,
                clock,
                Duration.ofMinutes(5));
    }

    private Tokens tokens(TokenEndpoint there, AuthorizationServers describing, Clock clock, List<String> command) {
        return new Tokens(
                database,
                sealer,
                new TokenRequest(secrets, there, clock),
                new ExternalTokens(there, secrets, command),
                describing,
                there,
                clock,
                Duration.ofMinutes(5));
    }

    /** Tokens on a machine whose clock is wrong. */
    Tokens skewed(Clock clock) {
        TokenEndpoint there =
                new TokenEndpoint(HttpClients.custom().disableAutomaticRetries().build(), clock);
        return tokens(there, new AuthorizationServers(there, clock), clock, List.of());
    }

    /** Tokens that have not heard of any server yet. */
    Tokens freshServers() {
        return tokens(endpoint, new AuthorizationServers(endpoint, Clock.systemUTC()), Clock.systemUTC(), List.of());
    }

    /** Tokens of an operator with this command. */
    Tokens withCommand(String command) {
        return tokens(endpoint, servers, Clock.systemUTC(), List.of(command));
    }

    SignIn signIn(Clock clock) {
        return new SignIn(
                database, sealer, new TokenRequest(secrets, endpoint, clock), tokens, servers, endpoint, clock);
    }

    /** The identity server's settings. */
    public Authentication.OAuth2 oauth() {
        return entra.settings(OWNER);
    }

    /** The channel {@code c1} at the identity server. */
    public OAuthClient client() {
        return client("c1", oauth(), List.of());
    }

    static OAuthClient client(String channelId, Authentication.OAuth2 auth, List<String> needed) {
        return new OAuthClient(channelId, "support@contoso.test", auth, needed);
    }

    public FakeEntra entra() {
        return entra;
    }

    public Secrets secrets() {
        return secrets;
    }

    public Tokens tokens() {
        return tokens;
    }

    Database database() {
        return database;
    }

    Path folder() {
        return folder;
    }
}
