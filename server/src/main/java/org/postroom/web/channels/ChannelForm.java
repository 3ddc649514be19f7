package org.postroom.web.channels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.channel.ChannelInput.IncomingInput;
import org.postroom.channel.ChannelInput.OutgoingInput;
import org.postroom.channel.StartFrom;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Provider;

/**
 * The channel form between the browser and {@link ChannelInput}: what stands in its fields, by the names that
 * {@link org.postroom.channel.FieldProblem} uses too.
 */
final class ChannelForm {
    private static final Set<String> SECRETS = Set.of(
            "authentication.password",
            "authentication.clientSecret",
            "authentication.certificate",
            "authentication.serviceAccountKey",
            FormFields.SIGN_IN_PASSWORD,
            "outgoing.authentication.password",
            "proxy.password");
    private static final int LONGEST = 4_000;

    private ChannelForm() {}

    /** What was typed, without secrets, to stand in the fields again. */
    static Map<String, String> typed(Map<String, String> sent) {
        Map<String, String> shown = new LinkedHashMap<>(sent);
        shown.keySet().removeAll(SECRETS);
        shown.remove("_csrf");
        return shown;
    }

    /** A new form with values from the page's address, of which none is a secret. */
    static Map<String, String> prefilled(Map<String, String> form, Map<String, String> given) {
        Map<String, String> filled = new LinkedHashMap<>(form);
        typed(given).forEach((field, value) -> {
            if (FormFields.ALL.contains(field)) {
                filled.put(field, value.substring(0, Math.min(value.length(), LONGEST)));
            }
        });
        return filled;
    }

    /** A channel as it is. */
    static Map<String, String> of(Channel channel) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("preset", Preset.of(channel).word());
        form.put("name", channel.name());
        form.put("address", channel.address());
        form.put("script", channel.script());
        form.put("enabled", channel.enabled() ? "true" : "");
        switch (channel.authentication()) {
            case Authentication.Password(String username) -> {
                form.put("authentication.type", "password");
                form.put("authentication.username", username);
            }
            case Authentication.OAuth2 oauth -> {
                form.put("authentication.type", "oauth2");
                form.put("authentication.grant", oauth.grant().word());
                form.put("authentication.tenant", oauth.tenant());
                form.put("authentication.clientId", oauth.clientId());
                form.put("authentication.cloud", oauth.cloud().word());
                form.put("authentication.proof", oauth.certificate() == null ? "secret" : "certificate");
                if (oauth.secretExpiry() != null) {
                    form.put(
                            "authentication.clientSecretExpires",
                            oauth.secretExpiry().toString().replace("T00:00:00Z", ""));
                }
                put(form, "authentication.tokenService", oauth.tokenService());
                boolean usual = oauth.provider() == Provider.MICROSOFT
                        ? oauth.authority().equals(oauth.cloud().authority())
                        : oauth.authority().equals(oauth.provider().usualAuthority());
                form.put("authentication.authority", usual ? "" : oauth.authority());
                form.put("authentication.scopes", String.join("\n", oauth.scopes()));
                put(form, "authentication.signInUser", oauth.signInUser());
            }
        }
        incoming(form, channel.incoming());
        outgoing(form, channel);
        ThreadFields.put(form, channel.threading());
        ProxyFields.put(form, channel.route());
        form.put(
                "properties",
                channel.properties().entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n")));
        return form;
    }

    private static void incoming(Map<String, String> form, Channel.Incoming incoming) {
        form.put("incoming.host", incoming.host());
        form.put("incoming.port", Integer.toString(incoming.port()));
        form.put("incoming.security", incoming.security().word());
        form.put("incoming.folder", incoming.folder());
        switch (incoming.afterImport()) {
            case AfterImport.Move(String folder) -> {
                form.put("incoming.afterImport", "move");
                form.put("incoming.moveTo", folder);
            }
            case AfterImport.Keep k -> form.put("incoming.afterImport", k.word());
            case AfterImport.MarkRead m -> form.put("incoming.afterImport", m.word());
            case AfterImport.Delete d -> form.put("incoming.afterImport", d.word());
        }
        switch (incoming.startFrom()) {
            case StartFrom.Since since -> {
                form.put("incoming.startFrom", "date");
                form.put("incoming.startDate", since.word().replace("T00:00:00Z", ""));
            }
            case StartFrom.Now n -> form.put("incoming.startFrom", n.word());
            case StartFrom.All a -> form.put("incoming.startFrom", a.word());
        }
    }

    private static void outgoing(Map<String, String> form, Channel channel) {
        Channel.Outgoing outgoing = channel.outgoing();
        form.put("outgoing.protocol", outgoing.protocol());
        if (!channel.sends()) {
            return;
        }
        form.put("outgoing.host", outgoing.host());
        form.put("outgoing.port", Integer.toString(outgoing.port()));
        form.put("outgoing.security", outgoing.security().word());
        form.put("outgoing.sendAs", outgoing.sendAs());
        put(form, "outgoing.displayName", outgoing.displayName());
        put(form, "outgoing.replyTo", outgoing.replyTo());
        put(form, "outgoing.bounceAddress", outgoing.bounceAddress());
        form.put("outgoing.authentication", outgoing.authentication() == null ? "same" : "own");
        if (outgoing.authentication() instanceof Authentication.Password(String username)) {
            form.put("outgoing.authentication.username", username);
        }
    }

