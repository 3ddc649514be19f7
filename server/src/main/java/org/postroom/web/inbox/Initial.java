package org.postroom.web.inbox;

/** What stands in the circle beside a name. */
final class Initial {
    private Initial() {}

    /** Its first letter or figure, a whole one; an asterisk if there is none. */
    static String of(String name) {
        return name.codePoints()
                .filter(Character::isLetterOrDigit)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("*");
    }
}
