package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postroom.mail.Address;

/** Addresses in one field, apart by commas or semicolons, as people type and copy them. */
final class AddressLine {
    private AddressLine() {}

    static List<String> split(String line) {
        List<String> found = new ArrayList<>();
        StringBuilder one = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == ',' || c == ';' || c == '\n')) {
                add(found, one);
            } else {
                one.append(c);
            }
        }
        add(found, one);
        return found;
    }

    private static void add(List<String> found, StringBuilder one) {
        if (!one.toString().isBlank()) {
            found.add(one.toString().strip());
        }
        one.setLength(0);
    }

    static String of(List<Address> some) {
        return some.stream().map(AddressLine::of).collect(Collectors.joining(", "));
    }

    private static String of(Address one) {
        String name =
                one.name().replace("\"", "").replace("<", "").replace(">", "").strip();
        if (name.isEmpty()) {
            return one.address();
        }
        boolean plain = name.indexOf(',') < 0 && name.indexOf(';') < 0;
        return (plain ? name : "\"" + name + "\"") + " <" + one.address() + ">";
    }
}
