package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postroom.channel.Channels;
import org.postroom.credentials.Tokens;
import org.springframework.beans.factory.annotation.Autowired;

/** A channel of the running pages with an identity server on loopback, which answers what a test tells it to. */
abstract class IdentityPages extends RunningPages {
    protected static final String ALL =
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send";
    protected static final String CALLBACK = "/channels/email/oauth/callback";

    @Autowired
    protected Channels channels;

    @Autowired
    protected Tokens tokens;

    protected HttpServer identity;
    protected volatile String answer = "{}";
    protected volatile int status = 200;
    protected Visitor administrator;
    protected String id;

    @BeforeEach
    protected void channelWithIdentityServer() throws IOException {
        identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        identity.createContext("/", exchange -> {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        identity.start();
        administrator = administrator();
        String name = "Connect " + identity.getAddress().getPort() + " " + System.nanoTime();
        Map<String, String> form = ChannelPagesTest.form(name);
        form.put("preset", "microsoft");
        form.put("authentication.type", "oauth2");
        form.put("authentication.tenant", "contoso.test");
        form.put("authentication.clientId", "client-1");
        form.put("authentication.authority", authority());
        form.put("authentication.signInUser", "svc@contoso.test");
        form.put("outgoing.authentication", "same");
        assertThat(administrator.post("/channels/email", form).status()).isEqualTo(302);
        id = channels.findByIdOrName(name).orElseThrow().id();
    }

    @AfterEach
    protected void stop() {
        channels.delete(id);
        identity.stop(0);
    }

    protected String authority() {
        return "http://127.0.0.1:" + identity.getAddress().getPort();
    }

    protected void grant(String user, String scopes) {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("{\"preferred_username\":\"" + user + "\"}").getBytes(StandardCharsets.UTF_8));
        answer =
                "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"opaque\",\"refresh_token\":\"r\",\"scope\":\""
                        + scopes + "\",\"id_token\":\"e30." + claims + ".x\"}";
    }

    protected String connectLink(Visitor visitor) {
        Matcher link = Pattern.compile("href=\"(/channels/email/[^\"]*/connect\\?word=[^\"]*)\"")
                .matcher(visitor.get("/channels/email/" + id).body());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    protected String state() {
        String there = administrator.get(connectLink(administrator)).location();
        Matcher state = Pattern.compile("[?&]state=([^&]+)").matcher(there);
        assertThat(state.find()).isTrue();
        return state.group(1);
    }
}
