package org.postroom.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A msg-id of RFC 5322 section 3.6.4, angle brackets included, without white space inside. */
public record MessageId(String value) {
    /** Longest msg-id that is kept whole; longer ones are cut, so that an index stays usable. */
    public static final int MAX_LENGTH = 998;

    private static final Pattern SPACE = Pattern.compile("[\\s\\u0000]+");
    private static final Pattern IN_BRACKETS = Pattern.compile("<([^<>]{1,2000})>");

    /** Adds missing angle brackets and removes white space. */
    public MessageId {
        value = hasSpace(value) ? SPACE.matcher(value).replaceAll("") : value;
        if (!value.startsWith("<")) {
            value = "<" + value;
        }
        if (!value.endsWith(">")) {
            value = value + ">";
        }
        if (value.length() > MAX_LENGTH) {
            value = value.substring(0, MAX_LENGTH - 1) + ">";
        }
    }

    private static boolean hasSpace(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) <= ' ') {
                return true;
            }
        }
        return false;
    }

    /** Every msg-id in a header's body, in order, without repeats; a bare word with an {@code @} counts too. */
    public static List<MessageId> all(String header) {
        if (header.isBlank()) {
            return List.of();
        }
        List<MessageId> found = new ArrayList<>();
        var matcher = IN_BRACKETS.matcher(header);
        while (matcher.find()) {
            add(found, matcher.group(1));
        }
        if (found.isEmpty()) {
            for (String word : header.split("[\\s,]+")) {
                if (word.indexOf('@') > 0) {
                    add(found, word);
                }
            }
        }
        return List.copyOf(found);
    }

    private static void add(List<MessageId> found, String text) {
        if (!text.isBlank()) {
            var id = new MessageId(text);
            if (!found.contains(id)) {
                found.add(id);
            }
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
