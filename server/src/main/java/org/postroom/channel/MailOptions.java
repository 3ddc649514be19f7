package org.postroom.channel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a channel's {@code mail.*} properties change, in the words of the protocol clients. A property of
 * {@code mail.imaps}, {@code mail.smtps} and the like goes before that of {@code mail.imap} where the connection begins
 * with TLS, and counts there only.
 *
 * @param properties by their names in lower case
 */
public record MailOptions(Map<String, String> properties) {
    /** No property set. */
    public static final MailOptions NONE = new MailOptions(Map.of());

    /** The mechanisms that clients have, as they are tried where no property says otherwise. */
    static final List<String> MECHANISMS = List.of("XOAUTH2", "PLAIN", "LOGIN");

    /** Copies the properties. */
    public MailOptions {
        Map<String, String> lower = new LinkedHashMap<>();
        properties.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value.strip()));
        properties = Map.copyOf(lower);
    }

    /** Longest wait for a connection. */
    public Duration connectTimeout(String protocol, Security security, Duration usual) {
        return milliseconds(value(protocol, security, "connectiontimeout"), usual);
    }

    /** Longest wait for an answer. */
    public Duration readTimeout(String protocol, Security security, Duration usual) {
        return milliseconds(value(protocol, security, "timeout"), usual);
    }

    /** The SASL mechanisms that may be used, preferred ones first. */
    public List<String> mechanisms(String protocol, Security security) {
        String list = value(protocol, security, "auth.mechanisms");
        List<String> wanted = new ArrayList<>(list == null || list.isEmpty() ? MECHANISMS : words(list));
        wanted.removeIf(m -> isTrue(value(protocol, security, "auth." + m.toLowerCase(Locale.ROOT) + ".disable")));
        return List.copyOf(wanted);
    }

    /** The versions of TLS that may be used. */
    public List<String> tlsVersions(String protocol, Security security) {
        String list = value(protocol, security, "ssl.protocols");
        return list == null || list.isEmpty() ? List.of("TLSv1.3", "TLSv1.2") : List.of(list.split("[\\s,]+"));
    }

    /** The name to say in EHLO. */
    public Optional<String> ehloName(Security security) {
        return Optional.ofNullable(value("smtp", security, "localhost"));
    }

    /** The envelope sender, where the channel names no bounce address. */
    public Optional<String> envelopeFrom(Security security) {
        return Optional.ofNullable(value("smtp", security, "from"));
    }

    /** Whether the words exchanged with servers go into the log. */
    public boolean debug() {
        return isTrue(properties.get("mail.debug"));
    }

    /** Whether POP3's XOAUTH2 sends the token on a line of its own, as Microsoft wants it. */
    public boolean twoLineXoauth2(Security security) {
        String value = value("pop3", security, "auth.xoauth2.two.line.authentication.format");
        return value == null || isTrue(value);
    }

    private @Nullable String value(String protocol, Security security, String name) {
        String secure = security == Security.TLS ? good("mail." + protocol + "s." + name) : null;
        return secure == null ? good("mail." + protocol + "." + name) : secure;
    }

    /** What was stored before values were checked counts only if it passes the check. */
    private @Nullable String good(String name) {
        String value = properties.get(name);
        return value != null && MailProperty.takes(name, value) ? value : null;
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.strip().toUpperCase(Locale.ROOT).split("[\\s,]+"))
                .toList();
    }

    private static boolean isTrue(@Nullable String value) {
        return "true".equalsIgnoreCase(value);
    }

    private static Duration milliseconds(@Nullable String value, Duration usual) {
        return value == null ? usual : Duration.ofMillis(Long.parseLong(value));
    }
}
