package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens.Result;

/** How applications prove themselves: certificates, service accounts, secrets in the header, services of their own. */
class ProofTest {
    private static final String CHANNEL = "proof";
    private static TestCertificate certificate;

    @TempDir
    private static Path folder;

    private final FakeCredentials credentials = FakeCredentials.fresh();

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(folder, -1, 30);
    }

    @BeforeEach
    void nothingStored() {
        credentials.tokens().forget(CHANNEL);
        credentials.secrets().forgetAll(CHANNEL);
        credentials.entra().answer(form -> described());
    }

    private Answer described() {
        String here = credentials.entra().authority();
        return Answer.json(200, """
                {"issuer": "%s", "token_endpoint": "%s/token", "token_type": "Bearer", "expires_in": 3600,
                 "access_token": "the-token"}""".formatted(here, here));
    }

    private OAuthClient client(
            Provider provider, Grant grant, Authentication.@Nullable Certificate shown, @Nullable String service) {
        var auth = new Authentication.OAuth2(
                provider,
                grant,
                Cloud.GLOBAL,
                "contoso.test",
                "app",
                false,
                shown,
                null,
                grant == Grant.EXTERNAL ? "" : credentials.entra().authority(),
                List.of("mail"),
                null,
                service);
        return FakeCredentials.client(CHANNEL, auth, List.of("mail"));
    }

    private Map<String, String> lastForm() {
        return credentials.entra().forms().getLast();
    }

    private static TokenProblem problem(Result result) {
        return switch (result) {
            case Result.Missing(TokenProblem problem) -> problem;
            case Result.Ready ready -> throw new AssertionError(ready);
        };
    }

    @Test
    void certificateSignsAsMicrosoftDocumentsIt() throws Exception {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_CERTIFICATE, certificate.both());
        KeyPairPem pair = KeyPairPem.read(certificate.both());
        OAuthClient client = client(Provider.MICROSOFT, Grant.CLIENT_CREDENTIALS, pair.shown(), null);

        assertThat(credentials.tokens().accessToken(client, null)).isInstanceOf(Result.Ready.class);

        Map<String, String> form = lastForm();
        assertThat(form)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        SignedJWT jwt = SignedJWT.parse(form.get("client_assertion"));
        assertThat(jwt.verify(
                        new RSASSAVerifier((RSAPublicKey) pair.certificate().getPublicKey())))
                .isTrue();
        assertThat(jwt.getHeader().getAlgorithm().getName()).isEqualTo("PS256");
        assertThat(jwt.getHeader().getX509CertSHA256Thumbprint().toString())
                .isEqualTo(pair.shown().thumbprint());
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("app");
        assertThat(jwt.getJWTClaimsSet().getAudience())
                .containsExactly(credentials.entra().authority() + "/contoso.test/oauth2/v2.0/token");
    }

    @Test
    void assertionIsSignedAgainByTheServersClock() throws Exception {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_CERTIFICATE, certificate.both());
        OAuthClient client = client(
                Provider.MICROSOFT,
                Grant.CLIENT_CREDENTIALS,
                KeyPairPem.read(certificate.both()).shown(),
                null);
        Instant theirs = Instant.now();
        Clock behind = Clock.fixed(theirs.minus(Duration.ofMinutes(40)), ZoneOffset.UTC);
        credentials.entra().answer(form -> {
            try {
                var claims = SignedJWT.parse(form.get("client_assertion")).getJWTClaimsSet();
                boolean over = claims.getExpirationTime().toInstant().isBefore(theirs);
                return over ? Answer.error("invalid_client", 700024) : described();
            } catch (java.text.ParseException e) {
                throw new AssertionError(e);
            }
        });

        Result result = credentials.skewed(behind).accessToken(client, null);

        assertThat(result).isInstanceOf(Result.Ready.class);
        assertThat(credentials.entra().forms()).hasSize(2);
    }

    @Test
    void serviceAccountSignsForTheMailbox() throws Exception {
        String key = Objects.requireNonNull(certificate.key()).replace("\n", "\\n");
        credentials.secrets().put(CHANNEL, Purpose.SERVICE_ACCOUNT_KEY, """
                {"type": "service_account", "client_email": "robot@project.iam.example", "private_key_id": "k1",
                 "private_key": "%s"}""".formatted(key));

        assertThat(credentials.tokens().accessToken(client(Provider.GOOGLE, Grant.SERVICE_ACCOUNT, null, null), null))
                .isInstanceOf(Result.Ready.class);

        SignedJWT jwt = SignedJWT.parse(lastForm().get("assertion"));
        assertThat(lastForm()).containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("k1");
        assertThat(jwt.getJWTClaimsSet().getIssuer()).isEqualTo("robot@project.iam.example");
        assertThat(jwt.getJWTClaimsSet().getSubject()).isEqualTo("support@contoso.test");
        assertThat(jwt.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("mail");
    }

    @Test
    void describedServerThatWantsTheSecretInTheHeaderGetsItThere() {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_SECRET, "s3cret");

        assertThat(credentials.tokens().accessToken(client(Provider.OTHER, Grant.CLIENT_CREDENTIALS, null, null), null))
                .isInstanceOf(Result.Ready.class);

        assertThat(lastForm()).doesNotContainKeys("client_secret", "client_id").containsEntry("scope", "mail");
    }

    @Test
    void serverThatDescribesAnotherIssuerIsNotBelieved() {
        credentials.entra().answer(form -> Answer.json(200, "{\"issuer\": \"https://evil.example\"}"));

        TokenProblem problem = problem(credentials
                .freshServers()
                .accessToken(client(Provider.OTHER, Grant.CLIENT_CREDENTIALS, null, null), null));

        assertThat(problem.needs()).isEqualTo(Needs.SETTINGS);
        assertThat(problem.sentence()).contains("describes itself as https://evil.example");
    }

    @Test
    void tokenServiceOfTheirOwnIsAskedForTheMailbox() {
        String service = credentials.entra().authority() + "/mail-tokens";
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_SECRET, "word");

        assertThat(credentials.tokens().accessToken(client(Provider.OTHER, Grant.EXTERNAL, null, service), null))
                .isInstanceOf(Result.Ready.class);

        assertThat(lastForm())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("user", "support@contoso.test", "mailbox", "support@contoso.test", "scope", "mail"));
    }

    private Path script(String text) throws Exception {
        Path file =
                Files.writeString(folder.resolve("token-" + System.nanoTime() + ".sh"), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private Result byCommand(Path script) {
        return credentials
                .withCommand(script.toString())
                .accessToken(client(Provider.MICROSOFT, Grant.EXTERNAL, null, "command"), null);
    }

    @Test
    void commandOfTheOperatorPrintsATokenOrAnAnswer() throws Exception {
        assertThat(byCommand(script("echo token-for-$POSTROOM_TOKEN_USER | tr '@' '-'")))
                .isInstanceOfSatisfying(
                        Result.Ready.class,
                        ready -> assertThat(ready.accessToken()).isEqualTo("token-for-support-contoso.test"));
        credentials.tokens().forget(CHANNEL);
        assertThat(byCommand(script("echo '{\"access_token\": \"json-token\", \"expires_in\": 600}'")))
                .isInstanceOfSatisfying(
                        Result.Ready.class,
                        ready -> assertThat(ready.accessToken()).isEqualTo("json-token"));
    }

    @Test
    void commandThatFailsIsWaitedForAndSaysHow() throws Exception {
        TokenProblem failed = problem(byCommand(script("exit 3")));
        TokenProblem silent = problem(byCommand(script("true")));
        TokenProblem endless = problem(byCommand(script("yes")));
        TokenProblem missing = problem(byCommand(folder.resolve("no-such-command")));
        TokenProblem none = problem(
                credentials.tokens().accessToken(client(Provider.MICROSOFT, Grant.EXTERNAL, null, "command"), null));

        assertThat(failed.what()).contains("ended with status 3");
        assertThat(silent.what()).contains("neither an answer");
        assertThat(endless.what()).contains("more than 64 KB");
        assertThat(missing.what()).contains("cannot be run");
        assertThat(none.remedy()).contains("POSTROOM_TOKEN_COMMAND");
        assertThat(List.of(failed, silent, endless, missing)).allMatch(p -> p.needs() == Needs.WAITING);
        assertThat(none.needs()).isEqualTo(Needs.SETTINGS);
    }

    @Test
    void pastedPemSaysWhatIsWrongWithIt() throws Exception {
        TestCertificate other = TestCertificate.make(folder, -1, 30);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPairPem.read(certificate.certificate()))
                .withMessageContaining("the private key is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPairPem.read(certificate.key()))
                .withMessageContaining("the certificate is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPairPem.read(certificate.certificate() + other.key()))
                .withMessageContaining("does not belong");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPairPem.read("no pem"))
                .withMessageContaining("openssl pkcs12");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyPairPem.read(certificate.both().replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")))
                .withMessageContaining("passphrase");
    }

    @Test
    void pauseThatTheServerAsksForHoldsForAllNodes() {
        credentials.secrets().put(CHANNEL, Purpose.CLIENT_SECRET, "s3cret");
        OAuthClient client = client(Provider.MICROSOFT, Grant.CLIENT_CREDENTIALS, null, null);
        credentials
                .entra()
                .answer(form -> new Answer(
                        429,
                        Map.of("Retry-After", "120"),
                        "{\"error\": \"temporarily_unavailable\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        TokenProblem first = problem(credentials.tokens().accessToken(client, null));
        int asked = credentials.entra().forms().size();
        credentials.entra().answer(form -> described());

        TokenProblem second = problem(
                credentials.tokens(credentials.database(), Clock.systemUTC()).accessToken(client, null));
        Result later = credentials
                .tokens(credentials.database(), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(121)))
                .accessToken(client, null);

        assertThat(List.of(first, second)).allMatch(p -> p.needs() == Needs.WAITING);
        assertThat(credentials.entra().forms()).hasSize(asked + 1);
        assertThat(later).isInstanceOf(Result.Ready.class);
    }
}
