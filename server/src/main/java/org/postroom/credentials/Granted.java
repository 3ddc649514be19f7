package org.postroom.credentials;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Judges what a sign-in brought: whether the right person gave all that the channel needs. */
final class Granted {
    private Granted() {}

    /**
     * What is wrong with it.
     *
     * @param missing needed scopes that were not granted
     * @param expected who should have signed in, if somebody else did
     */
    record Shortcoming(List<String> missing, @Nullable String expected) {}

    /** What is wrong with it; null if nothing is. */
    static @Nullable Shortcoming judge(
            TokenAnswer.Granted granted, List<String> needed, @Nullable String expected, boolean strictly) {
        List<String> missing = needed.stream()
                .filter(scope -> !covers(scope, granted.scopes(), granted.refreshToken() != null))
                .toList();
        boolean other =
                expected != null && (granted.user() == null ? strictly : !expected.equalsIgnoreCase(granted.user()));
        return other || !missing.isEmpty() ? new Shortcoming(missing, other ? expected : null) : null;
    }

    private static boolean covers(String scope, List<String> granted, boolean refreshable) {
        String name = lastPart(scope);
        if (name.equals("offline_access")) {
            return refreshable;
        }
        // No scopes in the answer: all that was asked for (RFC 6749 section 5.1).
        return name.equals("openid")
                || name.equals("profile")
                || granted.isEmpty()
                || granted.stream().anyMatch(g -> lastPart(g).equals(name));
    }

    private static String lastPart(String scope) {
        String whole = scope.endsWith("/") ? scope.substring(0, scope.length() - 1) : scope;
        return whole.substring(whole.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
