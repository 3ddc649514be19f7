package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens.Result;
import org.postroom.store.Database;
import org.postroom.store.StoreException;

/** When tokens are renewed, by whom, and what is stored before they are used. */
class TokensTest {
    private final FakeCredentials credentials = FakeCredentials.fresh();
    private final OAuthClient client = credentials.client();

    private Tokens later(Duration passed) {
        return credentials.tokens(
                credentials.database(), Clock.fixed(Instant.now().plus(passed), ZoneOffset.UTC));
    }

    private static String token(Result result) {
        return switch (result) {
            case Result.Ready ready -> ready.accessToken();
            case Result.Missing(TokenProblem problem) -> throw new AssertionError(problem.sentence());
        };
    }

    @Test
    void goodTokenIsUsedWithoutAsking() {
        assertThat(token(credentials.tokens().accessToken(client, null))).isEqualTo(FakeCredentials.TOKEN);
        assertThat(credentials.entra().forms()).isEmpty();
    }

    @Test
    void fiftyThreadsCauseOneRenewal() throws Exception {
        credentials.entra().answer(form -> {
            pause();
            return Answer.tokens(FakeCredentials.RENEWED, "r2");
        });
        Tokens tokens = later(Duration.ofMinutes(58));
        Callable<Result> ask = () -> tokens.accessToken(client, null);

        List<Future<Result>> asked;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            asked = threads.invokeAll(java.util.Collections.nCopies(50, ask));
        }

        for (Future<Result> one : asked) {
            assertThat(token(one.get())).isEqualTo(FakeCredentials.RENEWED);
        }
        assertThat(credentials.entra().forms()).hasSize(1);
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void rotatedRefreshTokenIsUsedNextTime() {
        token(later(Duration.ofMinutes(58)).accessToken(client, null));
        token(later(Duration.ofHours(3)).accessToken(client, null));

        assertThat(credentials.entra().forms())
                .extracting(form -> form.get("refresh_token"))
                .containsExactly("r1", "r2");
    }

    @Test
    void answerWithoutRefreshTokenKeepsTheOldOne() {
        credentials.entra().answer(form -> Answer.json(200, "{\"access_token\": \"n\", \"expires_in\": 3600}"));

        token(later(Duration.ofMinutes(58)).accessToken(client, null));
        token(later(Duration.ofHours(3)).accessToken(client, null));

        assertThat(credentials.entra().forms())
                .extracting(form -> form.get("refresh_token"))
                .containsExactly("r1", "r1");
    }

