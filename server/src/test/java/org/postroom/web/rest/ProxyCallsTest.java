package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.wire.CapturedLog;
import org.postroom.wire.FakeProxy;
import org.postroom.wire.Proxy;
import org.springframework.beans.factory.annotation.Autowired;

/** A channel's proxy and properties in REST. */
class ProxyCallsTest extends RestTest {
    private static final String SECRET = "planted-proxy-password";

    @Autowired
    private Secrets secrets;

    private static String body(String proxy, String properties) {
        String body = channelBody(unique("Behind"), "one");
        return body.substring(0, body.lastIndexOf('}')) + ", \"proxy\": " + proxy + ", \"properties\": " + properties
                + "}";
    }

    private static String proxy(Proxy.Type type, int port) {
        return """
                {"type": "%s", "host": "127.0.0.1", "port": %d, "username": "joe", "password": "%s",
                 "noProxy": ["direct.test", "10.0.0.0/8"]}""".formatted(type.word(), port, SECRET);
    }

    @Test
    void aProxyHasTheShapeOfTheContract() {
        Answer added = post("/api/v1/channels", body(proxy(Proxy.Type.SOCKS5, 1080), "{}"));

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.json().at("/proxy").propertyNames())
                .containsExactlyInAnyOrder("type", "host", "port", "username", "noProxy");
        assertThat(added.at("/proxy/type")).isEqualTo("socks5");
        assertThat(added.json().at("/proxy/noProxy").toString()).isEqualTo("[\"direct.test\",\"10.0.0.0/8\"]");
        assertThat(secrets.get(added.at("/id"), Purpose.PROXY_PASSWORD)).contains(SECRET);
    }

    @Test
    void whatWasReadCanBeSentBackAndKeepsThePassword() {
        String id = post("/api/v1/channels", body(proxy(Proxy.Type.HTTP, 3128), "{}"))
                .at("/id");

        Answer same =
                put("/api/v1/channels/" + id, get("/api/v1/channels/" + id).text());
        Answer moved = put(
                "/api/v1/channels/" + id,
                get("/api/v1/channels/" + id).text().replaceAll("\"port\" ?: ?3128", "\"port\": 3129"));

        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.wrongFields()).containsExactly("proxy.password");
        assertThat(secrets.get(id, Purpose.PROXY_PASSWORD)).contains(SECRET);
    }

    @Test
    void thePasswordGoesWithItsProxy() {
        String id = post("/api/v1/channels", body(proxy(Proxy.Type.HTTP, 3128), "{}"))
                .at("/id");

        Answer none = put("/api/v1/channels/" + id, body("\"none\"", "{}"));
        Answer servers = put("/api/v1/channels/" + id, body("null", "{}"));

        assertThat(none.at("/proxy")).isEqualTo("none");
        assertThat(servers.json().at("/proxy").isNull()).isTrue();
        assertThat(secrets.get(id, Purpose.PROXY_PASSWORD)).isEmpty();
    }

    @Test
    void everyWrongFieldIsNamed() {
        Answer refused = post(
                "/api/v1/channels",
                body(
                        "{\"type\": \"https\", \"host\": \"http://p\", \"port\": 0, \"noProxy\": [\"a/b\"]}",
                        "{\"mail.imap.host\": \"x\", \"mail.imap.ssl.trust\": \"*\", \"mail.smtp.timeout\": \"soon\"}"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields())
                .containsExactlyInAnyOrder(
                        "proxy.type",
                        "proxy.host",
                        "proxy.port",
                        "proxy.noProxy",
                        "properties.mail.imap.host",
                        "properties.mail.imap.ssl.trust",
                        "properties.mail.smtp.timeout");
        assertThat(post("/api/v1/channels", body("\"direct\"", "{}")).wrongFields())
                .containsExactly("proxy");
        assertThat(post("/api/v1/channels", body("7", "{}")).wrongFields()).containsExactly("proxy");
        assertThat(post("/api/v1/channels", body("{\"kind\": \"http\"}", "{}")).wrongFields())
                .containsExactly("proxy.kind");
    }

    @Test
    void propertiesWithoutEffectAreTakenAndSaidSo() {
        Answer added = post(
                "/api/v1/channels",
                body(
                        "null",
                        "{\"mail.imap.timeout\": \"5000\", \"mail.pop3.disabletop\": \"true\", \"mail.x\": \"1\"}"));

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.json()
                        .at("/hints")
                        .valueStream()
                        .map(h -> h.at("/property").asString()))
                .containsExactly("mail.pop3.disabletop", "mail.x");
        assertThat(added.at("/hints/1/message")).isEqualTo("is not known to Postroom and has no effect");
        assertThat(put("/api/v1/channels/" + added.at("/id"), added.text()).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Proxy.Type.class)
    void thePasswordNeverComesOut(Proxy.Type type) throws Exception {
        try (CapturedLog log = new CapturedLog();
                FakeProxy proxy = new FakeProxy(type, "joe", "another");
                FakeProxy good = new FakeProxy(type, "joe", SECRET)) {
            List<Answer> answers = new ArrayList<>();
            for (int port : new int[] {proxy.port(), good.port()}) {
                Answer added = post("/api/v1/channels", body(proxy(type, port), "{\"mail.debug\": \"true\"}"));
                String path = "/api/v1/channels/" + added.at("/id");
                answers.add(added);
                answers.add(get(path));
                answers.add(post(path + "/test", null));
                answers.add(put(path, body(proxy(type, 70000), "{}")));
                answers.add(post(path + "/enable", null));
                answers.add(get(path + "/health"));
                answers.add(delete(path));
            }
            answers.add(get("/api/v1/events?limit=1000"));
            answers.add(post("/api/v1/channels", body("{\"password\": \"" + SECRET + "\" oops", "{}")));
            answers.add(post("/api/v1/channels", body("{\"passwort\": \"" + SECRET + "\"}", "{}")));

            assertThat(answers).noneMatch(answer -> answer.text().contains(SECRET));
            assertThat(answers.get(2).text())
                    .contains("The proxy 127.0.0.1:" + proxy.port() + " refused the user name and password");
            assertThat(good.asked()).contains("127.0.0.1:9");
            assertThat(log.text()).doesNotContain(SECRET);
        }
    }
}
