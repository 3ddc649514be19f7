package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.PostroomServer;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.web.Visitor.Answer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A server that keeps the redirect address of another product's application. */
class KeptRedirectPagesTest {
    private static final String PATH = "/AgentWeb/Bookmark/Mailboxes/Auth";
    private static final String CALLBACK = "/channels/email/oauth/callback";

    private static ConfigurableApplicationContext start(Path data, String redirect) {
        Map<String, Object> settings = Map.of(
                "postroom.store.data",
                data.toString(),
                "postroom.oauth-redirect",
                redirect,
                "postroom.public-url",
                "",
                "server.address",
                "127.0.0.1",
                "server.port",
                "0");
        return new SpringApplicationBuilder(PostroomServer.class)
                .initializers(
                        c -> c.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)))
                .run();
    }

    private static Visitor visitor(ConfigurableApplicationContext server) {
        return new Visitor(server.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void itIsGivenOutAndAnswered(@TempDir Path data) {
        try (var server = start(data, "https://mail.example.com" + PATH)) {
            People people = server.getBean(People.class);
            people.create(new NewPerson("Ann", "admin@example.com", "orange lamp river", Role.ADMINISTRATOR));
            people.create(new NewPerson("Alan", "agent@example.com", "orange lamp river", Role.AGENT));
            Visitor administrator = visitor(server).signIn("admin@example.com", "orange lamp river");
            Visitor agent = visitor(server).signIn("agent@example.com", "orange lamp river");

            Answer form = administrator.get("/channels/email/new/microsoft");
            Answer assistant = administrator.get("/channels/assistant");
            Answer callback = administrator.get(PATH + "?state=unknown&code=x");
            Answer consent = administrator.get(PATH + "?state=admin-consent&admin_consent=True&tenant=contoso.test");

            assertThat(form.body()).contains("https://mail.example.com" + PATH);
            assertThat(assistant.body()).contains("https://mail.example.com" + PATH);
            assertThat(callback.status()).isEqualTo(400);
            assertThat(callback.body()).contains("not one that Postroom is waiting for");
            assertThat(consent.status()).isEqualTo(200);
            assertThat(consent.body()).contains("Consent was granted", "contoso.test");
            assertThat(agent.get(PATH).status()).isEqualTo(403);
            assertThat(visitor(server).get(PATH).location()).isEqualTo("/sign-in");
            assertThat(administrator.get(CALLBACK).status()).isEqualTo(400);
            assertThat(administrator.get(PATH + "/more").status()).isEqualTo(404);
        }
    }
}
