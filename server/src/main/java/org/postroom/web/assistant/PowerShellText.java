package org.postroom.web.assistant;

/** Values inside a PowerShell script. */
final class PowerShellText {
    private PowerShellText() {}

    /**
     * A single-quoted string, in which PowerShell expands nothing. Typographic quotes end such a string just as the plain
     * one does, so all of them are doubled (about_Quoting_Rules).
     *
     * @throws IllegalArgumentException for a control character, which no checked value has
     */
    static String quote(String value) {
        if (value.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            throw new IllegalArgumentException("a line break or control character");
        }
        return "'" + value.replaceAll("(['\u2018\u2019\u201A\u201B])", "$1$1") + "'";
    }
}
