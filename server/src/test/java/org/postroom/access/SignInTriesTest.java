package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** How often somebody may try a password. */
class SignInTriesTest {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final SignInTries tries = new SignInTries(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void anAccountHasToWaitAfterEightTriesWhereverTheyComeFrom() {
        for (int i = 0; i < SignInTries.PER_ACCOUNT; i++) {
            assertThat(tries.admit("ann@example.com", "192.0.2." + i)).isEmpty();
        }

        assertThat(tries.admit(" ANN@example.com", "192.0.2.99")).contains(SignInTries.WINDOW);
        assertThat(tries.admit("ben@example.com", "192.0.2.99")).isEmpty();
    }

    @Test
    void anAddressHasToWaitWhicheverAccountsItTries() {
        for (int i = 0; i < SignInTries.PER_ADDRESS; i++) {
            assertThat(tries.admit("person" + i + "@example.com", "2001:db8::" + Integer.toHexString(i + 1)))
                    .isEmpty();
        }

        assertThat(tries.admit("new@example.com", "2001:db8::ffff")).isPresent();
        assertThat(tries.admit("new@example.com", "2001:db8:1::1")).isEmpty();
    }

    @Test
    void waitingHelps() {
        for (int i = 0; i < SignInTries.PER_ACCOUNT; i++) {
            assertThat(tries.admit("ann@example.com", "192.0.2.1")).isEmpty();
        }
        now = now.plus(Duration.ofMinutes(9));
        assertThat(tries.admit("ann@example.com", "192.0.2.1")).contains(Duration.ofMinutes(1));

        now = now.plus(Duration.ofMinutes(1));

        assertThat(tries.admit("ann@example.com", "192.0.2.1")).isEmpty();
    }

    @Test
    void goodSignInsDoNotCount() {
        for (int i = 0; i < 500; i++) {
            assertThat(tries.admit("ann@example.com", "192.0.2.1")).isEmpty();
            tries.forgive("ann@example.com", "192.0.2.1");
        }
    }

    @Test
    void aFloodOfAccountsDoesNotFillTheMemory() {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        SignInTries flooded = new SignInTries(clock);

        for (int i = 0; i < 50_000; i++) {
            flooded.admit("flood" + i, "198.51." + (i / 250) % 250 + "." + i % 250);
        }

        assertThat(flooded.kept()).isLessThanOrEqualTo(20_000);
    }
}
