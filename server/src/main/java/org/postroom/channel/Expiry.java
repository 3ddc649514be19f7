package org.postroom.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.credentials.Authentication;

/**
 * The end of what proves a channel's application.
 *
 * @param kind what ends
 * @param at when
 */
public record Expiry(Kind kind, Instant at) {
    /** Days before the end at which people are told; 0 is the end itself. */
    static final List<Integer> WARNED_AT = List.of(0, 1, 3, 7, 14, 30);

    /** What ends. */
    public enum Kind {
        CLIENT_SECRET("client secret"),
        CERTIFICATE("certificate");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** As events and metrics write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * What people are told.
     *
     * @param days the step of the warning: 30, 14, 7, 3 or 1 day before, or 0 for the end
     * @param over whether it has ended
     */
    public record Warning(int days, boolean over, String what, String remedy) {}

    /** What proves this channel's application, if that has a known end. */
    public static Optional<Expiry> of(Channel channel) {
        if (!(channel.authentication() instanceof Authentication.OAuth2 auth)) {
            return Optional.empty();
        }
        if (auth.certificate() != null) {
            return Optional.of(new Expiry(Kind.CERTIFICATE, auth.certificate().notAfter()));
        }
        return auth.secretExpiry() == null
                ? Optional.empty()
                : Optional.of(new Expiry(Kind.CLIENT_SECRET, auth.secretExpiry()));
    }

    /** What there is to tell now; empty if the end is further than 30 days away. */
    public Optional<Warning> warning(Instant now) {
        Duration left = Duration.between(now, at);
        return WARNED_AT.stream()
                .filter(days -> left.compareTo(Duration.ofDays(days)) <= 0)
                .findFirst()
                .map(days -> warning(days, left));
    }

    private Warning warning(int days, Duration left) {
        String day = at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        boolean over = left.isNegative() || left.isZero();
        long whole = Math.max(1, left.plus(Duration.ofHours(23)).toDays());
        String what = over
                ? "The " + kind.words + " of the application ended on " + day + "."
                : "The " + kind.words + " of the application ends in " + whole + (whole == 1 ? " day" : " days")
                        + ", on " + day + ".";
        String remedy = switch (kind) {
            case CLIENT_SECRET ->
                "Make a new client secret in the app registration, enter its Value and its end on the channel's form; the"
                        + " old one can stay until then.";
            case CERTIFICATE ->
                "Make a new certificate, upload it to the app registration, then paste it with its key on the channel's"
                        + " form; the old one can stay until then.";
        };
        return new Warning(days, over, what, remedy);
    }
}
