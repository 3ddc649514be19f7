package org.postroom.credentials;

import java.net.URI;

/** Which addresses tokens and secrets may go to. */
public final class SafeAddress {
    private SafeAddress() {}

    /** Whether it is https with a host and without a user; http is for a server on this very machine. */
    public static boolean isSafe(URI uri) {
        String host = uri.getHost();
        if (host == null || uri.getUserInfo() != null) {
            return false;
        }
        boolean loopback = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
        return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && loopback);
    }
}