    private static void put(Map<String, String> form, String name, @Nullable String value) {
        if (value != null) {
            form.put(name, value);
        }
    }

    /** Whether the password that counts is the sign-in user's, which has a field of its own. */
    static boolean signsInByPassword(Map<String, String> sent) {
        return "oauth2".equals(sent.get("authentication.type")) && "password".equals(sent.get("authentication.grant"));
    }

    /** What was typed, for {@link org.postroom.channel.Channels} to check. */
    static ChannelInput input(Map<String, String> sent) {
        boolean byCertificate = "certificate".equals(sent.get("authentication.proof"));
        var authentication = new AuthenticationInput(
                get(sent, "authentication.type"),
                get(sent, "authentication.username"),
                get(sent, signsInByPassword(sent) ? FormFields.SIGN_IN_PASSWORD : "authentication.password"),
                Preset.parse(sent.getOrDefault("preset", ""))
                        .orElse(Preset.MICROSOFT)
                        .provider()
                        .word(),
                get(sent, "authentication.grant"),
                get(sent, "authentication.tenant"),
                get(sent, "authentication.clientId"),
                get(sent, byCertificate ? "" : "authentication.clientSecret"),
                byCertificate ? whole(sent, "authentication.certificate") : null,
                get(sent, "authentication.authority"),
                lines(sent.get("authentication.scopes")),
                get(sent, "authentication.signInUser"),
                get(sent, "authentication.cloud"),
                get(sent, "authentication.clientSecretExpires"),
                whole(sent, "authentication.serviceAccountKey"),
                get(sent, "authentication.tokenService"));
        var incoming = new IncomingInput(
                "imap",
                get(sent, "incoming.host"),
                port(sent.get("incoming.port")),
                get(sent, "incoming.security"),
                get(sent, "incoming.folder"),
                "move".equals(sent.get("incoming.afterImport"))
                        ? "move:" + sent.getOrDefault("incoming.moveTo", "").strip()
                        : get(sent, "incoming.afterImport"),
                "date".equals(sent.get("incoming.startFrom"))
                        ? since(sent.getOrDefault("incoming.startDate", ""))
                        : get(sent, "incoming.startFrom"));
        return new ChannelInput(
                get(sent, "name"),
                get(sent, "address"),
                sent.containsKey("enabled") && !sent.getOrDefault("enabled", "").isEmpty(),
                get(sent, "script"),
                authentication,
                incoming,
                outgoing(sent),
                ProxyFields.input(sent),
                properties(sent.get("properties")),
                ThreadFields.input(sent));
    }

    /** A date that was left out must not be taken for "now". */
    private static String since(String date) {
        return date.isBlank() ? "no date" : date.strip();
    }

    private static OutgoingInput outgoing(Map<String, String> sent) {
        Object authentication = "own".equals(sent.get("outgoing.authentication"))
                ? new AuthenticationInput(
                        "password",
                        get(sent, "outgoing.authentication.username"),
                        get(sent, "outgoing.authentication.password"),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null)
                : "same";
        return new OutgoingInput(
                get(sent, "outgoing.protocol"),
                get(sent, "outgoing.host"),
                port(sent.get("outgoing.port")),
                get(sent, "outgoing.security"),
                get(sent, "outgoing.sendAs"),
                get(sent, "outgoing.displayName"),
                get(sent, "outgoing.replyTo"),
                get(sent, "outgoing.bounceAddress"),
                authentication);
    }

    private static @Nullable String get(Map<String, String> sent, String name) {
        String value = sent.get(name);
        return value == null || value.isEmpty() ? null : value.substring(0, Math.min(value.length(), LONGEST));
    }

    /** A pasted file: never cut, for half a key is none. */
    private static @Nullable String whole(Map<String, String> sent, String name) {
        String value = sent.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    /** A port; -1, which no check lets pass, for what is not a number; null if left out. */
    static @Nullable Integer port(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String digits = text.strip();
        return digits.matches("[0-9]{1,6}") ? Integer.valueOf(digits) : Integer.valueOf(-1);
    }

    static List<String> lines(@Nullable String text) {
        return text == null
                ? List.of()
                : List.of(text.strip().split("\\s+")).stream()
                        .filter(line -> !line.isEmpty())
                        .toList();
    }

    private static Map<String, String> properties(@Nullable String text) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String line : (text == null ? "" : text).lines().toList()) {
            if (!line.isBlank()) {
                int equals = line.indexOf('=');
                properties.put(
                        equals < 0 ? line.strip() : line.substring(0, equals).strip(),
                        equals < 0 ? "" : line.substring(equals + 1).strip());
            }
        }
        return properties;
    }
}
