package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postroom.mail.Address;

/** Address fields: nothing is thrown, no line break comes through, and there are never more addresses than signs for them. */
public final class AddressFuzz {
    private AddressFuzz() {}

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] raw) {
        String field = new String(raw, StandardCharsets.UTF_8);
        List<Address> found = Addresses.parse(field);
        if (found.size() > field.length() + 1) {
            throw new AssertionError(found.size() + " addresses in " + field.length() + " characters");
        }
        for (Address one : found) {
            if ((one.name() + one.address()).chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
                throw new AssertionError("a control character came through: " + one);
            }
        }
    }
}
