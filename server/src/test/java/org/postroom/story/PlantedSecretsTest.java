package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channels;
import org.postroom.credentials.FakeEntra;
import org.postroom.credentials.FakeEntra.Answer;
import org.postroom.credentials.Tokens;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.web.Visitor;
import org.slf4j.LoggerFactory;

/** Secrets are planted wherever they can be entered or received, and then looked for wherever Postroom writes. */
class PlantedSecretsTest {
    private static final String PASSWORD = "planted-password-7431";
    private static final String OUTGOING = "planted-outgoing-9120";
    private static final String SIGN_IN = "planted-signin-5527";
    private static final String SECRET = "planted~client~secret.3318";
    private static final String PROXY = "planted-proxy-6602";
    private static final String ACCESS = "eyJhbGciOiJub25lIn0.planted-access-2284.sig";
    private static final String REFRESH = "0.planted-refresh-8853";
    private static final String DEVICE = "planted-device-code-4407";
    private static final List<String> PLANTED =
            List.of(PASSWORD, OUTGOING, SIGN_IN, SECRET, PROXY, ACCESS, REFRESH, DEVICE);

    private final List<String> written = new ArrayList<>();

    @Test
    void plantedSecretsAreNowhereThatPostroomWrites(@TempDir Path folder) throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        String serviceKey = serviceKey();
        List<String> secrets = new ArrayList<>(PLANTED);
        secrets.add(serviceKey
                .substring(serviceKey.indexOf("PRIVATE KEY-----\\n") + 17)
                .substring(100, 160));
        Path data = folder.resolve("data");
        try (FakeEntra entra = new FakeEntra();
                PostroomApp app = PostroomApp.start(data, Path.of(""), Map.of("logging.level.org.postroom", "debug"))) {
            entra.answer(form ->
                    Answer.json(200, """
                    {"token_type": "Bearer", "expires_in": 3600, "access_token": "%s", "refresh_token": "%s",
                     "issuer": "%s", "token_endpoint": "%s/token", "device_code": "%s", "user_code": "WDJB-MJHT", "interval": 1,
                     "verification_uri": "https://microsoft.example/devicelogin",
                     "scope": "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send"}""".formatted(ACCESS, REFRESH, entra.authority(), entra.authority(), DEVICE)));
            RestCaller rest = RestCaller.of(app);
            for (String authentication : authentications(entra.authority(), serviceKey)) {
                use(app, rest, authentication);
            }
            pages(app);
            assertThat(entra.forms())
                    .as("the secrets were in use")
                    .anyMatch(form -> SECRET.equals(form.get("client_secret")))
                    .anyMatch(form -> SIGN_IN.equals(form.get("password")))
                    .anyMatch(form -> DEVICE.equals(form.get("device_code")))
                    .anyMatch(form -> form.containsKey("assertion"));
        } finally {
            root.detachAppender(log);
        }
        log.list.forEach(event -> written.add(text(event)));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.add(file + "\n" + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(written).hasSizeGreaterThan(100).anyMatch(text -> text.contains("postroom.db"));
        for (String secret : secrets) {
            String encoded = Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(("\0" + secret).getBytes(StandardCharsets.UTF_8))
                    .substring(2);
            assertThat(written)
                    .as(secret)
                    .noneMatch(
                            text -> text.contains(secret) || text.contains(encoded.substring(0, encoded.length() - 2)));
        }
    }

    private static List<String> authentications(String authority, String serviceKey) {
        String oauth = "{\"type\": \"oauth2\", \"tenant\": \"contoso.test\", \"clientId\": \"app\", \"authority\": \""
                + authority + "\", \"clientSecret\": \"" + SECRET + "\", \"clientSecretExpires\": \"2026-12-24\", ";
        return List.of(
                "{\"type\": \"password\", \"username\": \"support@contoso.test\", \"password\": \"" + PASSWORD + "\"}",
                oauth + "\"grant\": \"client_credentials\"}",
                oauth + "\"grant\": \"password\", \"signInUser\": \"svc@contoso.test\", \"password\": \"" + SIGN_IN
                        + "\"}",
                oauth + "\"grant\": \"device_code\"}",
                oauth + "\"grant\": \"external\", \"tokenService\": \"" + authority + "/tokens\"}",
                "{\"type\": \"oauth2\", \"provider\": \"google\", \"grant\": \"service_account\", \"authority\": \""
                        + authority + "\", \"serviceAccountKey\": " + serviceKey + "}");
    }

    private void use(PostroomApp app, RestCaller rest, String authentication) {
        String name = "Planted " + written.size();
        Visitor.Answer added = rest.send("POST", "/channels", """
                {"name": "%s", "address": "support@contoso.test", "authentication": %s,
                 "incoming": {"host": "localhost", "port": 9}, "properties": {"mail.debug": "true"},
                 "proxy": {"type": "socks5", "host": "127.0.0.1", "port": 9, "username": "proxy-user", "password": "%s"},
                 "outgoing": {"host": "localhost", "port": 9,
                   "authentication": {"type": "password", "username": "u", "password": "%s"}}}""".formatted(name, authentication, PROXY, OUTGOING));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        written.add(added.body());
        String id = app.get(Channels.class).findByIdOrName(name).orElseThrow().id();
        for (String call : List.of("/test", "/connect", "/reconnect-link", "/fetch-now", "/disable", "/enable")) {
            written.add(rest.send("POST", "/channels/" + id + call, "{}").body());
        }
        // A channel that goes through no proxy gets as far as its tokens.
        Visitor.Answer direct = rest.send("PUT", "/channels/" + id, """
                {"name": "%s", "address": "support@contoso.test", "authentication": %s, "proxy": "none",
                 "incoming": {"host": "localhost", "port": 9}, "outgoing": {"protocol": "none"}}""".formatted(name, authentication));
        assertThat(direct.status()).as(direct.body()).isIn(200, 202);
        written.add(direct.body());
        if (authentication.contains("device_code")) {
            written.add(rest.send("POST", "/channels/" + id + "/connect", "{}").body());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> app.get(Tokens.class).signedIn(id) != null);
        }
        app.get(Channels.class).find(id).map(c -> c.oauthClient()).ifPresent(client -> {
            Tokens.Result token = app.get(Tokens.class).accessToken(client, null);
            written.add(token.toString());
        });
        for (String what : List.of("", "/health", "/test")) {
            written.add(rest.send(what.equals("/test") ? "POST" : "GET", "/channels/" + id + what, "{}")
                    .body());
        }
        written.add(rest.send("PUT", "/channels/" + id, "{\"name\": 7, \"authentication\": " + authentication + "}")
                .body());
        written.add(rest.send("GET", "/events?after=0", "{}").body());
    }

    private void pages(PostroomApp app) {
        app.get(People.class)
                .create(new NewPerson("Ada", "ada@example.com", "a long planted pass phrase", Role.ADMINISTRATOR));
        Visitor administrator = new Visitor(app.port()).signIn("ada@example.com", "a long planted pass phrase");
        written.add(administrator.get("/channels/email").body());
        app.get(Channels.class).all().forEach(channel -> {
            for (String page : List.of("", "/edit", "/state")) {
                Visitor.Answer answer = administrator.get("/channels/email/" + channel.id() + page);
                assertThat(answer.status()).isEqualTo(200);
                written.add(answer.body());
            }
        });
    }

    private static String text(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
    }

    private static String serviceKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String key = Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return "{\"type\": \"service_account\", \"client_email\": \"robot@project.iam.example\", \"private_key_id\": \"1\","
                + " \"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" + key + "\\n-----END PRIVATE KEY-----\\n\"}";
    }
}
