package org.postroom.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.story.TestChannels;
import org.postroom.wire.Dialer;
import org.postroom.wire.FakeProxy;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;
import org.postroom.wire.ScriptedServer;
import org.postroom.wire.SelfSigned;

/** The way of a channel's token calls. */
@Timeout(30)
class TokenRouteTest {
    private static final String JSON = "{\"access_token\": \"a\", \"expires_in\": 3600}";

    private final Secrets secrets = FakeCredentials.fresh().secrets();
    private ScriptedServer entra;

    @BeforeEach
    void start() throws IOException {
        secrets.put("c1", Purpose.PROXY_PASSWORD, "proxy-s3cret");
        entra = new ScriptedServer(TokenRouteTest::answer);
    }

    @AfterEach
    void stop() throws IOException {
        entra.close();
    }

    private static void answer(ScriptedServer.Line line) throws IOException {
        while (!line.read().isEmpty()) {
            // Only the end of the request's header counts.
        }
        line.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + JSON.length() + "\r\n\r\n"
                + JSON);
    }

    private TokenAnswer ask(String address, Route route, @Nullable Proxy servers, SSLContext tls, String allowed)
            throws IOException {
        Dialer dialer = new Dialer(NetworkGuard.parse(allowed), tls, servers);
        try (CloseableHttpClient http = CredentialsConfiguration.httpClient(dialer, secrets)) {
            return new TokenEndpoint(http, java.time.Clock.systemUTC())
                    .ask(
                            new OAuthClient("c1", TestChannels.ADDRESS, TestChannels.OAUTH, List.of(), route),
                            URI.create(address),
                            Map.of("grant_type", "refresh_token"),
                            null);
        }
    }

    private TokenAnswer ask(Route route, @Nullable Proxy servers) throws Exception {
        return ask(
                "http://127.0.0.1:" + entra.port() + "/token",
                route,
                servers,
                SSLContext.getDefault(),
                "127.0.0.0/8,::1");
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void goThroughTheChannelsProxyWithItsStoredPassword(Proxy.Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", "proxy-s3cret")) {
            TokenAnswer answer = ask(new Route.Through(proxy.settings().withPassword(null)), null);

            assertThat(answer).isInstanceOf(TokenAnswer.Granted.class);
            assertThat(proxy.asked()).containsExactly("127.0.0.1:" + entra.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void areEncryptedToTheIdentityServerThroughTheOperatorsProxy(Proxy.Type type, @TempDir Path folder)
            throws Exception {
        SSLContext tls = SelfSigned.context(folder);
        try (FakeProxy proxy = new FakeProxy(type, "joe", "of-the-operator");
                ScriptedServer https = new ScriptedServer(line -> {
                    line.startTls(tls);
                    answer(line);
                })) {
            TokenAnswer answer = ask(
                    "https://localhost:" + https.port() + "/token",
                    Route.SERVERS,
                    proxy.settings(),
                    tls,
                    "127.0.0.0/8,::1");

            assertThat(answer).isInstanceOf(TokenAnswer.Granted.class);
            assertThat(proxy.asked()).containsExactly("localhost:" + https.port());
            assertThat(https.tlsVersions()).containsExactly("TLSv1.3");
        }
    }

    @Test
    void goAroundTheOperatorsProxyWhereTheChannelSaysNone() throws Exception {
        try (FakeProxy proxy = new FakeProxy(Proxy.Type.HTTP, null, null)) {
            assertThat(ask(Route.DIRECT, proxy.settings())).isInstanceOf(TokenAnswer.Granted.class);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP, 403, SETTINGS", "HTTP, 502, WAITING", "SOCKS5, 2, SETTINGS", "SOCKS5, 5, WAITING"})
    void sayThatTheProxyBarsTheWay(Proxy.Type type, int code, Needs needs) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, null, null)) {
            proxy.refuse(code);

            assertThat(ask(new Route.Through(proxy.settings()), null))
                    .isInstanceOfSatisfying(TokenAnswer.TryLater.class, later -> {
                        assertThat(later.problem().needs()).isEqualTo(needs);
                        assertThat(later.problem().what())
                                .startsWith("The way to the identity server is barred: The proxy 127.0.0.1:");
                    });
        }
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void neverTakeTheProxysRefusalForASignInThatEnded(Proxy.Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", "another")) {
            assertThat(ask(new Route.Through(proxy.settings()), null))
                    .isInstanceOfSatisfying(TokenAnswer.TryLater.class, later -> {
                        assertThat(later.problem().needs()).isEqualTo(Needs.SETTINGS);
                        assertThat(later.problem().remedy()).contains("password of the proxy");
                        assertThat(later.problem().sentence()).doesNotContain("proxy-s3cret");
                    });
            assertThat(entra.connections()).isZero();
        }
    }

    @Test
    void doNotReachPrivateAddressesByAnyWay() throws Exception {
        try (FakeProxy proxy = new FakeProxy(Proxy.Type.HTTP, null, null)) {
            for (Route route : List.of(Route.SERVERS, Route.DIRECT, new Route.Through(proxy.settings()))) {
                TokenAnswer answer = ask(
                        "http://127.0.0.1:" + entra.port() + "/token",
                        route,
                        proxy.settings(),
                        SSLContext.getDefault(),
                        "");

                assertThat(answer)
                        .isInstanceOfSatisfying(
                                TokenAnswer.TryLater.class,
                                later -> assertThat(later.problem().what()).contains("POSTROOM_ALLOWED_NETWORKS"));
            }
            assertThat(entra.connections()).isZero();
            assertThat(proxy.asked()).isEmpty();
        }
    }
}
