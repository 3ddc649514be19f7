package org.postroom.story;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.postroom.channel.AfterImport;
import org.postroom.channel.Channel;
import org.postroom.channel.Security;
import org.postroom.channel.StartFrom;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.wire.Route;

/** Channels to servers on loopback, as the protocol tests need them. */
public final class TestChannels {
    public static final String ADDRESS = "support@contoso.test";
    public static final String OWNER = "svc@contoso.test";
    public static final Authentication.OAuth2 OAUTH = Authentication.OAuth2.microsoft(
            Grant.AUTHORIZATION_CODE, "contoso.test", "app", true, "http://127.0.0.1:1", List.of(), OWNER);
    public static final Authentication.Password PASSWORD = new Authentication.Password(ADDRESS);

    private TestChannels() {}

    /** Reads by IMAP from this port. */
    public static Channel imap(int port, Security security, Authentication authentication) {
        return imap(port, security, authentication, "INBOX", new AfterImport.Keep());
    }

    /** Reads this folder by IMAP. */
    public static Channel imap(
            int port, Security security, Authentication authentication, String folder, AfterImport after) {
        return channel(
                authentication,
                new Channel.Incoming("imap", "localhost", port, security, folder, after, new StartFrom.All()),
                new Channel.Outgoing("none", "", 0, Security.NONE, ADDRESS, null, null, null, null));
    }

    /** Sends by SMTP through this port. */
    public static Channel smtp(int port, Security security, Authentication authentication) {
        return channel(
                authentication,
                new Channel.Incoming(
                        "imap", "localhost", 1, Security.TLS, "INBOX", new AfterImport.Keep(), new StartFrom.Now()),
                new Channel.Outgoing("smtp", "localhost", port, security, ADDRESS, null, null, null, null));
    }

    private static Channel channel(Authentication authentication, Channel.Incoming in, Channel.Outgoing out) {
        Instant then = Instant.parse("2026-11-01T00:00:00Z");
        return new Channel(
                "c1",
                "Support",
                ADDRESS,
                true,
                "default",
                authentication,
                in,
                out,
                Map.of(),
                Route.SERVERS,
                then,
                then,
                1);
    }

    /** The same with {@code mail.*} properties and another way for its connections. */
    public static Channel with(Channel channel, Map<String, String> properties, Route route) {
        return new Channel(
                channel.id(),
                channel.name(),
                channel.address(),
                channel.enabled(),
                channel.script(),
                channel.authentication(),
                channel.incoming(),
                channel.outgoing(),
                properties,
                route,
                channel.createdAt(),
                channel.updatedAt(),
                channel.version());
    }
}
