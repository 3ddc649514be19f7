package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.postroom.PostroomServer;
import org.postroom.access.FirstRun;
import org.postroom.person.NewPerson;
import org.postroom.person.Role;
import org.postroom.web.Visitor.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;

/** The first administrator, on a server where nobody has an account. */
@SpringBootTest(
        classes = PostroomServer.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "postroom.context-of=FirstRunTest")
@ContextConfiguration(initializers = FreshData.class)
@DirtiesContext
class FirstRunTest {
    @LocalServerPort
    private int port;

    @Autowired
    private FirstRun firstRun;

    @Test
    void whoHasTheLinkBecomesTheFirstAdministratorOnce() throws Exception {
        Visitor visitor = new Visitor(port);
        URI link = firstRun.link().orElseThrow();
        String token = link.getQuery().substring("token=".length());
        Map<String, String> ann = Map.of("name", "Ann Baker", "email", "ann@example.com");

        // Without the link every page says how to find it.
        assertThat(visitor.get("/channels/email").location()).isEqualTo("/first-run");
        assertThat(visitor.get("/sign-in").location()).isEqualTo("/first-run");
        assertThat(visitor.get("/first-run").body())
                .contains("Nobody has an account yet", "Look where Postroom was started");
        assertThat(visitor.get("/first-run?token=guess").status()).isEqualTo(403);
        assertThat(visitor.post("/first-run", with(ann, "token", "guess", "password", "orange lamp river"))
                        .status())
                .isEqualTo(403);

        // A weak password changes nothing and keeps what was typed.
        Answer weak = visitor.post("/first-run", with(ann, "token", token, "password", "Password123"));
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.body())
                .contains("among the first that are tried", "Ann Baker")
                .doesNotContain("Password123");
        assertThat(visitor.post("/first-run", with(ann, "token", token, "password", "short"))
                        .body())
                .contains("at least 10 characters");

        // Two at the same moment: one wins, and is signed in.
        assertThat(visitor.get(link.getPath() + "?" + link.getQuery()).status()).isEqualTo(200);
        List<Callable<FirstRun.Result>> rivals = List.of(
                () -> firstRun.create(
                        token, new NewPerson("A", "a@example.com", "orange lamp river", Role.ADMINISTRATOR)),
                () -> firstRun.create(
                        token, new NewPerson("B", "b@example.com", "orange lamp river", Role.ADMINISTRATOR)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long made = threads.invokeAll(rivals).stream()
                    .filter(result -> result.resultNow() instanceof FirstRun.Result.Done)
                    .count();
            assertThat(made).isEqualTo(1);
        }

        // From now on there is no first run.
        assertThat(firstRun.link()).isEmpty();
        assertThat(visitor.post("/first-run", with(ann, "token", token, "password", "orange lamp river"))
                        .location())
                .isEqualTo("/sign-in");
        assertThat(visitor.get(link.getPath() + "?" + link.getQuery()).location())
                .isEqualTo("/sign-in");
    }

    private static Map<String, String> with(Map<String, String> form, String... more) {
        Map<String, String> all = new java.util.LinkedHashMap<>(form);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }
}
