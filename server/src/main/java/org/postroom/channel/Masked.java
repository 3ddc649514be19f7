package org.postroom.channel;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Pattern;

/** Servers' words without the secrets that they repeat. */
public final class Masked {
    private static final String MASK = "•••";
    private static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{6,}(?:\\.[A-Za-z0-9_-]*)*");
    private static final Pattern LONG = Pattern.compile("[A-Za-z0-9+/_~=-]{64,}");
    private static final int SHORTEST = 4;

    private Masked() {}

    /**
     * The words with every secret covered, as it is and in Base64, and whatever looks like a token.
     *
     * @param secrets those that the server was sent
     */
    public static String words(String words, Collection<String> secrets) {
        String masked = words;
        for (String secret : secrets) {
            if (secret.length() >= SHORTEST) {
                masked = masked.replace(secret, MASK)
                        .replace(
                                Base64.getEncoder()
                                        .withoutPadding()
                                        .encodeToString(secret.getBytes(StandardCharsets.UTF_8)),
                                MASK);
            }
        }
        return LONG.matcher(TOKEN.matcher(masked).replaceAll(MASK)).replaceAll(MASK);
    }
}
