package org.postroom.simulator.organisation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an administrator demands of sign-ins of a user, by an app, or in a tenant. Safe for all threads. */
public final class ConditionalAccess {
    private volatile Set<Demand> demands = Set.of();
    private volatile @Nullable Duration signInFrequency;
    private volatile @Nullable Integer refuseTokensWith;

    /** A demand, in the order in which Entra complains. */
    public enum Demand {
        BLOCK("block", 53003, false),
        COMPLIANT_DEVICE("compliantDevice", 53000, false),
        JOINED_DEVICE("joinedDevice", 53001, false),
        APPROVED_APP("approvedApp", 53002, false),
        DEVICE_AUTHENTICATION("deviceAuthentication", 50097, false),
        MFA_REGISTRATION("mfaRegistration", 50079, true),
        MFA("mfa", 50076, true);

        private final String word;
        private final int code;
        private final boolean metAtPage;

        Demand(String word, int code, boolean metAtPage) {
            this.word = word;
            this.code = code;
            this.metAtPage = metAtPage;
        }

        /** Its name in the control interface. */
        public String word() {
            return word;
        }

        /** AADSTS code of the refusal. */
        public int code() {
            return code;
        }

        /** Whether a person who signs in at the page meets it there. */
        public boolean metAtPage() {
            return metAtPage;
        }

        /** The demand of that name. */
        public static Optional<Demand> of(String word) {
            return Arrays.stream(values())
                    .filter(demand -> demand.word.equals(word))
                    .findFirst();
        }

        /** All names, for a complaint. */
        public static String words() {
            return Arrays.stream(values()).map(Demand::word).collect(Collectors.joining(", "));
        }
    }

    /** What is demanded. */
    public List<Demand> demands() {
        return Arrays.stream(Demand.values()).filter(demands::contains).toList();
    }

    /** Sets {@link #demands()}. */
    public void demands(Set<Demand> wanted) {
        demands = Set.copyOf(wanted);
    }

    /** How long a sign-in counts before it has to be repeated; null for ever. */
    public @Nullable Duration signInFrequency() {
        return signInFrequency;
    }

    /** Sets {@link #signInFrequency()}. */
    public void signInFrequency(@Nullable Duration most) {
        signInFrequency = most;
    }

    /** The AADSTS code all token requests are refused with, null for none. */
    public @Nullable Integer refuseTokensWith() {
        return refuseTokensWith;
    }

    /** Sets {@link #refuseTokensWith()}. */
    public void refuseTokensWith(@Nullable Integer code) {
        refuseTokensWith = code;
    }
}
