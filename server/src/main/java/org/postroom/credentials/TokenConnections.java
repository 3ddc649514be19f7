package org.postroom.credentials;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.postroom.wire.Dialer;
import org.postroom.wire.Route;

/**
 * Connections to identity servers, opened by the same {@link Dialer} as those to mail servers: one guard, one set of
 * proxies, one set of words. Whose call it is, and so its
 * route, travels in the context of a request.
 */
final class TokenConnections extends PoolingHttpClientConnectionManagerBuilder {
    private static final String CLIENT = "postroom.client";

    private final Dialer dialer;
    private final Secrets secrets;
    private final Duration patience;

    /**
     * Connections by this dialer.
     *
     * @param secrets where the passwords of proxies are
     * @param patience longest wait for a connection, and for each read
     */
    TokenConnections(Dialer dialer, Secrets secrets, Duration patience) {
        this.dialer = dialer;
        this.secrets = secrets;
        this.patience = patience;
    }

    /** The context of a call for this channel. */
    static HttpContext of(OAuthClient client) {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(CLIENT, client);
        return context;
    }

    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
            SchemePortResolver ports, DnsResolver dns, TlsSocketStrategy tls) {
        return new HttpClientConnectionOperator() {
            @Override
            public void connect(
                    ManagedHttpClientConnection connection,
                    HttpHost host,
                    InetSocketAddress local,
                    TimeValue timeout,
                    SocketConfig config,
                    HttpContext context)
                    throws IOException {
                dial(connection, host, context);
            }

            @Override
            public void upgrade(ManagedHttpClientConnection connection, HttpHost host, HttpContext context)
                    throws IOException {
                throw new IOException("tunnels are the dialer's, not the HTTP client's");
            }
        };
    }

    private void dial(ManagedHttpClientConnection connection, HttpHost host, HttpContext context) throws IOException {
        Route route = context.getAttribute(CLIENT) instanceof OAuthClient client
                ? Routes.proven(secrets, client.channelId(), client.route())
                : Route.SERVERS;
        boolean tls = URIScheme.HTTPS.same(host.getSchemeName());
        int port = host.getPort() > 0 ? host.getPort() : tls ? 443 : 80;
        Socket plain = dialer.connect(route, host.getHostName(), port, patience, patience);
        connection.bind(plain);
        if (tls) {
            SSLSocket encrypted = dialer.startTls(plain, host.getHostName(), port);
            connection.bind(encrypted, plain);
        }
    }
}