    @Test
    void tokenThatCouldNotBeStoredIsNotHandedOut() {
        Database failing = new ReadOnly(credentials.database());
        Tokens tokens =
                credentials.tokens(failing, Clock.fixed(Instant.now().plus(Duration.ofHours(2)), ZoneOffset.UTC));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> tokens.accessToken(client, null))
                .withMessageContaining("full");
        assertThat(credentials.entra().forms()).hasSize(1);
    }

    @Test
    void noErrorDeletesTheRefreshToken() {
        Tokens tokens = later(Duration.ofHours(2));
        for (String error :
                List.of("invalid_grant", "invalid_client", "access_denied", "server_error", "no_such_error")) {
            credentials.entra().answer(form -> Answer.error(error, 50173));
            assertThat(tokens.accessToken(client, null)).isInstanceOf(Result.Missing.class);
        }
        credentials.entra().answer(form -> Answer.tokens("good again", "r3"));

        assertThat(token(tokens.accessToken(client, null))).isEqualTo("good again");
        assertThat(credentials.entra().forms())
                .extracting(form -> form.get("refresh_token"))
                .containsOnly("r1");
    }

    @Test
    void outageOfTheIdentityServerDoesNotStopMailWhileTheTokenLives() {
        credentials.entra().answer(form -> Answer.json(503, ""));

        assertThat(token(later(Duration.ofMinutes(57)).accessToken(client, null)))
                .isEqualTo(FakeCredentials.TOKEN);
        assertThat(later(Duration.ofMinutes(61)).accessToken(client, null))
                .isInstanceOfSatisfying(
                        Result.Missing.class,
                        m -> assertThat(m.problem().needs()).isEqualTo(Needs.WAITING));
    }

    @Test
    void rejectedTokenIsNeverHandedOutAgain() {
        Tokens tokens = credentials.tokens();

        assertThat(token(tokens.accessToken(client, FakeCredentials.TOKEN))).isEqualTo(FakeCredentials.RENEWED);
        credentials.entra().answer(form -> Answer.json(503, ""));
        assertThat(tokens.accessToken(client, FakeCredentials.RENEWED)).isInstanceOf(Result.Missing.class);
    }

    @Test
    void channelNobodyConnectedSaysSo() {
        assertThat(credentials.tokens().accessToken(FakeCredentials.client("c2", client.auth(), List.of()), null))
                .isInstanceOfSatisfying(
                        Result.Missing.class,
                        m -> assertThat(m.problem().sentence())
                                .contains("Nobody has signed in")
                                .contains("Connect"));
    }

    @Test
    void whyTheSignInEndedIsKeptForPeopleToSee() {
        credentials.entra().answer(form -> Answer.error("invalid_grant", 700082));

        later(Duration.ofHours(2)).accessToken(client, null);

        assertThat(credentials.tokens().signedIn("c1")).satisfies(signedIn -> {
            assertThat(signedIn).isNotNull();
            assertThat(signedIn.user()).isEqualTo(FakeCredentials.OWNER);
            assertThat(signedIn.problem()).extracting(TokenProblem::code).isEqualTo("AADSTS700082");
        });
    }

    @Test
    void noSecretStandsInTheFilesOfTheDatabase() throws IOException {
        credentials.secrets().put("c1", Secrets.Purpose.CLIENT_SECRET, "Sim8Q~a-client-secret");
        credentials.tokens().accessToken(client, FakeCredentials.TOKEN);

        List<String> secrets = List.of("Sim8Q~a-client-secret", "must-not-leak", "s3cret");
        List<Path> files;
        try (var all = Files.list(credentials.folder())) {
            files = all.filter(f -> String.valueOf(f.getFileName()).startsWith("postroom.db"))
                    .toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .doesNotContain(secrets);
            }
        }
        assertThat(credentials.secrets().get("c1", Secrets.Purpose.CLIENT_SECRET))
                .contains("Sim8Q~a-client-secret");
    }

    @Test
    void keyFileIsForItsOwnerOnly() throws IOException {
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(credentials.folder().resolve("postroom.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void sealedValueOpensOnlyInItsRow() {
        Sealer sealer = Sealer.open(null, credentials.folder());
        byte[] sealed = sealer.seal("secret", "c1/refresh");

        assertThat(sealer.open(sealed, "c1/refresh")).isEqualTo("secret");
        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> sealer.open(sealed, "c2/refresh"));
    }

    /** A database on a full disk. */
    private record ReadOnly(Database real) implements Database {
        @Override
        public <T> T read(Function<DSLContext, T> work) {
            return real.read(work);
        }

        @Override
        public <T> T write(Function<DSLContext, T> work) {
            throw new StoreException("The disk with the data folder is full");
        }

        @Override
        public void afterCommit(Runnable action) {
            real.afterCommit(action);
        }

        @Override
        public <T> T locked(String name, Function<DSLContext, T> work) {
            return real.locked(name, work);
        }

        @Override
        public long next(DSLContext sql, String counter, int howMany) {
            return real.next(sql, counter, howMany);
        }

        @Override
        public boolean postgres() {
            return real.postgres();
        }
    }

    @Test
    void descriptionOfATenantThatDoesNotExistIsARefusal() throws IOException {
        FakeEntra entra = new FakeEntra();
        OAuthClient there = FakeCredentials.client("c3", entra.settings(FakeCredentials.OWNER), List.of());
        entra.answer(form -> Answer.error("invalid_tenant", 90002));
        TokenProblem refused = credentials.tokens().obstacle(there);
        entra.answer(form -> Answer.json(200, "{\"issuer\": \"x\"}"));
        TokenProblem described = credentials.tokens().obstacle(there);
        entra.answer(form -> Answer.error("temporarily_unavailable", 90033));
        TokenProblem busy = credentials.tokens().obstacle(there);
        entra.close();
        TokenProblem unreachable = credentials.tokens().obstacle(there);

        assertThat(refused)
                .isNotNull()
                .extracting(TokenProblem::sentence)
                .asString()
                .contains("The tenant is not known.", "AADSTS90002");
        assertThat(described).isNull();
        assertThat(busy).isNull();
        assertThat(unreachable).isNull();
    }
}
