package org.postroom.channel;

import org.jspecify.annotations.Nullable;

/**
 * What one step of a diagnosis showed.
 *
 * @param reached whether it was tried
 * @param what what was seen; null if it failed or was not reached
 * @param warning what works today and may not tomorrow
 * @param problem null if it went well or was not reached
 */
public record Finding(
        String name,
        boolean reached,
        @Nullable String what,
        @Nullable String warning,
        @Nullable ChannelProblem problem) {
    /** It went well. */
    public static Finding passed(String name, String what) {
        return new Finding(name, true, what, null, null);
    }

    /** It went well, for now. */
    public static Finding passed(String name, String what, @Nullable String warning) {
        return new Finding(name, true, what, warning, null);
    }

    /** It failed. */
    public static Finding failed(String name, ChannelProblem problem) {
        return new Finding(name, true, null, null, problem);
    }

    /** It was not tried. */
    public static Finding skipped(String name) {
        return new Finding(name, false, null, null, null);
    }
}
