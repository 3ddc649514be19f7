package org.postroom.web.channels;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.FieldProblem;
import org.postroom.credentials.Grant;

/** The fields of the channel form, in its order, with the labels that stand beside them. */
final class FormFields {
    /** The password of the grant of that name; beside the one of basic authentication it needs a name of its own. */
    static final String SIGN_IN_PASSWORD = "authentication.signInPassword";

    static final Map<String, String> LABELS = labels();
    static final Set<String> ALL = LABELS.keySet();

    private static final Choice OAUTH = new Choice("oauth2", "OAuth 2.0");
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
        return Map.ofEntries(
                choice("script", new Choice("default", "Default email script")),
                choice("authentication.type", OAUTH, PASSWORD),
                choice(
                        "authentication.grant",
                        preset.provider().grants().stream()
                                .map(FormFields::grant)
                                .toArray(Choice[]::new)),
                choice(
                        "authentication.cloud",
                        new Choice("global", "Worldwide"),
                        new Choice("gcc-high", "United States government (GCC High)"),
                        new Choice("dod", "United States government (DoD)"),
                        new Choice("china", "China (21Vianet)")),
                choice(
                        "authentication.proof",
                        new Choice("secret", "A client secret, or none for a public client"),
                        new Choice("certificate", "A certificate")),
                choice(
                        "incoming.security",
                        new Choice("tls", "TLS", "993"),
                        new Choice("starttls", "STARTTLS", "143"),
                        new Choice("none", "None", "143")),
                choice(
                        "incoming.startFrom",
                        new Choice("now", "Now: only new mail"),
                        new Choice("all", "All mail in the folder"),
                        new Choice("date", "A date")),
                choice(
                        "incoming.afterImport",
                        new Choice("keep", "Leave it as it is"),
                        new Choice("mark-read", "Mark it as read"),
                        new Choice("move", "Move it to a folder"),
                        new Choice("delete", "Delete it")),
                choice(
                        "outgoing.protocol",
                        new Choice("smtp", "SMTP"),
                        new Choice("none", "None: this channel only receives")),
                choice(
                        "outgoing.security",
                        new Choice("starttls", "STARTTLS", "587"),
                        new Choice("tls", "TLS", "465"),
                        new Choice("none", "None", "25")),
                choice(
                        "outgoing.authentication",
                        new Choice("same", "The same as incoming"),
                        new Choice("own", "A user ID and password of its own")),
                choice("threading.secureUpdate", ThreadFields.SECURE),
                choice(
                        "threading.subjectNumber",
                        ThreadFields.no("No"),
                        ThreadFields.yes("Yes, in the first form below")),
                choice(
                        "threading.numberInBody",
                        ThreadFields.no("Not looked at"),
                        ThreadFields.yes("Searched for a number too")),
                choice(
                        "threading.updateByCreate",
                        ThreadFields.yes("The new conversation names the one that was meant"),
                        ThreadFields.no("It says nothing")),
                choice(
                        "threading.referenceLine",
                        ThreadFields.no("No: only formatted answers carry a hidden mark"),
                        ThreadFields.yes("Yes, a line at the end of answers in plain text")),
                choice("threading.reopen", ThreadFields.REOPEN),
                choice(
                        "proxy.type",
                        new Choice("", "The server's, if it has one"),
                        new Choice("none", "None, not even the server's"),
                        new Choice("http", "HTTP (CONNECT)", "3128"),
                        new Choice("socks5", "SOCKS5", "1080")));
    }

    private static Choice grant(Grant grant) {
        String label = switch (grant) {
            case AUTHORIZATION_CODE -> "Authorization code: a person signs in once";
            case DEVICE_CODE -> "Device code: a person signs in once, on another device";
            case CLIENT_CREDENTIALS -> "Client credentials: the application by itself";
            case PASSWORD -> "Password: for migration only";
            case SERVICE_ACCOUNT -> "Service account: a key with domain-wide delegation";
            case EXTERNAL -> "External: tokens from a service of your own";
        };
        return new Choice(grant.word(), label);
    }

    private static Map.Entry<String, List<Choice>> choice(String field, Choice... choices) {
        return Map.entry(field, List.of(choices));
    }

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("name", "Channel name");
        labels.put("address", "Email address");
        labels.put("script", "Email script");
        labels.put("enabled", "This channel is enabled");
        labels.put("authentication.type", "Authentication type");
        labels.put("authentication.grant", "Grant");
        labels.put("authentication.tenant", "Directory (tenant) ID");
        labels.put("authentication.clientId", "Application (client) ID");
        labels.put("authentication.cloud", "Cloud");
        labels.put("authentication.proof", "Proof of the application");
        labels.put("authentication.clientSecret", "Client secret");
        labels.put("authentication.clientSecretExpires", "Client secret ends");
        labels.put("authentication.certificate", "Certificate with its private key");
        labels.put("authentication.serviceAccountKey", "Key file of the service account");
        labels.put("authentication.tokenService", "Token service");
        labels.put("authentication.signInUser", "Sign-in user");
        labels.put(SIGN_IN_PASSWORD, "Password of the sign-in user");
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
        labels.putAll(ThreadFields.LABELS);
        labels.putAll(ProxyFields.LABELS);
        labels.put("properties", "Properties");
        return Collections.unmodifiableMap(labels);
    }

    /** The field of the form beside which a problem is shown. */
    static String place(String field, Map<String, String> sent) {
        if (field.equals("authentication.password") && ChannelForm.signsInByPassword(sent)) {
            return SIGN_IN_PASSWORD;
        }
        if (field.startsWith("threading.numberForms.")) {
            return "threading.numberForms";
        }
        return field.startsWith("properties.") ? "properties" : field.equals("proxy") ? "proxy.type" : field;
    }

    /** What is said there: a field of many lines has the line named. */
    static String words(FieldProblem problem) {
        return problem.field().startsWith("properties.")
                ? "line " + problem.field().substring("properties.".length()) + ": " + problem.message()
                : problem.message();
    }
}
