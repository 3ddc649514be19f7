package org.postroom.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** Reads what somebody entered, field by field, and gathers what is wrong. */
final class Entered {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?");

    private final List<FieldProblem> problems = new ArrayList<>();

    /** All that is wrong so far. */
    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    /** Whether all is well so far. */
    boolean fine() {
        return problems.isEmpty();
    }

    String host(String field, @Nullable String entered) {
        String text = text(field, entered, 1, 253);
        if (!text.isEmpty() && !HOST.matcher(text).matches()) {
            problem(field, "enter a host name such as outlook.office365.com, without https:// and port");
        }
        return text;
    }

    int port(String field, @Nullable Integer entered, int usual) {
        int port = entered == null ? usual : entered;
        if (port < 1 || port > 65535) {
            problem(field, "a port lies between 1 and 65535");
        }
        return port;
    }

    Security security(String field, @Nullable String entered, Security usual) {
        if (entered == null || entered.isBlank()) {
            return usual;
        }
        try {
            return Security.valueOf(entered.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            problem(field, "use tls, starttls or none");
            return usual;
        }
    }

    <T> @Nullable T parsed(String field, @Nullable String entered, String usual, Function<String, T> parse) {
        try {
            return parse.apply(entered == null || entered.isBlank() ? usual : entered.strip());
        } catch (IllegalArgumentException e) {
            problem(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Nullable
    String optionalAddress(String field, @Nullable String entered) {
        return entered == null || entered.isBlank() ? null : address(field, entered, true);
    }

    @Nullable
    String address(String field, @Nullable String entered, boolean required) {
        String text = entered == null ? "" : entered.strip();
        if (text.isEmpty() && !required) {
            return null;
        }
        if (!Address.plausible(text)) {
            problem(field, text.isEmpty() ? "enter an email address" : "'" + text + "' is not an email address");
        }
        return text;
    }

    @Nullable
    String optional(String field, @Nullable String entered, int longest) {
        return entered == null || entered.isBlank() ? null : text(field, entered, 1, longest);
    }

    String text(String field, @Nullable String entered, int shortest, int longest) {
        String text = entered == null ? "" : entered.strip();
        if (text.length() < shortest) {
            problem(field, "this is needed");
        } else if (text.length() > longest) {
            problem(field, "at most " + longest + " characters");
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            problem(field, "no line breaks or control characters");
        }
        return text;
    }

    void problem(String field, String message) {
        problems.add(new FieldProblem(field, message));
    }
}
