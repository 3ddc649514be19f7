package org.postroom.channel;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.wire.NoProxy;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;

/** A route as the channel's row keeps it, without its password; null there for the server's own. */
record StoredRoute(
        String type,
        @Nullable String host,
        @Nullable Integer port,
        @Nullable String username,
        @Nullable List<String> noProxy) {
    static @Nullable StoredRoute of(Route route) {
        return switch (route) {
            case Route.Servers s -> null;
            case Route.Direct d -> new StoredRoute("none", null, null, null, null);
            case Route.Through(Proxy p) ->
                new StoredRoute(
                        p.type().word(),
                        p.host(),
                        p.port(),
                        p.username(),
                        p.noProxy().entries());
        };
    }

    static Route route(@Nullable StoredRoute stored) {
        if (stored == null) {
            return Route.SERVERS;
        }
        if (stored.type.equals("none")) {
            return Route.DIRECT;
        }
        return new Route.Through(new Proxy(
                Proxy.Type.valueOf(stored.type.toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(stored.host),
                Objects.requireNonNull(stored.port),
                stored.username,
                null,
                new NoProxy(Objects.requireNonNullElse(stored.noProxy, List.of()))));
    }
}
