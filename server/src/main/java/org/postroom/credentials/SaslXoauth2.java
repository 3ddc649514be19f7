package org.postroom.credentials;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The SASL XOAUTH2 initial response, as Microsoft and Google document it. */
public final class SaslXoauth2 {
    private SaslXoauth2() {}

    /**
     * The response, Base64-encoded.
     *
     * @param user whose mailbox is meant; for IMAP the mailbox's address, for SMTP the token's owner
     * @throws IllegalArgumentException if either holds control characters, which would forge other fields
     */
    public static String encode(String user, String accessToken) {
        refuseControls(user, "user");
        refuseControls(accessToken, "token");
        byte[] plain =
                ("user=" + user + "\u0001auth=Bearer " + accessToken + "\u0001\u0001").getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(plain);
    }

    private static void refuseControls(String text, String what) {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("the " + what + " holds a control character");
        }
    }
}
