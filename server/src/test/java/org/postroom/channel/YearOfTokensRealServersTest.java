package org.postroom.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.channel.ChannelInput.IncomingInput;
import org.postroom.credentials.FakeCredentials;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.credentials.Tokens;
import org.postroom.credentials.Tokens.Result;
import org.postroom.store.Database;
import org.postroom.store.Databases;
import org.postroom.store.Ids;
import org.postroom.store.StoreSettings;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** A year of a channel's tokens on two nodes over one PostgreSQL, its clock set forward by hand. */
@Tag("server")
class YearOfTokensRealServersTest {
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration STEP = Duration.ofHours(6);

    private final SetClock clock = new SetClock(START);
    private final TokenYear year = new TokenYear(clock, day(100), day(107), "first-secret", day(250));
    private final FakeCredentials credentials = FakeCredentials.fresh();
    private final List<ChannelNews> news = new ArrayList<>();
    private boolean signedInAgain;

    private static Instant day(int number) {
        return START.plus(Duration.ofDays(number));
    }

    /** One node: everything of its own but the database. */
    private final class Node {
        final Secrets secrets;
        final Tokens tokens;
        final Channels channels;
        final CredentialCare care;

        Node(Database database) {
            secrets = credentials.secrets(database, clock);
            tokens = credentials.node(database, clock);
            NextSettings next =
                    new NextSettings(database, clock, secrets, tokens, credentials.devices(database, tokens, clock));
            channels = new Channels(database, new Ids(clock), clock, secrets, tokens, next, this::heard);
            StaticListableBeanFactory beans = new StaticListableBeanFactory();
            beans.addBean("channels", channels);
            care = new CredentialCare(
                    beans.getBeanProvider(Channels.class),
                    tokens,
                    database,
                    clock,
                    this::heard,
                    new SimpleMeterRegistry(),
                    Duration.ofDays(30));
        }

        private void heard(Object event) {
            if (event instanceof ChannelNews one) {
                synchronized (news) {
                    news.add(one);
                }
            }
        }
    }

    private ChannelInput input(String secret, String ends) {
        return new ChannelInput(
                "Support",
                "support@contoso.test",
                true,
                null,
                new AuthenticationInput(
                        "oauth2",
                        null,
                        null,
                        "microsoft",
                        "authorization_code",
                        "contoso.test",
                        "app",
                        secret,
                        null,
                        credentials.entra().authority(),
                        List.of(),
                        FakeCredentials.OWNER,
                        null,
                        ends,
                        null,
                        null),
                new IncomingInput("imap", "localhost", 9, "tls", null, null, null),
                null,
                null,
                Map.of());
    }

    private Channel saved(Channels.Saved saved) {
        return ((Channels.Saved.Done) saved).channel();
    }

    private List<Object> warned(String type) {
        synchronized (news) {
            return news.stream()
                    .filter(n -> n.type().equals(type))
                    .map(n -> n.data().get("days"))
                    .toList();
        }
    }

    @Test
    void yearHasNoSignInWithoutCauseAndOneWhereItIsDue(@TempDir Path folder) throws IOException {
        credentials.entra().answer(year);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Node one = node(postgres, folder.resolve("one"));
            Node two = node(postgres, folder.resolve("two"));
            Channel channel = saved(one.channels.add(input("first-secret", "2027-09-08")));
            OAuthClient client = Objects.requireNonNull(channel.oauthClient());
            FakeCredentials.signIn(one.tokens, channel.id(), "a-0", year.signIn(), Duration.ofMinutes(75));

            int waits = 0;
            int settings = 0;
            int signIns = 0;
            int asked = 0;
            int used = 0;
            for (Instant end = day(365); clock.instant().isBefore(end); clock.move(STEP)) {
                Instant now = clock.instant();
                boolean disabled = !now.isBefore(day(130)) && now.isBefore(day(230));
                int before = year.renewals.get();
                if (now.equals(day(300))) {
                    year.resetPassword();
                }
                if (now.equals(day(252))) {
                    year.newSecret("second-secret", day(700));
                    saved(two.channels.change(channel.id(), input("second-secret", "2028-12-01")));
                    client = Objects.requireNonNull(
                            two.channels.find(channel.id()).orElseThrow().oauthClient());
                }
                care(one, two, both);
                if (disabled) {
                    continue;
                }
                OAuthClient asking = client;
                var first = CompletableFuture.supplyAsync(() -> one.tokens.accessToken(asking, null), both);
                var second = CompletableFuture.supplyAsync(() -> two.tokens.accessToken(asking, null), both);
                for (Result result : List.of(first.join(), second.join())) {
                    asked++;
                    switch (result) {
                        case Result.Ready ready -> used++;
                        case Result.Missing(var problem) -> {
                            switch (problem.needs()) {
                                case WAITING -> waits++;
                                case SETTINGS -> settings++;
                                case SIGN_IN, CONSENT -> signIns++;
                            }
                            checkCause(now, problem.needs());
                        }
                    }
                }
                assertThat(year.renewals.get() - before)
                        .as("renewals at %s", now)
                        .isLessThanOrEqualTo(1);
                if (signIns > 0 && !now.isBefore(day(301)) && !signedInAgain) {
                    signedInAgain = true;
                    FakeCredentials.signIn(two.tokens, channel.id(), "a-1", year.signIn(), Duration.ofMinutes(75));
                }
            }

            assertThat(year.mostAtOnce.get()).isEqualTo(1);
            assertThat(waits).as("a week of outage, two nodes").isEqualTo(7 * 4 * 2);
            assertThat(settings).as("two days without a valid secret").isEqualTo(2 * 4 * 2);
            assertThat(signIns).as("a day until somebody signs in again").isEqualTo(4 * 2 + 2);
            assertThat(used).isEqualTo(asked - waits - settings - signIns);
            assertThat(year.renewals.get()).isBetween(1_000, 1_100);
            assertThat(warned("credential.expiring")).containsExactly(30, 14, 7, 3, 1);
            assertThat(warned("credential.expired")).containsExactly(0);
            assertThat(signedInAgain).isTrue();
        }
    }

    private static void checkCause(Instant now, Needs needs) {
        boolean outage = !now.isBefore(day(100)) && now.isBefore(day(107));
        boolean secretOver = !now.isBefore(day(250)) && now.isBefore(day(252));
        boolean reset = !now.isBefore(day(300));
        Needs due = outage ? Needs.WAITING : secretOver ? Needs.SETTINGS : reset ? Needs.SIGN_IN : null;
        assertThat(needs).as("at %s", now).isEqualTo(due);
    }

    /** Every day, on both nodes at once. */
    private void care(Node one, Node two, ExecutorService both) {
        if (Duration.between(START, clock.instant()).toHours() % 24 == 0) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(one.care::care, both),
                            CompletableFuture.runAsync(two.care::care, both))
                    .join();
        }
    }

    private Node node(EmbeddedPostgres postgres, Path folder) throws IOException {
        StoreSettings settings = new StoreSettings(
                Files.createDirectories(folder), postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
        return new Node(Databases.open(settings, folder).database());
    }
}
