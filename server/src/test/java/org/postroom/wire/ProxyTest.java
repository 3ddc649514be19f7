package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.wire.Proxy.Type;
import org.postroom.wire.WireException.Cause;

class ProxyTest {
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final NetworkGuard LOOPBACK = NetworkGuard.parse("127.0.0.0/8,::1");
    private static final NetworkGuard PUBLIC = NetworkGuard.parse("");
    private static final String SECRET = "proxy-s3cret";

    private static Dialer dialer(NetworkGuard guard, @Nullable Proxy servers) throws Exception {
        return new Dialer(guard, SSLContext.getDefault(), servers);
    }

    private static ScriptedServer greeter() throws IOException {
        return new ScriptedServer(line -> {
            line.write("* OK hello\r\n");
            line.write("* OK " + line.read() + "\r\n");
        });
    }

    private static String talk(Socket socket) throws IOException {
        try (socket) {
            socket.getOutputStream().write("ping\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static WireException failure(Proxy proxy, String host, int port) throws Exception {
        Dialer dialer = dialer(LOOPBACK, null);
        return catchThrowableOfType(
                WireException.class,
                () -> dialer.connect(new Route.Through(proxy), host, port, Duration.ofMillis(700), WAIT));
    }

    private static Proxy at(Type type, int port) {
        return new Proxy(type, "127.0.0.1", port, "joe", SECRET, NoProxy.NONE);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void carriesBytesBothWaysWithCredentials(Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", SECRET);
                ScriptedServer server = greeter()) {
            Dialer dialer = dialer(LOOPBACK, null);

            Socket socket = dialer.connect(
                    new Route.Through(proxy.settings()), "127.0.0.1", server.port(), WAIT, Duration.ofSeconds(9));

            assertThat(socket.getSoTimeout()).isEqualTo(9000);
            assertThat(talk(socket)).isEqualTo("* OK hello\r\n* OK ping\r\n");
            assertThat(proxy.asked()).containsExactly("127.0.0.1:" + server.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void leavesNamesUnknownHereToTheProxy(Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, null, null).knows("imap.corp.invalid", "127.0.0.1");
                ScriptedServer server = greeter()) {
            Dialer dialer = dialer(LOOPBACK, proxy.settings());

            String said = talk(dialer.connect("imap.corp.invalid", server.port(), WAIT, WAIT));

            assertThat(said).startsWith("* OK hello");
            assertThat(proxy.asked()).containsExactly("imap.corp.invalid:" + server.port());
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void tellsWrongCredentialsOfTheProxyFromThoseOfTheMailbox(Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", "another")) {
            WireException e = failure(at(type, proxy.port()), "127.0.0.1", 993);

            assertThat(e.reason()).isEqualTo(Cause.PROXY_CREDENTIALS);
            assertThat(e).hasMessageContaining("The proxy 127.0.0.1:" + proxy.port() + " refused the user name");
            assertThat(e.reason().proxyRemedy()).contains("those of the mailbox are not meant");
            assertThat(e.toString()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void saysThatTheProxyAsksForCredentials(Type type) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", SECRET)) {
            WireException e =
                    failure(new Proxy(type, "127.0.0.1", proxy.port(), null, null, NoProxy.NONE), "127.0.0.1", 993);

            assertThat(e.reason()).isEqualTo(Cause.PROXY_CREDENTIALS);
            assertThat(e).hasMessageContaining("asks for a user name and a password");
        }
    }

    @Test
    void saysThatTheProxyWantsAnotherSignInThanBasic() throws Exception {
        try (ScriptedServer proxy =
                new ScriptedServer(line -> line.write("HTTP/1.1 407 No\r\nProxy-Authenticate: Negotiate\r\n\r\n"))) {
            assertThat(failure(at(Type.HTTP, proxy.port()), "127.0.0.1", 993))
                    .hasMessageContaining("another kind of sign-in than Basic");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, 403, PROXY_FORBIDS, does not allow connections to 127.0.0.1:993 (403 Because)",
        "HTTP, 405, PROXY_ANSWER, does not open tunnels (CONNECT)",
        "HTTP, 500, PROXY_TARGET, could not reach 127.0.0.1:993",
        "HTTP, 502, PROXY_TARGET, could not reach 127.0.0.1:993",
        "HTTP, 503, PROXY_TARGET, could not reach 127.0.0.1:993",
        "HTTP, 504, PROXY_TARGET, got no answer from 127.0.0.1:993 in time",
        "HTTP, 429, PROXY_TARGET, did not connect to 127.0.0.1:993 (429 Because)",
        "SOCKS5, 1, PROXY_TARGET, could not connect to 127.0.0.1:993",
        "SOCKS5, 2, PROXY_FORBIDS, does not allow connections to 127.0.0.1:993",
        "SOCKS5, 3, PROXY_TARGET, has no way to the network of 127.0.0.1:993",
        "SOCKS5, 4, PROXY_TARGET, cannot reach the host of 127.0.0.1:993",
        "SOCKS5, 5, PROXY_TARGET, says that nothing listens on 127.0.0.1:993",
        "SOCKS5, 6, PROXY_TARGET, got no answer from 127.0.0.1:993 in time",
        "SOCKS5, 7, PROXY_ANSWER, does not open connections for others",
        "SOCKS5, 8, PROXY_ANSWER, does not take this kind of address: 127.0.0.1:993",
        "SOCKS5, 99, PROXY_TARGET, did not connect to 127.0.0.1:993 (SOCKS reply 99)"
    })
    void putsEveryRefusalIntoWords(Type type, int code, Cause cause, String words) throws Exception {
        try (FakeProxy proxy = new FakeProxy(type, "joe", SECRET)) {
            proxy.refuse(code);

            WireException e = failure(at(type, proxy.port()), "127.0.0.1", 993);

            assertThat(e.reason()).isEqualTo(cause);
            assertThat(e).hasMessageContaining(words).hasMessageContaining("The proxy 127.0.0.1:" + proxy.port());
            assertThat(e.reason().proxyRemedy()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>Welcome</body></html>",
                "220 mail ESMTP\r\n",
                "\r\n\r\n",
                "HTTP/9.9 wat\r\n\r\n",
                "SSH-2.0-x\r\n"
            })
    void namesWhatIsNoProxy(String garbage) throws Exception {
        for (Type type : Type.values()) {
            try (ScriptedServer other = new ScriptedServer(line -> {
                line.write(garbage);
                line.read();
            })) {
                WireException e = failure(at(type, other.port()), "127.0.0.1", 993);

                assertThat(e.reason()).isEqualTo(Cause.PROXY_ANSWER);
                assertThat(e)
                        .hasMessageContaining(
                                "127.0.0.1:" + other.port() + " is no " + (type == Type.HTTP ? "HTTP" : "SOCKS5"));
            }
        }
    }

    @Test
    void readsNoEndlessHeader() throws Exception {
        String field = "X-Filler: " + "x".repeat(1000) + "\r\n";
        try (ScriptedServer proxy = new ScriptedServer(line -> {
            line.write("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 10_000; i++) {
                line.write(field);
            }
        })) {
            WireException e = failure(at(Type.HTTP, proxy.port()), "127.0.0.1", 993);

            assertThat(e.reason()).isEqualTo(Cause.PROXY_ANSWER);
            assertThat(e).hasMessageContaining("endless header");
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void waitsNoLongerThanItsTimeForASilentOrDrippingProxy(Type type) throws Exception {
        try (ScriptedServer silent = new ScriptedServer(line -> pause(20_000));
                ScriptedServer dripping = new ScriptedServer(line -> {
                    line.write(type == Type.HTTP ? "HTTP/1.1 200 " : "\5\0\5\0\0\3\u00ff");
                    for (int i = 0; i < 200; i++) {
                        line.write("x");
                        pause(100);
                    }
                })) {
            for (ScriptedServer slow : List.of(silent, dripping)) {
                long start = System.nanoTime();

                WireException e = failure(at(type, slow.port()), "127.0.0.1", 993);

                assertThat(e.reason()).isEqualTo(Cause.PROXY_UNREACHABLE);
                assertThat(e).hasMessageContaining("does not answer in time");
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            }
        }
    }

    private static void pause(int millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void namesTheProxyThatHangsUpOrIsNotThere(Type type) throws Exception {
        try (ScriptedServer leaving = new ScriptedServer(line -> {})) {
            assertThat(failure(at(type, leaving.port()), "127.0.0.1", 993).reason())
                    .isEqualTo(Cause.PROXY_UNREACHABLE);
        }
        int gone;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            gone = unused.getLocalPort();
        }

        WireException e = failure(at(type, gone), "127.0.0.1", 993);

        assertThat(e.reason()).isEqualTo(Cause.PROXY_UNREACHABLE);
        assertThat(e).hasMessageContaining("The proxy 127.0.0.1:" + gone).hasMessageContaining("nothing listens");
        assertThat(failure(new Proxy(type, "proxy.invalid", 1, null, null, NoProxy.NONE), "127.0.0.1", 993))
                .hasMessageContaining("proxy.invalid, is not known to DNS");
    }

    @Test
    void leavesTheServersFirstBytesToTheServer() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(line -> {
            while (!line.read().isEmpty()) {
                // The header's other lines.
            }
            line.write("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 200\r\n\r\n220 behind ESMTP\r\n");
        })) {
            Dialer dialer = dialer(LOOPBACK, at(Type.HTTP, proxy.port()));

            try (Socket socket = dialer.connect("127.0.0.1", 25, WAIT, WAIT);
                    InputStream in = socket.getInputStream()) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("220 behind ESMTP\r\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "10.1.2.3",
                "169.254.169.254",
                "::1",
                "127.1",
                "2130706433",
                "0x7f.1",
                "127.0.0.1.",
                "::ffff:10.0.0.1"
            })
    void asksNoProxyForPrivateServers(String host) throws Exception {
        try (FakeProxy proxy = new FakeProxy(Type.HTTP, null, null)) {
            Dialer dialer = dialer(PUBLIC, proxy.settings());

            assertThatThrownBy(() -> dialer.connect(host, 993, WAIT, WAIT))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.reason()).isEqualTo(Cause.NOT_ALLOWED))
                    .hasMessageContaining("POSTROOM_ALLOWED_NETWORKS");
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void letsTheOperatorsProxyBePrivateButNoChannels() throws Exception {
        try (FakeProxy proxy = new FakeProxy(Type.SOCKS5, null, null)) {
            proxy.refuse(5);
            Dialer dialer = dialer(PUBLIC, proxy.settings());

            assertThatThrownBy(() -> dialer.connect("mail.public.invalid", 993, WAIT, WAIT))
                    .hasMessageContaining("SOCKS reply 5");
            assertThatThrownBy(() ->
                            dialer.connect(new Route.Through(proxy.settings()), "mail.public.invalid", 993, WAIT, WAIT))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.reason()).isEqualTo(Cause.PROXY_NOT_ALLOWED))
                    .hasMessageContaining("The proxy 127.0.0.1");
            assertThat(proxy.asked()).containsExactly("mail.public.invalid:993");
        }
    }

    @Test
    void goesDirectWhereTheRouteOrTheListSaysSo() throws Exception {
        try (FakeProxy proxy = new FakeProxy(Type.HTTP, null, null);
                ScriptedServer server = greeter()) {
            Proxy servers = proxy.settings();
            Proxy except = new Proxy(Type.HTTP, "127.0.0.1", proxy.port(), null, null, NoProxy.parse("127.0.0.0/8"));

            talk(dialer(LOOPBACK, servers).connect(Route.DIRECT, "127.0.0.1", server.port(), WAIT, WAIT));
            talk(dialer(LOOPBACK, except).connect("localhost", server.port(), WAIT, WAIT));

            assertThat(proxy.asked()).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mail.example.com, mail.example.com, true",
        "mail.example.com, MAIL.example.COM., true",
        "example.com, mail.example.com, true",
        "example.com, badexample.com, false",
        ".example.com, mail.example.com, true",
        ".example.com, example.com, false",
        "*.example.com, mail.example.com, true",
        "*, anything.test, true",
        "mail.example.com:993, mail.example.com, true",
        "mail.example.com:143, mail.example.com, false",
        "10.0.0.0/8, 10.9.8.7, true",
        "10.0.0.0/8, 11.9.8.7, false",
        "10.0.0.1, 10.0.0.1, true",
        "fd00::/8, fd12::1, true",
        "127.0.0.0/8, localhost, true",
        "a.test b.test, b.test, true"
    })
    void readsNoProxyListsAsUsual(String list, String host, boolean direct) {
        assertThat(NoProxy.parse(list).names(host, 993)).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a", "10.0.0.0/99", "a b/c", "1.2.3", "-"})
    void namesTheListThatIsWrong(String list) {
        assertThatThrownBy(() -> NoProxy.parse(list))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("POSTROOM_NO_PROXY: '");
    }

    @Test
    void readsTheOperatorsSetting() {
        Proxy http = Objects.requireNonNull(Proxy.parse("http://joe:p%40ss%2Bw@proxy.corp:8080/", "a.test"));
        Proxy socks = Objects.requireNonNull(Proxy.parse("socks5h://[fd00::1]", ""));

        assertThat(http.username()).isEqualTo("joe");
        assertThat(http.password()).isEqualTo("p@ss+w");
        assertThat(http.noProxy().entries()).containsExactly("a.test");
        assertThat(http.toString()).isEqualTo("http://proxy.corp:8080");
        assertThat(socks.place()).isEqualTo("[fd00::1]:1080");
        assertThat(Proxy.parse(" ", "")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://joe:" + SECRET + "@p:1",
                "joe:" + SECRET + "@p",
                "http://joe:" + SECRET + "@/",
                "http://joe:" + SECRET + "%zz@p",
                "http://joe:" + SECRET + " x@p",
                "http://joe:" + SECRET + "@p/path",
                "http://j%3Aoe:" + SECRET + "@p"
            })
    void refusesWhatItCannotReadWithoutShowingIt(String setting) {
        assertThatThrownBy(() -> Proxy.parse(setting, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("POSTROOM_PROXY: ")
                .hasMessageContaining("write it like http://")
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }
}
