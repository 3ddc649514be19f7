package org.postroom.web.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpSessionEvent;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.conversation.ConversationNews;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.store.Database;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "server.address=127.0.0.1")
@SuppressWarnings("NullAway.Init")
class LiveFeedTest {
    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path folder;

    @Autowired
    LiveFeed feed;

    @Autowired
    People people;

    @Autowired
    Database database;

    @Autowired
    ApplicationEventPublisher publisher;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("postroom.store.data", () -> folder.resolve("data").toString());
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private String token(HttpClient browser) throws Exception {
        String session = browser.send(HttpRequest.newBuilder(at("/session")).build(), BodyHandlers.ofString())
                .body();
        return session.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private int post(HttpClient browser, String path, Map<String, String> fields) throws Exception {
        StringBuilder form =
                new StringBuilder("_csrf=").append(URLEncoder.encode(token(browser), StandardCharsets.UTF_8));
        fields.forEach((name, value) ->
                form.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return browser.send(
                        HttpRequest.newBuilder(at(path))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form.toString()))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void tellsWhatChangedAndEndsWithTheSession() throws Exception {
        people.create(new NewPerson("Maya", "maya@contoso.test", PASSWORD, Role.AGENT));
        List<String> heard = new CopyOnWriteArrayList<>();
        try (HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            post(browser, "/sign-in", Map.of("email", "maya@contoso.test", "password", PASSWORD));
            Thread page = Thread.ofVirtual().start(() -> {
                try {
                    browser.send(HttpRequest.newBuilder(at("/inbox/live")).build(), BodyHandlers.ofLines())
                            .body()
                            .forEach(heard::add);
                    heard.add("end");
                } catch (java.io.IOException e) {
                    heard.add("end");
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.contains("data:*"));

            database.write(sql -> {
                publisher.publishEvent(new ConversationNews("conversation.closed", "c-1", Map.of()));
                return null;
            });
            await().atMost(Duration.ofSeconds(10)).until(() -> heard.contains("data:c-1"));
            post(browser, "/sign-out", Map.of());

            await().atMost(Duration.ofSeconds(5)).until(() -> heard.contains("end"));
            page.join(Duration.ofSeconds(5));
            assertThat(heard).contains("event:hello", "event:changed");
            assertThat(feed.listeners()).isZero();
        }
    }

    @Test
    void onePersonHasOnlySoManyConnections() {
        for (int i = 0; i < LiveFeed.MOST_PER_PERSON; i++) {
            assertThat(feed.open("greedy", "session-greedy")).isPresent();
        }

        assertThat(feed.open("greedy", "session-greedy")).isEmpty();
        assertThat(feed.open("modest", "session-modest")).isPresent();

        feed.sessionDestroyed(new HttpSessionEvent(new MockHttpSession(null, "session-greedy")));
        feed.sessionDestroyed(new HttpSessionEvent(new MockHttpSession(null, "session-modest")));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> feed.open("greedy", "session-last").isPresent());
        feed.sessionDestroyed(new HttpSessionEvent(new MockHttpSession(null, "session-last")));
    }
}
