package org.postroom.channel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of {@code mail.*} properties that Postroom knows; {@code docs/reference/properties.md} shows it.
 *
 * @param names what it is called, in lower case
 * @param example one of the names, as it is usually written
 * @param effect what becomes of it
 */
record MailProperty(Pattern names, String example, Effect effect) {
    /** What becomes of a property. */
    sealed interface Effect {
        /** It changes what Postroom does. */
        record Honoured(PropertyValue value) implements Effect {}

        /** It is checked and kept for a protocol that the channel does not use now. */
        record Kept(PropertyValue value, String hint) implements Effect {}

        /** It is accepted and changes nothing. */
        record Idle(String hint) implements Effect {}

        /** A field of the channel has this meaning. */
        record Field(String instead) implements Effect {}

        /** It would break a promise. */
        record Refused(String reason) implements Effect {}

        /** It would break a promise with this value only. */
        record RefusedValue(String value, String reason, String hint) implements Effect {}
    }

    private static final String ANY = "mail\\.(imap|pop3|smtp|ews)s?\\.";
    private static final String IN_USE = "mail\\.(imap|smtp)s?\\.";
    private static final String LATER = "mail\\.(pop3|ews)s?\\.";
    private static final String POP3 = "kept; it counts when a channel reads by POP3, which none does yet";
    private static final String SOCKETS =
            "Postroom opens its connections itself, so that it can check whom it talks to";

    /** In the order in which they are looked at. */
    static final List<MailProperty> TABLE = List.of(
            honoured(IN_USE + "connectiontimeout", "mail.imap.connectiontimeout", PropertyValue.MILLISECONDS),
            honoured(IN_USE + "timeout", "mail.smtp.timeout", PropertyValue.MILLISECONDS),
            honoured(IN_USE + "auth\\.mechanisms", "mail.imap.auth.mechanisms", PropertyValue.MECHANISMS),
            honoured(
                    IN_USE + "auth\\.(plain|login|xoauth2)\\.disable",
                    "mail.smtp.auth.login.disable",
                    PropertyValue.YES_OR_NO),
            honoured(IN_USE + "ssl\\.protocols", "mail.imap.ssl.protocols", PropertyValue.TLS_VERSIONS),
            honoured("mail\\.smtps?\\.localhost", "mail.smtp.localhost", PropertyValue.EHLO_NAME),
            honoured("mail\\.smtps?\\.from", "mail.smtp.from", PropertyValue.ADDRESS),
            honoured("mail\\.debug", "mail.debug", PropertyValue.YES_OR_NO),
            kept(
                    LATER + "auth\\.xoauth2\\.two\\.line\\.authentication\\.format",
                    "mail.pop3.auth.xoauth2.two.line.authentication.format",
                    PropertyValue.YES_OR_NO),
            kept(LATER + "disabletop", "mail.pop3.disabletop", PropertyValue.YES_OR_NO),
            kept(LATER + "(connectiontimeout|timeout)", "mail.pop3.timeout", PropertyValue.MILLISECONDS),
            kept(LATER + "auth\\.mechanisms", "mail.pop3.auth.mechanisms", PropertyValue.MECHANISMS),
            kept(
                    LATER + "auth\\.(plain|login|xoauth2)\\.disable",
                    "mail.pop3.auth.plain.disable",
                    PropertyValue.YES_OR_NO),
            kept(LATER + "ssl\\.protocols", "mail.pop3.ssl.protocols", PropertyValue.TLS_VERSIONS),
            field("mail\\.(.+\\.)?socks\\..*", "mail.imap.socks.host", "Proxy (proxy)"),
            field("mail\\.(.+\\.)?proxy\\..*", "mail.smtp.proxy.host", "Proxy (proxy)"),
            field(
                    "mail\\.(imap|pop3|ews)s?\\.host|mail\\.host",
                    "mail.imap.host",
                    "Incoming mail server (incoming.host)"),
            field("mail\\.smtps?\\.host", "mail.smtp.host", "Outgoing mail server (outgoing.host)"),
            field("mail\\.(imap|pop3|ews)s?\\.port", "mail.imap.port", "Port (incoming.port)"),
            field("mail\\.smtps?\\.port", "mail.smtp.port", "Port of outgoing mail (outgoing.port)"),
            field("mail\\.store\\.protocol", "mail.store.protocol", "incoming.protocol"),
            field(
                    "mail\\.transport\\.protocol(\\..*)?",
                    "mail.transport.protocol",
                    "Outgoing mail (outgoing.protocol)"),
            field(
                    "mail\\.smtps?\\.user",
                    "mail.smtp.user",
                    "Authentication of outgoing mail (outgoing.authentication)"),
            field("mail\\.user|" + ANY + "user", "mail.imap.user", "User ID (authentication.username)"),
            field(
                    "mail\\.debug\\.auth\\.(username|password)",
                    "mail.debug.auth.password",
                    "Password (authentication.password)"),
            field("mail\\..*(password|secret)", "mail.imap.password", "Password (authentication.password)"),
            field(
                    "mail\\.smtps?\\.auth",
                    "mail.smtp.auth",
                    "Authentication of outgoing mail (outgoing.authentication)"),
            field("mail\\.from", "mail.from", "Send As (outgoing.sendAs)"),
            field(
                    "mail\\.smtps?\\.(ssl\\.enable|starttls\\..*)",
                    "mail.smtp.starttls.enable",
                    "Encryption of outgoing mail (outgoing.security)"),
            field(ANY + "(ssl\\.enable|starttls\\..*)", "mail.imap.ssl.enable", "Encryption (incoming.security)"),
            refused("mail\\.(.+\\.)?socketfactory(\\..*)?", "mail.imap.socketFactory.class", SOCKETS),
            refused(ANY + "ssl\\.hostnameverifier(\\..*)?", "mail.imap.ssl.hostnameverifier.class", SOCKETS),
            refused(
                    ANY + "ssl\\.trust",
                    "mail.imap.ssl.trust",
                    "every certificate is checked; let the operator name your authority with POSTROOM_TRUSTED_CA"),
            new MailProperty(
                    Pattern.compile(ANY + "ssl\\.checkserveridentity"),
                    "mail.imap.ssl.checkserveridentity",
                    new Effect.RefusedValue(
                            "false", "the name in a certificate is always checked", "has no effect: it is always so")),
            refused("mail\\..*\\.class", "mail.imap.class", "no code from outside is loaded"),
            new MailProperty(
                    Pattern.compile("mail\\.debug\\.auth"),
                    "mail.debug.auth",
                    new Effect.RefusedValue(
                            "true", "secrets are never written into the log", "has no effect: it is always so")),
            idle(
                    "mail\\.imaps?\\.(fetchsize|partialfetch)",
                    "mail.imap.fetchsize",
                    "has no effect: each message is" + " streamed whole, which is faster than any size of part"),
            idle(
                    "mail\\.imaps?\\.peek",
                    "mail.imap.peek",
                    "has no effect: reading never marks a message; After import" + " does"),
            idle(ANY + "writetimeout", "mail.imap.writetimeout", "has no effect: a write ends with its connection"),
            idle(ANY + "auth\\..*\\.disable", "mail.imap.auth.ntlm.disable", "has no effect: it is never used"),
            idle(ANY + "sasl\\..*", "mail.imap.sasl.enable", "has no effect: use auth.mechanisms"));

