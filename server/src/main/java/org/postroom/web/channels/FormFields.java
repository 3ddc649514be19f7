package org.postroom.web.channels;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of the channel form, in its order, with the labels that stand beside them. */
final class FormFields {
    static final Map<String, String> LABELS = labels();
    static final Set<String> ALL = LABELS.keySet();

    private static final Choice OAUTH = new Choice("oauth2", "OAuth 2.0 (Microsoft)");
    private static final Choice PASSWORD = new Choice("password", "Basic (user ID and password)");

    private FormFields() {}

    /**
     * One of the values of a field.
     *
     * @param port what the port becomes when it is chosen; null if it stays
     */
    record Choice(String value, String label, @Nullable String port) {
        Choice(String value, String label) {
            this(value, label, null);
        }
    }

    /** What can be chosen, by field. */
    static Map<String, List<Choice>> choices(Preset preset) {
        return Map.of(
                "script", List.of(new Choice("default", "Default email script")),
                "authentication.type", preset == Preset.GOOGLE ? List.of(PASSWORD) : List.of(OAUTH, PASSWORD),
                "incoming.security",
                        List.of(
                                new Choice("tls", "TLS", "993"),
                                new Choice("starttls", "STARTTLS", "143"),
                                new Choice("none", "None", "143")),
                "incoming.startFrom",
                        List.of(
                                new Choice("now", "Now: only new mail"),
                                new Choice("all", "All mail in the folder"),
                                new Choice("date", "A date")),
                "incoming.afterImport",
                        List.of(
                                new Choice("keep", "Leave it as it is"),
                                new Choice("mark-read", "Mark it as read"),
                                new Choice("move", "Move it to a folder"),
                                new Choice("delete", "Delete it")),
                "outgoing.protocol",
                        List.of(new Choice("smtp", "SMTP"), new Choice("none", "None: this channel only receives")),
                "outgoing.security",
                        List.of(
                                new Choice("starttls", "STARTTLS", "587"),
                                new Choice("tls", "TLS", "465"),
                                new Choice("none", "None", "25")),
                "outgoing.authentication",
                        List.of(
                                new Choice("same", "The same as incoming"),
                                new Choice("own", "A user ID and password of its own")));
    }

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("name", "Channel name");
        labels.put("address", "Email address");
        labels.put("script", "Email script");
        labels.put("enabled", "This channel is enabled");
        labels.put("authentication.type", "Authentication type");
        labels.put("authentication.tenant", "Directory (tenant) ID");
        labels.put("authentication.clientId", "Application (client) ID");
        labels.put("authentication.clientSecret", "Client secret");
        labels.put("authentication.signInUser", "Sign-in user");
        labels.put("authentication.username", "User ID");
        labels.put("authentication.password", "Password");
        labels.put("incoming.host", "Incoming mail server");
        labels.put("incoming.port", "Port");
        labels.put("incoming.security", "Encryption");
        labels.put("incoming.startFrom", "Start from");
        labels.put("incoming.afterImport", "After import");
        labels.put("outgoing.protocol", "Outgoing mail");
        labels.put("outgoing.host", "Outgoing mail server");
        labels.put("outgoing.port", "Port of outgoing mail");
        labels.put("outgoing.security", "Encryption of outgoing mail");
        labels.put("outgoing.sendAs", "Send As");
        labels.put("outgoing.displayName", "Display name");
        labels.put("outgoing.authentication", "Authentication of outgoing mail");
        labels.put("outgoing.authentication.username", "User ID of outgoing mail");
        labels.put("outgoing.authentication.password", "Password of outgoing mail");
        labels.put("outgoing.replyTo", "Reply-To");
        labels.put("outgoing.bounceAddress", "Bounce address");
        labels.put("incoming.folder", "Folder");
        labels.put("authentication.authority", "Authority");
        labels.put("authentication.scopes", "Scopes");
        labels.put("properties", "Properties");
        return Collections.unmodifiableMap(labels);
    }

    /** The field of the form beside which a problem is shown. */
    static String place(String field) {
        return field.startsWith("properties.") ? "properties" : field;
    }
}
