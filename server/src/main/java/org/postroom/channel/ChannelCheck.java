package org.postroom.channel;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.channel.ChannelInput.IncomingInput;
import org.postroom.channel.ChannelInput.OutgoingInput;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.mail.Address;
import tools.jackson.databind.json.JsonMapper;

/** Turns what somebody entered into a channel, or names every field that is wrong, all at once. */
final class ChannelCheck {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?");
    /** Entra ID's secrets have an id of this shape; their values never have it. */
    private static final Pattern SECRET_ID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

    private final List<FieldProblem> problems = new ArrayList<>();
    private final Map<SecretPlace, String> secrets = new java.util.EnumMap<>(SecretPlace.class);
    private final JsonMapper json = JsonMapper.builder().build();

    /** Where a secret was entered. */
    enum SecretPlace {
        INCOMING_PASSWORD,
        CLIENT_SECRET,
        SIGN_IN_PASSWORD,
        OUTGOING_PASSWORD
    }

    /**
     * What came of it.
     *
     * @param channel null if there are problems
     * @param secrets those entered; one that was left out stays as it is
     */
    record Checked(@Nullable Channel channel, Map<SecretPlace, String> secrets, List<FieldProblem> problems) {
        @Override
        public String toString() {
            return "Checked[problems=" + problems + "]";
        }
    }

    /**
     * Checks.
     *
     * @param before the channel as it was, or null for a new one
     */
    Checked check(ChannelInput input, String id, @Nullable Channel before, Instant now) {
        String name = text("name", input.name(), 1, 100);
        String address = address("address", input.address(), true);
        String script = input.script() == null || input.script().isBlank()
                ? "default"
                : input.script().strip();
        if (!script.equals("default")) {
            problem("script", "there is no such script; use default");
        }
        Authentication authentication = authentication("authentication", input.authentication(), before);
        Channel.Incoming incoming = incoming(input.incoming());
        Channel.Outgoing outgoing = outgoing(input.outgoing(), Objects.requireNonNullElse(address, ""), before);
        if (input.proxy() != null) {
            problem("proxy", "proxies are not offered by this version; leave it empty");
        }
        Map<String, String> properties = properties(input.properties());
        if (!problems.isEmpty()) {
            return new Checked(null, Map.of(), List.copyOf(problems));
        }
        Channel channel = new Channel(
                id,
                name,
                Objects.requireNonNull(address),
                input.enabled() == null || input.enabled(),
                script,
                Objects.requireNonNull(authentication),
                Objects.requireNonNull(incoming),
                Objects.requireNonNull(outgoing),
                properties,
                before == null ? now : before.createdAt(),
                now,
                before == null ? 1 : before.version() + 1);
        return new Checked(channel, secrets, List.of());
    }

    private @Nullable Authentication authentication(
            String field, @Nullable AuthenticationInput input, @Nullable Channel before) {
        if (input == null || input.type() == null) {
            problem(field + ".type", "say how Postroom signs in: password or oauth2");
            return null;
        }
        return switch (input.type()) {
            case "password" -> password(field, input, before);
            case "oauth2" -> oauth2(field, input, before);
            default -> {
                problem(field + ".type", "'" + input.type() + "' is unknown; use password or oauth2");
                yield null;
            }
        };
    }

    private Authentication password(String field, AuthenticationInput input, @Nullable Channel before) {
        String username = text(field + ".username", input.username(), 1, 320);
        boolean outgoing = field.startsWith("outgoing");
        Authentication was =
                before == null ? null : outgoing ? before.outgoing().authentication() : before.authentication();
        if (input.password() != null && !input.password().isEmpty()) {
            secrets.put(outgoing ? SecretPlace.OUTGOING_PASSWORD : SecretPlace.INCOMING_PASSWORD, input.password());
        } else if (!(was instanceof Authentication.Password)) {
            problem(field + ".password", "enter the password");
        }
        return new Authentication.Password(username);
    }

