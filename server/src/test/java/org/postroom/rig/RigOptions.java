package org.postroom.rig;

import java.net.URI;
import java.util.Optional;

/**
 * What the servers of a rig offer.
 *
 * @param xoauth2 whether Dovecot and Postfix offer XOAUTH2 and OAUTHBEARER beside PLAIN and LOGIN
 * @param postfix whether Postfix is started; it needs root
 * @param messageSizeLimit the largest message Postfix accepts, in bytes
 * @param mailboxFormat how Dovecot keeps mail
 * @param introspection whom Dovecot asks what a token is worth; if nobody, it checks the rig's own by their key
 */
public record RigOptions(
        boolean xoauth2,
        boolean postfix,
        long messageSizeLimit,
        MailboxFormat mailboxFormat,
        Optional<Introspection> introspection) {

    /** An identity server that is asked about each token (RFC 7662), and who asks. */
    public record Introspection(URI address, String clientId, String clientSecret) {}

    /** Dovecot's storage formats. */
    public enum MailboxFormat {
        /** One file a message. */
        MAILDIR,
        /** Several messages a file, the format of large installations. */
        MDBOX
    }

    /** Dovecot and Postfix, all mechanisms, Exchange's limit of 35 MB, Maildir. */
    public static RigOptions standard() {
        return new RigOptions(true, true, 35L * 1024 * 1024, MailboxFormat.MAILDIR, Optional.empty());
    }

    /** Servers that know passwords only, to prove that a token never goes to them. */
    public RigOptions withoutXoauth2() {
        return new RigOptions(false, postfix, messageSizeLimit, mailboxFormat, introspection);
    }

    /** Dovecot alone; starts without root too. */
    public RigOptions withoutPostfix() {
        return new RigOptions(xoauth2, false, messageSizeLimit, mailboxFormat, introspection);
    }

    /** Another limit for Postfix, in bytes. */
    public RigOptions messageSizeLimit(long bytes) {
        return new RigOptions(xoauth2, postfix, bytes, mailboxFormat, introspection);
    }

    /** Another storage format for Dovecot. */
    public RigOptions mailboxFormat(MailboxFormat format) {
        return new RigOptions(xoauth2, postfix, messageSizeLimit, format, introspection);
    }

    /** Tokens of another issuer, which Dovecot asks about. */
    public RigOptions introspection(Introspection asked) {
        return new RigOptions(xoauth2, postfix, messageSizeLimit, mailboxFormat, Optional.of(asked));
    }
}
