package org.postroom.simulator.control;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.postroom.simulator.organisation.ConditionalAccess;
import org.postroom.simulator.organisation.ConditionalAccess.Demand;
import tools.jackson.databind.node.ObjectNode;

/** Conditional access in a call: {@code conditionalAccess}, {@code signInFrequency}, {@code refuseTokensWith}. */
final class AccessFields {
    private AccessFields() {}

    /** What the call wants changed; a field that is not there stays as it is, null ends it. */
    static Runnable changes(Body body, ConditionalAccess target) {
        Set<Demand> demands = body.has("conditionalAccess") && !body.isNull("conditionalAccess")
                ? body.texts("conditionalAccess").stream()
                        .map(AccessFields::demand)
                        .collect(Collectors.toSet())
                : Set.of();
        Optional<Duration> frequency = body.span("signInFrequency");
        int code = body.number("refuseTokensWith", 0, 1, Integer.MAX_VALUE);
        return () -> {
            if (body.has("conditionalAccess")) {
                target.demands(demands);
            }
            if (body.has("signInFrequency")) {
                target.signInFrequency(frequency.orElse(null));
            }
            if (body.has("refuseTokensWith")) {
                target.refuseTokensWith(code == 0 ? null : code);
            }
        };
    }

    private static Demand demand(String word) {
        return Demand.of(word)
                .orElseThrow(() -> BadRequestException.field(
                        "conditionalAccess", "knows " + Demand.words() + ", not '" + word + "'"));
    }

    static void put(ObjectNode json, ConditionalAccess access) {
        Duration frequency = access.signInFrequency();
        json.put("refuseTokensWith", access.refuseTokensWith());
        json.put("signInFrequency", frequency == null ? null : frequency.toString());
        json.putArray("conditionalAccess");
        access.demands().forEach(demand -> json.withArray("conditionalAccess").add(demand.word()));
    }
}
