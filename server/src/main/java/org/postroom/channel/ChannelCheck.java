package org.postroom.channel;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.IncomingInput;
import org.postroom.channel.ChannelInput.OutgoingInput;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.wire.Route;

/** Turns what somebody entered into a channel, or names every field that is wrong, all at once. */
final class ChannelCheck {
    private final Entered entered = new Entered();
    private final AuthenticationCheck authentication;

    ChannelCheck(Instant now) {
        authentication = new AuthenticationCheck(entered, now);
    }

    /**
     * What came of it.
     *
     * @param channel null if there are problems
     * @param secrets those entered, empty for one to forget; one that was left out stays as it is
     */
    record Checked(@Nullable Channel channel, Map<Purpose, String> secrets, List<FieldProblem> problems) {
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
        String name = entered.text("name", input.name(), 1, 100);
        String address = entered.address("address", input.address(), true);
        String script = input.script() == null || input.script().isBlank()
                ? "default"
                : input.script().strip();
        if (!script.equals("default")) {
            entered.problem("script", "there is no such script; use default");
        }
        Authentication proof = authentication.incoming(input.authentication(), before);
        Channel.Incoming incoming = incoming(input.incoming());
        Channel.Outgoing outgoing = outgoing(input.outgoing(), Objects.requireNonNullElse(address, ""), before);
        ProxyCheck proxy = new ProxyCheck();
        Route route = proxy.check(input.proxy(), before);
        proxy.problems().forEach(p -> entered.problem(p.field(), p.message()));
        PropertyCheck properties = new PropertyCheck();
        Map<String, String> kept = properties.check(input.properties());
        properties.problems().forEach(p -> entered.problem(p.field(), p.message()));
        ThreadRules threading = new ThreadCheck(entered).check(input.threading(), before);
        if (!entered.fine()) {
            return new Checked(null, Map.of(), entered.problems());
        }
        Channel channel = new Channel(
                id,
                name,
                Objects.requireNonNull(address),
                input.enabled() == null || input.enabled(),
                script,
                Objects.requireNonNull(proof),
                Objects.requireNonNull(incoming),
                Objects.requireNonNull(outgoing),
                kept,
                route,
                threading,
                before == null ? now : before.createdAt(),
                now,
                before == null ? 1 : before.version() + 1);
        properties.against(channel);
        if (!properties.problems().isEmpty()) {
            return new Checked(null, Map.of(), properties.problems());
        }
        Map<Purpose, String> secrets = new EnumMap<>(Purpose.class);
        secrets.putAll(authentication.secrets());
        if (proxy.password() != null) {
            secrets.put(Purpose.PROXY_PASSWORD, proxy.password());
        }
        return new Checked(channel, secrets, List.of());
    }

    private Channel.@Nullable Incoming incoming(@Nullable IncomingInput input) {
        if (input == null) {
            entered.problem("incoming", "say where mail comes in");
            return null;
        }
        String protocol = Objects.requireNonNullElse(input.protocol(), "imap");
        if (!protocol.equals("imap")) {
            entered.problem("incoming.protocol", "'" + protocol + "' is not offered by this version; use imap");
        }
        String host = entered.host("incoming.host", input.host());
        Security security = entered.security("incoming.security", input.security(), Security.TLS);
        int port = entered.port("incoming.port", input.port(), security == Security.TLS ? 993 : 143);
        String folder = input.folder() == null || input.folder().isBlank()
                ? "INBOX"
                : entered.text("incoming.folder", input.folder(), 1, 255);
        AfterImport after = entered.parsed("incoming.afterImport", input.afterImport(), "keep", AfterImport::parse);
        StartFrom from = entered.parsed("incoming.startFrom", input.startFrom(), "now", StartFrom::parse);
        if (after instanceof AfterImport.Move(String target) && target.equalsIgnoreCase(folder)) {
            entered.problem("incoming.afterImport", "the folder to move to is the one that is read; choose another");
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
            entered.problem("outgoing.protocol", "'" + protocol + "' is not offered by this version; use smtp or none");
        }
        String host = entered.host("outgoing.host", input.host());
        Security security = entered.security("outgoing.security", input.security(), Security.STARTTLS);
        int port = entered.port("outgoing.port", input.port(), security == Security.TLS ? 465 : 587);
        String sendAs = input.sendAs() == null || input.sendAs().isBlank()
                ? address
                : entered.address("outgoing.sendAs", input.sendAs(), true);
        return new Channel.Outgoing(
                protocol,
                host,
                port,
                security,
                Objects.requireNonNullElse(sendAs, ""),
                entered.optional("outgoing.displayName", input.displayName(), 200),
                entered.optionalAddress("outgoing.replyTo", input.replyTo()),
                entered.optionalAddress("outgoing.bounceAddress", input.bounceAddress()),
                authentication.outgoing(input.authentication(), before));
    }
}
