package org.postroom.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.channel.ChannelInput.ProxyInput;
import org.postroom.story.TestChannels;
import org.postroom.wire.NoProxy;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;

class ProxyCheckTest {
    private final ProxyCheck check = new ProxyCheck();

    private static Channel before(Route route) {
        return TestChannels.with(TestChannels.imap(1, Security.TLS, TestChannels.PASSWORD), Map.of(), route);
    }

    private static Route.Through socks(@Nullable String user, int port) {
        return new Route.Through(new Proxy(Proxy.Type.SOCKS5, "proxy.test", port, user, null, NoProxy.NONE));
    }

    @Test
    void takesTheServersWayNoProxyAndAProxyOfItsOwn() {
        assertThat(check.check(null, null)).isEqualTo(Route.SERVERS);
        assertThat(check.check("none", null)).isEqualTo(Route.DIRECT);
        assertThat(check.check(
                        new ProxyInput(
                                "socks5", " proxy.test ", null, "joe", "s3cret", Arrays.asList(".Corp.test", null)),
                        null))
                .isEqualTo(new Route.Through(new Proxy(
                        Proxy.Type.SOCKS5, "proxy.test", 1080, "joe", null, new NoProxy(List.of(".corp.test")))));
        assertThat(check.password()).isEqualTo("s3cret");
        assertThat(check.check(new ProxyInput("HTTP", "10.0.0.1", null, "", null, null), null))
                .isEqualTo(new Route.Through(new Proxy(Proxy.Type.HTTP, "10.0.0.1", 3128, null, null, NoProxy.NONE)));
        assertThat(check.problems()).isEmpty();
    }

    @Test
    void keepsTheStoredPasswordForTheSameProxyAndUserOnly() {
        ProxyInput input = new ProxyInput("socks5", "PROXY.test", 1080, "joe", null, List.of("other.test"));

        check.check(input, before(socks("joe", 1080)));
        assertThat(check.problems()).isEmpty();
        assertThat(check.password()).isNull();

        check.check(input, before(socks("jane", 1080)));
        check.check(input, before(socks("joe", 1081)));
        check.check(input, before(Route.DIRECT));
        check.check(input, null);
        assertThat(check.problems())
                .hasSize(4)
                .allSatisfy(p -> assertThat(p.field()).isEqualTo("proxy.password"));
    }

    @Test
    void forgetsThePasswordOfAProxyThatIsGone() {
        check.check(null, before(socks("joe", 1080)));
        assertThat(check.password()).isEmpty();

        check.check(new ProxyInput("socks5", "proxy.test", 1080, null, null, null), before(socks("joe", 1080)));
        assertThat(check.password()).isEmpty();
        assertThat(check.problems()).isEmpty();

        check.check(null, before(Route.DIRECT));
        assertThat(check.password()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, proxy.test, 1, -, -, -, proxy.type",
                "https, proxy.test, 1, -, -, -, proxy.type",
                "socks4, proxy.test, 1, -, -, -, proxy.type",
                "http, -, 1, -, -, -, proxy.host",
                "http, http://proxy.test, 1, -, -, -, proxy.host",
                "http, a b, 1, -, -, -, proxy.host",
                "http, proxy.test, 0, -, -, -, proxy.port",
                "http, proxy.test, 65536, -, -, -, proxy.port",
                "http, proxy.test, 1, jo:e, x, -, proxy.username",
                "http, proxy.test, 1, -, x, -, proxy.username",
                "http, proxy.test, 1, joe, -, -, proxy.password",
                "http, proxy.test, 1, -, -, 10.0.0.0/99, proxy.noProxy",
                "http, proxy.test, 1, -, -, https://a, proxy.noProxy"
            })
    void namesEveryWrongField(
            @Nullable String type,
            @Nullable String host,
            Integer port,
            @Nullable String user,
            @Nullable String password,
            @Nullable String direct,
            String field) {
        check.check(new ProxyInput(type, host, port, user, password, direct == null ? null : List.of(direct)), null);

        assertThat(check.problems()).singleElement().satisfies(p -> {
            assertThat(p.field()).isEqualTo(field);
            assertThat(p.message()).isNotBlank();
        });
    }

    @Test
    void namesCredentialsThatSocksHasNoRoomFor() {
        check.check(new ProxyInput("socks5", "proxy.test", 1, "u".repeat(256), "ü".repeat(128), null), null);

        assertThat(check.problems())
                .extracting(FieldProblem::field)
                .containsExactly("proxy.username", "proxy.password");
    }

    @Test
    void namesTheProxyThatIsAnotherThing() {
        check.check("direct", null);
        check.check(7, null);

        assertThat(check.problems())
                .hasSize(2)
                .allSatisfy(p -> assertThat(p.field()).isEqualTo("proxy"))
                .allSatisfy(p -> assertThat(p.message()).contains("none"));
    }
}
