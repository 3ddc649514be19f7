package org.postroom.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Map;

/** Fills the templates of {@code rig/} and knows the commands that start the servers from them. */
record RigConfiguration(RigFolder folder, RigPorts ports, RigOptions options) {

    private static final String MAIL_USER = "mail";
    private static final Path POSTFIX_DAEMONS = Path.of("/usr/lib/postfix/sbin");

    /** The domains whose mail is delivered here. */
    static final String DOMAINS = "contoso.test fabrikam.test";

    /** Writes Dovecot's configuration; the command that starts it. */
    List<String> dovecot() throws IOException {
        String dovecot = Command.find("dovecot", "dovecot-core dovecot-imapd dovecot-pop3d dovecot-lmtpd")
                .toString();
        boolean root = isRoot();
        String self = System.getProperty("user.name");
        Path mail = Files.createDirectories(folder.path("mail"));
        if (root) {
            own(mail, MAIL_USER);
        }
        Map<String, String> values = Map.ofEntries(
                Map.entry("WORK", folder.root().toString()),
                Map.entry("INTERNAL_USER", root ? "dovecot" : self),
                Map.entry(
                        "INTERNAL_GROUP",
                        root
                                ? "dovecot"
                                : Command.run(folder.root(), "id", "-gn").strip()),
                Map.entry("LOGIN_USER", root ? "dovenull" : self),
                Map.entry("LOGIN_CHROOT", root ? "login" : ""),
                Map.entry("MAIL_USER", root ? MAIL_USER : self),
                Map.entry(
                        "MAIL_GROUP",
                        root
                                ? MAIL_USER
                                : Command.run(folder.root(), "id", "-gn").strip()),
                Map.entry("VALIDATION", validation()),
                Map.entry("MECHANISMS", options.xoauth2() ? "plain login xoauth2 oauthbearer" : "plain login"),
                Map.entry(
                        "MAIL_LOCATION",
                        switch (options.mailboxFormat()) {
                            case MAILDIR -> "maildir:~/Maildir";
                            case MDBOX -> "mdbox:~/mdbox";
                        }),
                port("IMAP_TLS", ports.imapTls()),
                port("IMAP_STARTTLS", ports.imapStartTls()),
                port("POP3_TLS", ports.pop3Tls()),
                port("LMTP", ports.lmtp()),
                port("SASL", ports.sasl()));
        for (String name :
                new String[] {"dovecot.conf", "users.conf", "grants.conf", "token-own.conf", "token-shared.conf"}) {
            folder.fill("dovecot/" + name, "dovecot/" + name, values);
        }
        return List.of(dovecot, "-F", "-c", folder.path("dovecot/dovecot.conf").toString());
    }

    /** How Dovecot finds out what a token is worth. */
    private String validation() {
        return options.introspection()
                .map(RigConfiguration::asking)
                .orElseGet(() -> """
                introspection_mode = local
                local_validation_key_dict = fs:posix:prefix=%s/dovecot/keys/
                """.formatted(folder.root()))
                .strip();
    }

    private static String asking(RigOptions.Introspection introspection) {
        return """
                introspection_mode = post
                introspection_url = %s
                client_id = %s
                client_secret = %s
                active_attribute = active
                active_value = true
                timeout_msecs = 3000
                """.formatted(introspection.address(), introspection.clientId(), introspection.clientSecret());
    }

    /** Writes Postfix's configuration and makes its queue; the command that starts it. */
    List<String> postfix() throws IOException {
        String postfix = Command.find("postfix", "postfix").toString();
        if (!isRoot()) {
            throw new IllegalStateException("Postfix starts as root only: run as root, or RigOptions.withoutPostfix()");
        }
        own(folder.path("postfix/data"), "postfix");
        Map<String, String> values = Map.of(
                "WORK", folder.root().toString(),
                "COMMAND_DIRECTORY", Path.of(postfix).resolveSibling("").toString(),
                "DAEMON_DIRECTORY", POSTFIX_DAEMONS.toString(),
                "DOMAINS", DOMAINS,
                "MESSAGE_SIZE_LIMIT", Long.toString(options.messageSizeLimit()),
                "LMTP_PORT", Integer.toString(ports.lmtp()),
                "SASL_PORT", Integer.toString(ports.sasl()),
                "SMTP_STARTTLS_PORT", Integer.toString(ports.smtpStartTls()),
                "SMTP_TLS_PORT", Integer.toString(ports.smtpTls()));
        folder.fill("postfix/main.cf", "postfix/conf/main.cf", values);
        folder.fill("postfix/master.cf", "postfix/conf/master.cf", values);
        String configuration = folder.path("postfix/conf").toString();
        Command.run(folder.root(), postfix, "-c", configuration, "check");
        // Not "postfix start-fg": its shell would stay between us and the server and take our signal for itself.
        return List.of(POSTFIX_DAEMONS.resolve("master").toString(), "-c", configuration, "-s");
    }

    private static Map.Entry<String, String> port(String name, int port) {
        return Map.entry(name + "_PORT", Integer.toString(port));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void own(Path path, String user) throws IOException {
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        Files.setOwner(path, names.lookupPrincipalByName(user));
    }
}
