package org.postroom.simulator.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An address in a header, or the start or end of a group (RFC 5322 section 3.4).
 *
 * @param name display name as written, without quotes; empty where there is none
 * @param local what stands before the last at sign; the group's name at its start, empty at its end
 * @param domain what stands after it; empty for a group's start and end
 */
public record Address(String name, String local, String domain) {
    /** {@code local@domain} in lower case. */
    public String spec() {
        return (local + "@" + domain).toLowerCase(Locale.ROOT);
    }

    /** Whether it can be written to, so is not a group's start or end. */
    public boolean isMailbox() {
        return !domain.isEmpty();
    }

    /** Reads an address list; what is no address is passed over. */
    public static List<Address> parseList(String text) {
        List<Address> found = new ArrayList<>();
        StringBuilder phrase = new StringBuilder();
        StringBuilder angle = new StringBuilder();
        boolean inAngle = false;
        boolean hadAngle = false;
        boolean inGroup = false;
        int comment = 0;
        for (int at = 0; at <= text.length(); at++) {
            char c = at < text.length() ? text.charAt(at) : ',';
            if (comment > 0) {
                comment += c == '(' ? 1 : c == ')' || at == text.length() ? -1 : 0;
            } else if (c == '"' && at < text.length()) {
                at = quoted(text, at, inAngle ? angle : phrase);
            } else if (c == '(') {
                comment++;
            } else if (c == '<' && at < text.length()) {
                inAngle = true;
                hadAngle = true;
            } else if (c == '>') {
                inAngle = false;
            } else if (inAngle && at < text.length()) {
                angle.append(c);
            } else if (c == ':' && !hadAngle && phrase.indexOf("@") < 0) {
                found.add(new Address("", phrase.toString().strip(), ""));
                phrase.setLength(0);
                inGroup = true;
            } else if (c == ',' || c == ';') {
                add(found, phrase, angle, hadAngle);
                phrase.setLength(0);
                angle.setLength(0);
                hadAngle = false;
                inAngle = false;
                if (c == ';' && inGroup) {
                    found.add(new Address("", "", ""));
                    inGroup = false;
                }
            } else {
                phrase.append(c);
            }
        }
        return List.copyOf(found);
    }

    private static int quoted(String text, int from, StringBuilder into) {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            into.append(text.charAt(at++));
        }
        return at;
    }

    private static void add(List<Address> found, StringBuilder phrase, StringBuilder angle, boolean hadAngle) {
        String spec = (hadAngle ? angle : phrase).toString().strip();
        int route = spec.startsWith("@") ? spec.indexOf(':') : -1;
        spec = route > 0 ? spec.substring(route + 1) : spec;
        int at = spec.lastIndexOf('@');
        if (at > 0 && at < spec.length() - 1) {
            String name = hadAngle ? phrase.toString().strip().replaceAll("\\s+", " ") : "";
            found.add(new Address(name, spec.substring(0, at), spec.substring(at + 1)));
        }
    }
}
