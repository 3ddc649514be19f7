package org.postroom.simulator.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SASL XOAUTH2 initial response.
 *
 * @param user the mailbox for IMAP, the token's owner for SMTP
 */
public record XOAuth2(String user, String token) {
    private static final Pattern SHAPE =
            Pattern.compile("user=([^\u0001]+)\u0001auth=Bearer ([^\u0001]+)\u0001\u0001", Pattern.CASE_INSENSITIVE);

    /** Decodes the base64 text; empty where it is anything else. */
    public static Optional<XOAuth2> decode(String base64) {
        try {
            String text = new String(Base64.getDecoder().decode(base64.strip()), UTF_8);
            Matcher matcher = SHAPE.matcher(text);
            return matcher.matches() ? Optional.of(new XOAuth2(matcher.group(1), matcher.group(2))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
