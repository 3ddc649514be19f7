package org.postroom.credentials;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no token, in words.
 *
 * @param needs what ends it
 * @param what what happened, in plain words
 * @param remedy what to do
 * @param error the {@code error} member of RFC 6749 section 5.2, or a word of ours where no answer came
 * @param code the provider's own code, such as {@code AADSTS700082}
 * @param detail the provider's words, without secrets; trace and correlation ids among them
 * @param claims what the next sign-in has to be asked for, as the identity server wants it repeated; null as a rule
 */
public record TokenProblem(
        Needs needs,
        String what,
        String remedy,
        String error,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String claims) {
    /** A problem without claims. */
    public TokenProblem(
            Needs needs, String what, String remedy, String error, @Nullable String code, @Nullable String detail) {
        this(needs, what, remedy, error, code, detail, null);
    }

    /** What ends the problem. */
    public enum Needs {
        SIGN_IN,
        CONSENT,
        SETTINGS,
        WAITING
    }

    /** Whether the identity server counts requests and had too many: asking again soon makes it worse. */
    public boolean throttled() {
        return needs == Needs.WAITING && ("AADSTS90055".equals(code) || "AADSTS50196".equals(code));
    }

    /** What happened, what to do, and the code at the end. */
    public String sentence() {
        return what + " " + remedy + (code == null ? " (" + error + ")" : " (" + code + ")");
    }
}
