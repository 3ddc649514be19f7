package org.postroom.wire;

/** The way connections take to servers outside. */
public sealed interface Route {
    /** The server's own: by the proxy that the operator configured, if there is one. */
    Route SERVERS = new Servers();

    /** By no proxy, not even the server's. */
    Route DIRECT = new Direct();

    /** The server's own. */
    record Servers() implements Route {}

    /** By no proxy. */
    record Direct() implements Route {}

    /** By a proxy that a user configured; it is subject to the {@link NetworkGuard} like every other server. */
    record Through(Proxy proxy) implements Route {}
}
