package org.postroom.person;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which passwords are taken: long ones, whatever they are made of, but those everybody tries first (NIST 800-63B). */
final class PasswordRules {
    static final int SHORTEST = 10;
    static final int LONGEST = 200;

    /** Those of ten characters and more at the top of the lists of leaked passwords. */
    private static final Set<String> COMMON = Set.of(
            "1234567890",
            "0123456789",
            "0987654321",
            "9876543210",
            "12345678910",
            "123456789a",
            "1q2w3e4r5t",
            "1q2w3e4r5t6y",
            "1qaz2wsx3edc",
            "qwertyuiop",
            "qwerty1234",
            "qwerty12345",
            "qwerty123456",
            "asdfghjkl1",
            "abcdefghij",
            "abcd123456",
            "password12",
            "password123",
            "password1234",
            "passw0rd12",
            "passw0rd123",
            "p@ssw0rd123",
            "administrator",
            "adminadmin",
            "admin12345",
            "admin123456",
            "iloveyou12",
            "letmein123",
            "welcome123",
            "welcome1234",
            "changeme123",
            "football123",
            "postroom123",
            "postroompostroom");

    private PasswordRules() {}

    /** What is wrong with a password, or null. */
    static @Nullable String problem(@Nullable String password) {
        if (password == null || password.length() < SHORTEST) {
            return "use at least " + SHORTEST + " characters; a few words are easy to remember";
        }
        if (password.length() > LONGEST) {
            return "use at most " + LONGEST + " characters";
        }
        boolean oneCharacter = password.chars().distinct().count() == 1;
        if (oneCharacter || COMMON.contains(password.toLowerCase(Locale.ROOT))) {
            return "this password is among the first that are tried; choose another";
        }
        return null;
    }
}
