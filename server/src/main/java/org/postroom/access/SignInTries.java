package org.postroom.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Counts tries to sign in, per account and per network address, so that nobody can guess passwords by the thousand. In
 * memory, for this node. Safe for use by many threads.
 */
@Component
class SignInTries {
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final int PER_ACCOUNT = 8;
    static final int PER_ADDRESS = 40;
    private static final int MOST_KEPT = 20_000;

    private final Clock clock;
    private final Map<String, Tries> kept = new LinkedHashMap<>();

    SignInTries(Clock clock) {
        this.clock = clock;
    }

    private record Tries(int count, Instant ends) {}

    /** Counts a try before it is made; if there were too many, how long to wait instead. */
    synchronized Optional<Duration> admit(String email, String address) {
        Instant now = clock.instant();
        Optional<Duration> wait =
                wait(account(email), PER_ACCOUNT, now).or(() -> wait(network(address), PER_ADDRESS, now));
        if (wait.isEmpty()) {
            count(account(email), now);
            count(network(address), now);
        }
        return wait;
    }

    /** The try was a good one: it does not count. */
    synchronized void forgive(String email, String address) {
        kept.remove(account(email));
        kept.computeIfPresent(network(address), (key, was) -> new Tries(was.count() - 1, was.ends()));
    }

    /** How many accounts and networks are remembered. */
    synchronized int kept() {
        return kept.size();
    }

    private Optional<Duration> wait(String key, int most, Instant now) {
        Tries tries = kept.get(key);
        return tries == null || tries.count() < most || !tries.ends().isAfter(now)
                ? Optional.empty()
                : Optional.of(Duration.between(now, tries.ends()));
    }

    private void count(String key, Instant now) {
        Tries was = kept.remove(key);
        kept.put(
                key,
                was != null && was.ends().isAfter(now)
                        ? new Tries(was.count() + 1, was.ends())
                        : new Tries(1, now.plus(WINDOW)));
        if (kept.size() > MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private static String account(String email) {
        String key = email.strip().toLowerCase(Locale.ROOT);
        return "account/" + key.substring(0, Math.min(key.length(), 320));
    }

    /** One IPv4 address, or the 64 bits of an IPv6 address that one customer usually holds. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return "address/" + Arrays.toString(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (UnknownHostException e) {
            return "address/" + address;
        }
    }
}
