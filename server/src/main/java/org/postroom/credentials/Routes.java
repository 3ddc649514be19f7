package org.postroom.credentials;

import org.postroom.credentials.Secrets.Purpose;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;

/** Routes with the secrets of their proxies. */
public final class Routes {
    private Routes() {}

    /** The same route, its proxy with the password that is stored for this owner. */
    public static Route proven(Secrets secrets, String owner, Route route) {
        return route instanceof Route.Through(Proxy proxy) && proxy.username() != null
                ? new Route.Through(proxy.withPassword(
                        secrets.get(owner, Purpose.PROXY_PASSWORD).orElse(null)))
                : route;
    }
}
