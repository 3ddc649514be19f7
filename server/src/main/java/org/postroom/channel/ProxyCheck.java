package org.postroom.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.ProxyInput;
import org.postroom.wire.NoProxy;
import org.postroom.wire.Proxy;
import org.postroom.wire.Proxy.Type;
import org.postroom.wire.Route;

/** Turns what somebody entered as a channel's proxy into a route, or names every field that is wrong. */
final class ProxyCheck {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]{0,251}[A-Za-z0-9])?");
    private static final int LONGEST = 1000;

    private final List<FieldProblem> problems = new ArrayList<>();
    private @Nullable String password;

    /**
     * Checks.
     *
     * @param entered null for the server's own way, the word {@code none}, or a {@link ProxyInput}
     */
    Route check(@Nullable Object entered, @Nullable Channel before) {
        boolean had = before != null && before.route() instanceof Route.Through(Proxy old) && old.username() != null;
        password = had ? "" : null;
        if (entered == null) {
            return Route.SERVERS;
        }
        if (entered instanceof String word && word.strip().equalsIgnoreCase("none")) {
            return Route.DIRECT;
        }
        if (entered instanceof ProxyInput input) {
            return new Route.Through(proxy(input, before == null ? null : before.route()));
        }
        problem("", "leave it out for the server's proxy, or use none, or an object with type, host and port");
        return Route.SERVERS;
    }

    /** All that is wrong. */
    List<FieldProblem> problems() {
        return problems;
    }

    /** The password to keep: empty to forget the one that is there, null to leave it. */
    @Nullable
    String password() {
        return password;
    }

    private Proxy proxy(ProxyInput input, @Nullable Route before) {
        Type type = type(input.type());
        String host = Objects.requireNonNullElse(input.host(), "").strip();
        if (host.isEmpty()) {
            problem(".host", "this is needed");
        } else if (!HOST.matcher(host).matches()) {
            problem(".host", "enter a host name or an address, without http:// and port");
        }
        int port = input.port() == null ? type == Type.HTTP ? 3128 : 1080 : input.port();
        if (port < 1 || port > 65535) {
            problem(".port", "a port lies between 1 and 65535");
        }
        String user = input.username() == null || input.username().isEmpty() ? null : input.username();
        credential(".username", user, type);
        if (type == Type.HTTP && user != null && user.indexOf(':') >= 0) {
            problem(".username", "a user name for an HTTP proxy has no colon");
        }
        Proxy proxy = new Proxy(type, host, port, user, null, noProxy(input.noProxy()));
        password(proxy, input.password(), before);
        return proxy;
    }

    private Type type(@Nullable String entered) {
        String word = Objects.requireNonNullElse(entered, "").strip().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "http" -> Type.HTTP;
            case "socks5" -> Type.SOCKS5;
            default -> {
                problem(
                        ".type",
                        word.isEmpty() ? "say which: http or socks5" : "'" + word + "' is unknown; use http or socks5");
                yield Type.HTTP;
            }
        };
    }

    private NoProxy noProxy(@Nullable List<@Nullable String> entered) {
        List<String> entries = new ArrayList<>();
        for (String entry : entered == null ? List.<@Nullable String>of() : entered) {
            if (entry != null && !entry.isBlank()) {
                entries.add(entry);
            }
        }
        if (entries.size() > 200) {
            problem(".noProxy", "at most 200 hosts");
            return NoProxy.NONE;
        }
        try {
            return NoProxy.of(entries);
        } catch (IllegalArgumentException e) {
            problem(".noProxy", String.valueOf(e.getMessage()));
            return NoProxy.NONE;
        }
    }

    /** A stored password goes with its proxy and user: for another one it has to be entered again. */
    private void password(Proxy proxy, @Nullable String entered, @Nullable Route before) {
        if (entered != null && !entered.isEmpty()) {
            credential(".password", entered, proxy.type());
            if (proxy.username() == null) {
                problem(".username", "enter the user name that goes with the password");
            }
            password = entered;
        } else if (proxy.username() != null) {
            password = null;
            boolean same = before instanceof Route.Through(Proxy old)
                    && old.host().equalsIgnoreCase(proxy.host())
                    && old.port() == proxy.port()
                    && proxy.username().equals(old.username());
            if (!same) {
                problem(".password", "enter the password of the proxy's user");
            }
        }
    }

    private void credential(String field, @Nullable String text, Type type) {
        if (text == null) {
            return;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            problem(field, "no line breaks or control characters");
        } else if (type == Type.SOCKS5 && Proxy.tooLong(text)) {
            problem(field, "SOCKS5 takes at most 255 bytes");
        } else if (text.length() > LONGEST) {
            problem(field, "at most " + LONGEST + " characters");
        }
    }

    private void problem(String field, String message) {
        problems.add(new FieldProblem("proxy" + field, message));
    }
}
