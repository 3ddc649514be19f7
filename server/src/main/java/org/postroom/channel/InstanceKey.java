package org.postroom.channel;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.store.Database;
import org.springframework.stereotype.Component;

/** The key by which this Postroom signs its Message-IDs: made once, sealed in the database, the same on every node. */
@Component
public class InstanceKey {
    private static final String OWNER = "instance";

    private final byte[] bytes;

    InstanceKey(Database database, Secrets secrets) {
        this.bytes = HexFormat.of()
                .parseHex(database.locked(
                        "instance-key",
                        sql -> secrets.get(OWNER, Purpose.MESSAGE_ID_KEY).orElseGet(() -> make(secrets))));
    }

    private static String make(Secrets secrets) {
        byte[] made = new byte[32];
        new SecureRandom().nextBytes(made);
        String hex = HexFormat.of().formatHex(made);
        secrets.put(OWNER, Purpose.MESSAGE_ID_KEY, hex);
        return hex;
    }

    /** The key, 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }
}