    private @Nullable Authentication oauth2(String field, AuthenticationInput input, @Nullable Channel before) {
        if (field.startsWith("outgoing")) {
            problem(field + ".type", "OAuth 2.0 for outgoing mail is that of incoming mail; use same");
            return null;
        }
        String provider = Objects.requireNonNullElse(input.provider(), "microsoft");
        if (!provider.equals("microsoft")) {
            problem(field + ".provider", "'" + provider + "' is not offered by this version; use microsoft");
        }
        Grant grant = grant(field + ".grant", input.grant());
        if (input.certificate() != null) {
            problem(field + ".certificate", "certificates are not offered by this version; use a client secret");
        }
        String tenant = text(field + ".tenant", input.tenant(), 1, 253);
        if (!tenant.isEmpty() && !TENANT.matcher(tenant).matches()) {
            problem(
                    field + ".tenant",
                    "enter the directory (tenant) id or a domain, such as contoso.com, without spaces");
        }
        String clientId = text(field + ".clientId", input.clientId(), 1, 200);
        String authority = authority(field + ".authority", input.authority());
        boolean had = before != null
                && before.authentication() instanceof Authentication.OAuth2 old
                && old.clientId().equals(clientId)
                && !old.publicClient();
        String secret = input.clientSecret() == null ? "" : input.clientSecret().strip();
        boolean entered = !secret.isEmpty();
        if (SECRET_ID.matcher(secret).matches()) {
            problem(
                    field + ".clientSecret",
                    "this is a Secret ID; paste the secret's Value, which Entra ID shows once");
        } else if (entered) {
            secrets.put(SecretPlace.CLIENT_SECRET, secret);
        }
        String user = address(field + ".signInUser", input.signInUser(), grant == Grant.PASSWORD);
        if (grant == Grant.CLIENT_CREDENTIALS && !(entered || had)) {
            problem(field + ".clientSecret", "the application signs in by itself and needs its secret");
        }
        if (grant == Grant.PASSWORD) {
            signInPassword(field, input, before, user);
        }
        List<String> scopes = input.scopes() == null
                ? List.of()
                : input.scopes().stream()
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
        return new Authentication.OAuth2(provider, grant, tenant, clientId, !(entered || had), authority, scopes, user);
    }

    private Grant grant(String field, @Nullable String entered) {
        String word = entered == null || entered.isBlank() ? Grant.AUTHORIZATION_CODE.word() : entered;
        return Grant.of(word).orElseGet(() -> {
            String known = Arrays.stream(Grant.values()).map(Grant::word).collect(Collectors.joining(", "));
            problem(field, "'" + word + "' is not offered by this version; use one of " + known);
            return Grant.AUTHORIZATION_CODE;
        });
    }

    /** A stored password goes with its user: for another one it has to be entered again. */
    private void signInPassword(
            String field, AuthenticationInput input, @Nullable Channel before, @Nullable String user) {
        if (input.password() != null && !input.password().isEmpty()) {
            secrets.put(SecretPlace.SIGN_IN_PASSWORD, input.password());
            return;
        }
        boolean had = before != null
                && before.authentication() instanceof Authentication.OAuth2 old
                && old.grant() == Grant.PASSWORD
                && Objects.equals(old.signInUser(), user);
        if (!had) {
            problem(field + ".password", "enter the password of the sign-in user");
        }
    }

