package org.postroom.simulator.entra;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postroom.simulator.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys tokens are verified with; the newest one signs. Safe for all threads. */
final class SigningKeys {
    private final List<SigningKey> keys = new CopyOnWriteArrayList<>(List.of(SigningKey.first()));

    String sign(ObjectNode claims) {
        return keys.getLast().sign(claims);
    }

    /** The claims of a token that a key still published signed; times are not looked at. */
    Optional<ObjectNode> verify(String token) {
        return keys.stream().flatMap(key -> key.verify(token).stream()).findFirst();
    }

    /** The key set (RFC 7517 section 5), the newest first. */
    ObjectNode published() {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("keys");
        keys.reversed().forEach(key -> array.add(key.publicKey()));
        return json;
    }

    /** Signs with a new key from now on. */
    synchronized String roll() {
        keys.add(SigningKey.another());
        return keys.getLast().id();
    }

    /** Withdraws every key but the newest: what they signed is worth nothing. */
    synchronized void withdrawOld() {
        keys.retainAll(List.of(keys.getLast()));
    }
}
