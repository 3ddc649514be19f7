package org.postroom.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A channel on the command line, instead of a file. What is left out, the server fills in or asks for. */
final class ChannelOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "Its name.")
    private @Nullable String name;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "The address customers write to.")
    private @Nullable String address;

    @Option(names = "--host", paramLabel = "HOST", description = "IMAP server.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "IMAP port; 993 with tls, 143 otherwise.")
    private @Nullable Integer port;

    @Option(names = "--security", paramLabel = "WORD", description = "tls, starttls or none.")
    private @Nullable String security;

    @Option(names = "--folder", paramLabel = "NAME", description = "Folder; INBOX if not given.")
    private @Nullable String folder;

    @Option(names = "--after-import", paramLabel = "WORD", description = "keep, mark-read, delete or move:FOLDER.")
    private @Nullable String afterImport;

    @Option(names = "--start-from", paramLabel = "WORD", description = "now, all or a date.")
    private @Nullable String startFrom;

    @Option(names = "--username", paramLabel = "NAME", description = "User of basic authentication.")
    private @Nullable String username;

    @Option(names = "--tenant", paramLabel = "ID", description = "Microsoft 365 directory; means OAuth 2.0.")
    private @Nullable String tenant;

    @Option(names = "--client-id", paramLabel = "ID", description = "Id of the registered application.")
    private @Nullable String clientId;

    @Option(names = "--authority", paramLabel = "URL", description = "Where sign-in happens.")
    private @Nullable String authority;

    @Option(names = "--sign-in-user", paramLabel = "USER", description = "Who is expected to sign in.")
    private @Nullable String signInUser;

    @Option(names = "--smtp-host", paramLabel = "HOST", description = "SMTP server; without it nothing is sent.")
    private @Nullable String smtpHost;

    @Option(names = "--smtp-port", paramLabel = "N", description = "SMTP port; 465 with tls, 587 otherwise.")
    private @Nullable Integer smtpPort;

    @Option(names = "--smtp-security", paramLabel = "WORD", description = "starttls, tls or none.")
    private @Nullable String smtpSecurity;

    @Option(names = "--send-as", paramLabel = "ADDRESS", description = "From address; the channel's if not given.")
    private @Nullable String sendAs;

    @Option(names = "--display-name", paramLabel = "NAME", description = "Name beside the From address.")
    private @Nullable String displayName;

    @Option(names = "--disabled", description = "Add it switched off.")
    private boolean disabled;

    /** As the server takes it. */
    ObjectNode json() {
        ObjectNode channel = JsonMapper.shared().createObjectNode();
        put(channel, "name", name);
        put(channel, "address", address);
        channel.put("enabled", !disabled);
        ObjectNode authentication = channel.putObject("authentication");
        boolean oauth = tenant != null || clientId != null;
        authentication.put("type", oauth ? "oauth2" : "password");
        put(authentication, "username", username);
        put(authentication, "tenant", tenant);
        put(authentication, "clientId", clientId);
        put(authentication, "authority", authority);
        put(authentication, "signInUser", signInUser);
        ObjectNode incoming = channel.putObject("incoming").put("protocol", "imap");
        put(incoming, "host", host);
        incoming.put("port", port);
        put(incoming, "security", security);
        put(incoming, "folder", folder);
        put(incoming, "afterImport", afterImport);
        put(incoming, "startFrom", startFrom);
        ObjectNode outgoing = channel.putObject("outgoing");
        outgoing.put("protocol", smtpHost == null ? "none" : "smtp");
        put(outgoing, "host", smtpHost);
        outgoing.put("port", smtpPort);
        put(outgoing, "security", smtpSecurity);
        put(outgoing, "sendAs", sendAs);
        put(outgoing, "displayName", displayName);
        return channel;
    }

    /** Options that do nothing without an outgoing server. */
    List<String> idle() {
        if (smtpHost != null) {
            return List.of();
        }
        return java.util.stream.Stream.of(
                        smtpPort == null ? "" : "--smtp-port",
                        smtpSecurity == null ? "" : "--smtp-security",
                        sendAs == null ? "" : "--send-as",
                        displayName == null ? "" : "--display-name")
                .filter(option -> !option.isEmpty())
                .toList();
    }

    private static void put(ObjectNode object, String field, @Nullable String value) {
        if (value != null) {
            object.put(field, value);
        }
    }
}