    private String authority(String field, @Nullable String entered) {
        String text = entered == null || entered.isBlank() ? "https://login.microsoftonline.com" : entered.strip();
        try {
            URI uri = URI.create(text);
            String host = uri.getHost();
            boolean loopback =
                    host != null && (host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]"));
            if (host == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
                problem(field, "enter an address like https://login.microsoftonline.com");
            } else if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && loopback)) {
                problem(field, "the authority must be https");
            }
        } catch (IllegalArgumentException e) {
            problem(field, "enter an address like https://login.microsoftonline.com");
        }
        return text;
    }

    private Channel.@Nullable Incoming incoming(@Nullable IncomingInput input) {
        if (input == null) {
            problem("incoming", "say where mail comes in");
            return null;
        }
        String protocol = Objects.requireNonNullElse(input.protocol(), "imap");
        if (!protocol.equals("imap")) {
            problem("incoming.protocol", "'" + protocol + "' is not offered by this version; use imap");
        }
        String host = host("incoming.host", input.host());
        Security security = security("incoming.security", input.security(), Security.TLS);
        int port = port("incoming.port", input.port(), security == Security.TLS ? 993 : 143);
        String folder = input.folder() == null || input.folder().isBlank()
                ? "INBOX"
                : text("incoming.folder", input.folder(), 1, 255);
        AfterImport after = parsed("incoming.afterImport", input.afterImport(), "keep", AfterImport::parse);
        StartFrom from = parsed("incoming.startFrom", input.startFrom(), "now", StartFrom::parse);
        if (after instanceof AfterImport.Move(String target) && target.equalsIgnoreCase(folder)) {
            problem("incoming.afterImport", "the folder to move to is the one that is read; choose another");
        }
        return after == null || from == null
                ? null
                : new Channel.Incoming(protocol, host, port, security, folder, after, from);
    }

    private Channel.@Nullable Outgoing outgoing(
            @Nullable OutgoingInput input, String address, @Nullable Channel before) {
        if (input == null || "none".equals(input.protocol())) {
            return new Channel.Outgoing("none", "", 0, Security.NONE, address, null, null, null, null);
        }
        String protocol = Objects.requireNonNullElse(input.protocol(), "smtp");
        if (!protocol.equals("smtp")) {
            problem("outgoing.protocol", "'" + protocol + "' is not offered by this version; use smtp or none");
        }
        String host = host("outgoing.host", input.host());
        Security security = security("outgoing.security", input.security(), Security.STARTTLS);
        int port = port("outgoing.port", input.port(), security == Security.TLS ? 465 : 587);
        String sendAs = input.sendAs() == null || input.sendAs().isBlank()
                ? address
                : address("outgoing.sendAs", input.sendAs(), true);
        return new Channel.Outgoing(
                protocol,
                host,
                port,
                security,
                Objects.requireNonNullElse(sendAs, ""),
                optional("outgoing.displayName", input.displayName(), 200),
                optionalAddress("outgoing.replyTo", input.replyTo()),
                optionalAddress("outgoing.bounceAddress", input.bounceAddress()),
                own(input.authentication(), before));
    }

    private @Nullable Authentication own(@Nullable Object entered, @Nullable Channel before) {
        if (entered == null || "same".equals(entered)) {
            return null;
        }
        if (entered instanceof AuthenticationInput input) {
            return authentication("outgoing.authentication", input, before);
        }
        if (entered instanceof Map<?, ?> map) {
            return authentication("outgoing.authentication", json.convertValue(map, AuthenticationInput.class), before);
        }
        problem("outgoing.authentication", "use same, or an object with type, username and password");
        return null;
    }

    private Map<String, String> properties(@Nullable Map<String, String> entered) {
        if (entered == null || entered.isEmpty()) {
            return Map.of();
        }
        for (Map.Entry<String, String> one : entered.entrySet()) {
            if (!one.getKey().matches("mail\\.[a-z0-9.]{1,100}")) {
                problem("properties." + one.getKey(), "property names start with mail. and are in lower case");
            } else if (one.getValue() == null || one.getValue().length() > 500) {
                problem("properties." + one.getKey(), "the value is missing or too long");
            }
        }
        return problems.isEmpty() ? Map.copyOf(entered) : Map.of();
    }

    private String host(String field, @Nullable String entered) {
        String text = text(field, entered, 1, 253);
        if (!text.isEmpty() && !HOST.matcher(text).matches()) {
            problem(field, "enter a host name such as outlook.office365.com, without https:// and port");
        }
        return text;
    }

    private int port(String field, @Nullable Integer entered, int usual) {
        int port = entered == null ? usual : entered;
        if (port < 1 || port > 65535) {
            problem(field, "a port lies between 1 and 65535");
        }
        return port;
    }

    private Security security(String field, @Nullable String entered, Security usual) {
        if (entered == null || entered.isBlank()) {
            return usual;
        }
        try {
            return Security.valueOf(entered.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            problem(field, "use tls, starttls or none");
            return usual;
        }
    }

    private <T> @Nullable T parsed(String field, @Nullable String entered, String usual, Function<String, T> parse) {
        try {
            return parse.apply(entered == null || entered.isBlank() ? usual : entered.strip());
        } catch (IllegalArgumentException e) {
            problem(field, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable String optionalAddress(String field, @Nullable String entered) {
        return entered == null || entered.isBlank() ? null : address(field, entered, true);
    }

    private @Nullable String address(String field, @Nullable String entered, boolean required) {
        String text = entered == null ? "" : entered.strip();
        if (text.isEmpty() && !required) {
            return null;
        }
        if (!Address.plausible(text)) {
            problem(field, text.isEmpty() ? "enter an email address" : "'" + text + "' is not an email address");
        }
        return text;
    }

    private @Nullable String optional(String field, @Nullable String entered, int longest) {
        return entered == null || entered.isBlank() ? null : text(field, entered, 1, longest);
    }

    private String text(String field, @Nullable String entered, int shortest, int longest) {
        String text = entered == null ? "" : entered.strip();
        if (text.length() < shortest) {
            problem(field, "this is needed");
        } else if (text.length() > longest) {
            problem(field, "at most " + longest + " characters");
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            problem(field, "no line breaks or control characters");
        }
        return text;
    }

    private void problem(String field, String message) {
        problems.add(new FieldProblem(field, message));
    }
}
