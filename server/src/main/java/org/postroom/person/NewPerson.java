package org.postroom.person;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/** Somebody to be added, as typed: nothing checked. */
public record NewPerson(
        @Nullable String name,
        @Nullable String email,
        @Nullable String password,
        Role role) {
    /**
     * A field that cannot be taken as it is.
     *
     * @param field {@code name}, {@code email} or {@code password}
     * @param message what is wrong and what to enter instead
     */
    public record Problem(String field, String message) {}

    /** Never shows the password. */
    @Override
    public String toString() {
        return "NewPerson[email=" + email + ", role=" + role + "]";
    }

    String cleanName() {
        return name == null ? "" : name.strip();
    }

    String cleanEmail() {
        return email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        String shown = cleanName();
        if (shown.isEmpty()) {
            problems.add(new Problem("name", "enter the name that colleagues know, such as Ann Baker"));
        } else if (shown.length() > 100 || shown.chars().anyMatch(Character::isISOControl)) {
            problems.add(new Problem("name", "at most 100 characters, without line breaks"));
        }
        if (!Address.plausible(cleanEmail())) {
            problems.add(new Problem("email", "enter an email address, such as ann@example.com"));
        }
        String wrong = PasswordRules.problem(password);
        if (wrong != null) {
            problems.add(new Problem("password", wrong));
        }
        return problems;
    }
}
