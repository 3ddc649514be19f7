package org.postroom.simulator.entra;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.organisation.App;

/** Device codes that wait for a person (RFC 8628). Safe for all threads. */
final class DeviceCodes {
    static final Duration LIFE = Duration.ofMinutes(15);
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final SecureRandom random = new SecureRandom();
    private final Clock clock;
    private final Grants grants;
    private final Map<String, Pending> byDeviceCode = new ConcurrentHashMap<>();

    /** One that waits, was approved in {@code session}, or declined. */
    record Pending(
            AuthorizationRequest asked,
            String userCode,
            Instant expires,
            @Nullable Session session,
            boolean declined) {}

    DeviceCodes(Clock clock, Grants grants) {
        this.clock = clock;
        this.grants = grants;
    }

    /** A new pair of codes: the device's, under which it is found, and the person's in what is found. */
    String begin(App app, String tenant, Scopes scopes) {
        String deviceCode = grants.newValue(80);
        StringBuilder userCode = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            userCode.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        AuthorizationRequest asked = new AuthorizationRequest(
                app, tenant, "", scopes, null, null, false, null, "", null, "query", deviceCode);
        byDeviceCode.put(
                deviceCode,
                new Pending(asked, userCode.toString(), clock.instant().plus(LIFE), null, false));
        return deviceCode;
    }

    Optional<Pending> find(String deviceCode) {
        return Optional.ofNullable(byDeviceCode.get(deviceCode));
    }

    Optional<AuthorizationRequest> asked(String userCode) {
        String code = userCode.strip().toUpperCase(Locale.ROOT);
        return byDeviceCode.values().stream()
                .filter(pending -> pending.userCode().equals(code)
                        && pending.expires().isAfter(clock.instant())
                        && pending.session() == null)
                .map(Pending::asked)
                .findFirst();
    }

    void approve(String deviceCode, Session session) {
        byDeviceCode.computeIfPresent(
                deviceCode, (k, old) -> new Pending(old.asked(), old.userCode(), old.expires(), session, false));
    }

    void decline(String deviceCode) {
        byDeviceCode.computeIfPresent(
                deviceCode, (k, old) -> new Pending(old.asked(), old.userCode(), old.expires(), null, true));
    }

    void redeemed(String deviceCode) {
        byDeviceCode.remove(deviceCode);
    }
}
