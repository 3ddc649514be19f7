package org.postroom.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Dovecot and a Postfix of one's own on loopback, with users, rights and tokens like Exchange's.
 *
 * <p>Mail for contoso.test and fabrikam.test is delivered to their users; nothing else leaves. Users and rights
 * count from the next login on. The certificate names {@code localhost} and {@code 127.0.0.1};
 * {@link #MISMATCHED_HOST} reaches the same servers under a name it does not hold. Delivery and rights are safe
 * across threads; starting and stopping are for one thread.
 */
public final class RealServers implements AutoCloseable {

    /** The host to connect to. */
    public static final String HOST = "localhost";

    /** The same IMAP, POP3 and SMTP ports, under an address that the certificate does not name. */
    public static final String MISMATCHED_HOST = "127.0.0.2";

    /** Between choosing a free port and listening on it, another program may take it. */
    private static final int START_TRIES = 3;

    private final RigFolder folder;
    private final RigPorts ports;
    private final RigOptions options;
    private final List<String> dovecotCommand;
    private final Certificates certificates;
    private final Accounts accounts;
    private final TokenIssuer tokens;
    private final @Nullable ServerProcess postfix;
    private Optional<ServerProcess> dovecot = Optional.empty();

    private RealServers(Path work, RigOptions options) throws IOException {
        this.options = options;
        folder = RigFolder.create(work);
        ports = RigPorts.free();
        certificates = Certificates.make(folder.path("tls"));
        accounts = new Accounts(folder);
        tokens = new TokenIssuer(folder.path("dovecot/keys"), Clock.systemUTC());
        RigConfiguration configuration = new RigConfiguration(folder, ports, options);
        dovecotCommand = configuration.dovecot();
        List<String> postfixCommand = options.postfix() ? configuration.postfix() : List.of();
        startDovecot();
        try {
            postfix = postfixCommand.isEmpty()
                    ? null
                    : ServerProcess.start("Postfix", postfixLog(), ports.smtpStartTls(), "220", postfixCommand);
        } catch (IOException | RuntimeException e) {
            stopDovecot();
            throw e;
        }
    }

    /** Both servers with {@link RigOptions#standard()}; blocks until they answer, about two seconds. */
    public static RealServers start(Path work) {
        return start(work, RigOptions.standard());
    }

    /**
     * Starts the servers; blocks until they answer.
     *
     * @param work a folder for configuration, mail and logs, below {@code java.io.tmpdir} or open to all users
     * @throws IllegalStateException if a server is not installed or, for Postfix, this is not root
     * @throws UncheckedIOException if one does not start, with the end of its log
     */
    public static RealServers start(Path work, RigOptions options) {
        for (int tries = 1; ; tries++) {
            try {
                return new RealServers(work, options);
            } catch (IOException e) {
                boolean portTaken = String.valueOf(e.getMessage()).contains("Address already in use");
                if (!portTaken || tries == START_TRIES) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    public int imapTlsPort() {
        return ports.imapTls();
    }

    public int imapStartTlsPort() {
        return ports.imapStartTls();
    }

    public int pop3TlsPort() {
        return ports.pop3Tls();
    }

    public int lmtpPort() {
        return ports.lmtp();
    }

    public int smtpStartTlsPort() {
        return ports.smtpStartTls();
    }

    public int smtpTlsPort() {
        return ports.smtpTls();
    }

    /** The authority to trust, PEM. */
    public Path authorityPem() {
        return certificates.authority();
    }

    /** A user with a mailbox, who may send as itself; a second call changes the password. */
    public void addUser(String address, String password) {
        attempt(() -> accounts.add(address, password));
    }

    /** Full Access: the token of {@code owner} opens {@code mailbox} from the next login on. */
    public void grantFullAccess(String owner, String mailbox) {
        attempt(() -> accounts.grantFullAccess(owner, mailbox));
    }

    /** Takes Full Access back from the next login on. */
    public void revokeFullAccess(String owner, String mailbox) {
        attempt(() -> accounts.revokeFullAccess(owner, mailbox));
    }

    /** Send As: {@code owner} may use {@code sender} in MAIL FROM from the next connection on. */
    public void grantSendAs(String owner, String sender) {
        attempt(() -> accounts.grantSendAs(owner, sender));
    }

    /** Takes Send As back from the next connection on; Postfix answers {@code 553 5.7.1}. */
    public void revokeSendAs(String owner, String sender) {
        attempt(() -> accounts.revokeSendAs(owner, sender));
    }

    /** A token of {@code email} that Dovecot accepts until {@code lifetime} is over; negative means long expired. */
    public String accessToken(String email, Duration lifetime) {
        return tokens.token(email, lifetime, Map.of());
    }

    /** The same with more claims, or other values of the usual ones: strings, numbers, booleans, lists, maps. */
    public String accessToken(String email, Duration lifetime, Map<String, ?> extraClaims) {
        return tokens.token(email, lifetime, extraClaims);
    }

    /** Has Dovecot accept the tokens, by RS256, that another issuer makes for {@code application} with this key. */
    public void acceptTokens(String application, String keyId, PublicKey key) {
        tokens.publish(application, keyId, key);
    }

    /** Delivers one message by LMTP into the INBOX; blocks until it is stored. */
    public void deliver(String address, byte[] rfc822) {
        attempt(() -> {
            try (Lmtp connection = new Lmtp(ports.lmtp())) {
                connection.deliver(address, rfc822);
            }
        });
    }

    /**
     * Delivers many messages into the INBOX, in order; blocks until all are there. Into a Maildir they are written
     * directly and must have CRLF line ends, 5,000 in a few seconds; else by LMTP, ten times slower.
     */
    public void deliverAll(String address, Iterator<byte[]> messages) {
        attempt(() -> {
            switch (options.mailboxFormat()) {
                case MAILDIR -> {
                    Path mail = folder.path("mail");
                    MaildirWriter maildir = new MaildirWriter(accounts.home(address), Files.getOwner(mail));
                    while (messages.hasNext()) {
                        maildir.write(messages.next());
                    }
                }
                case MDBOX -> {
                    try (Lmtp connection = new Lmtp(ports.lmtp())) {
                        while (messages.hasNext()) {
                            connection.deliver(address, messages.next());
                        }
                    }
                }
            }
        });
    }

    /** Stops Dovecot with all its connections; mail, users and ports stay. Postfix then has nobody to ask. */
    public void stopDovecot() {
        dovecot.ifPresent(ServerProcess::stop);
        dovecot = Optional.empty();
    }

    /** Starts a stopped Dovecot on the same ports; blocks until it answers. */
    public void startDovecot() {
        attempt(() -> dovecot = Optional.of(
                ServerProcess.start("Dovecot", dovecotLog(), ports.imapStartTls(), "* OK", dovecotCommand)));
    }

    /** Stops Dovecot and starts it again. */
    public void restartDovecot() {
        stopDovecot();
        startDovecot();
    }

    public Path dovecotLog() {
        return folder.path("dovecot.log");
    }

    public Path postfixLog() {
        return folder.path("postfix.log");
    }

    /** Both logs, for the message of a failed test. */
    public String logs() {
        StringBuilder text = new StringBuilder();
        attempt(() -> {
            for (Path log : List.of(dovecotLog(), postfixLog())) {
                text.append(log).append(":\n").append(Files.exists(log) ? Files.readString(log) : "(none)\n");
            }
        });
        return text.toString();
    }

    /** Stops both servers and every process they started. The work folder stays. */
    @Override
    public void close() {
        if (postfix != null) {
            postfix.stop();
        }
        stopDovecot();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
