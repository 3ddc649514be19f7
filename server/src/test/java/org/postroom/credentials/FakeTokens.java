package org.postroom.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Access tokens that say something of themselves, and channels that hold one. */
public final class FakeTokens {
    private FakeTokens() {}

    /** A token with these claims, as JSON. */
    public static String saying(String claims) {
        return base64("{\"alg\":\"none\"}") + "." + base64(claims) + ".c2lnbmF0dXJl";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The channel {@code c1} holds this token. */
    public static void hold(FakeCredentials credentials, String token, String user) {
        keep(credentials, token, user, Duration.ofHours(1));
    }

    /** The channel's access token has ended; the next one is to be asked for. */
    public static void end(FakeCredentials credentials) {
        keep(credentials, FakeCredentials.TOKEN, FakeCredentials.OWNER, Duration.ZERO);
    }

    private static void keep(FakeCredentials credentials, String token, String user, Duration lifetime) {
        credentials.tokens().forget("c1");
        credentials.tokens().keep("c1", new TokenAnswer.Granted(token, lifetime, "r1", List.of(), user), true);
    }
}
