package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;

/** How somebody may sign, after the name his mail program gives: whole, first name, initials, last name first or last. */
final class WriterNames {
    private WriterNames() {}

    /** For comparing with {@link PlainText}; empty if the name is an address or says nothing. */
    static List<String> of(String display) {
        String name = PlainText.of(display, 0, display.length());
        List<String> found = new ArrayList<>();
        if (name.length() < 2 || name.indexOf('@') >= 0) {
            return found;
        }
        found.add(name);
        int comma = name.indexOf(", ");
        if (comma > 0) {
            name = (name.substring(comma + 2) + " " + name.substring(0, comma)).strip();
            found.add(name);
        }
        int space = name.indexOf(' ');
        int last = name.lastIndexOf(' ');
        if (space > 1) {
            found.add(name.substring(0, space));
            found.add(name.substring(0, space) + " " + name.charAt(last + 1));
            found.add(name.charAt(0) + ". " + name.substring(last + 1));
            if (last > space) {
                found.add(name.substring(0, space) + name.substring(last));
            }
        }
        return found;
    }
}