    static Optional<MailProperty> named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TABLE.stream().filter(p -> p.names.matcher(lower).matches()).findFirst();
    }

    /** Whether a value counts. */
    static boolean takes(String name, String value) {
        return switch (named(name).map(MailProperty::effect).orElse(null)) {
            case Effect.Honoured(PropertyValue type) -> type.takes(value);
            case Effect.Kept(PropertyValue type, String hint) -> type.takes(value);
            case null -> false;
            case Effect.Idle i -> false;
            case Effect.Field f -> false;
            case Effect.Refused r -> false;
            case Effect.RefusedValue v -> false;
        };
    }

    /** What to tell people about a property that was accepted; null if it does what they expect. */
    static @Nullable String hint(String name) {
        Optional<MailProperty> known = named(name);
        if (known.isEmpty()) {
            return "is not known to Postroom and has no effect";
        }
        return switch (known.get().effect()) {
            case Effect.Honoured h -> null;
            case Effect.Kept kept -> kept.hint();
            case Effect.Idle idle -> idle.hint();
            case Effect.RefusedValue value -> value.hint();
            case Effect.Field f -> "has no effect: use " + f.instead();
            case Effect.Refused r -> "has no effect: " + r.reason();
        };
    }

    private static MailProperty honoured(String names, String example, PropertyValue value) {
        return new MailProperty(Pattern.compile(names), example, new Effect.Honoured(value));
    }

    private static MailProperty kept(String names, String example, PropertyValue value) {
        return new MailProperty(Pattern.compile(names), example, new Effect.Kept(value, POP3));
    }

    private static MailProperty field(String names, String example, String instead) {
        return new MailProperty(Pattern.compile(names), example, new Effect.Field(instead));
    }

    private static MailProperty refused(String names, String example, String reason) {
        return new MailProperty(Pattern.compile(names), example, new Effect.Refused(reason));
    }

    private static MailProperty idle(String names, String example, String hint) {
        return new MailProperty(Pattern.compile(names), example, new Effect.Idle(hint));
    }
}
