package org.postroom.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.postroom.wire.WireException.Cause;

/**
 * Opens connections to servers outside: checks the address against the {@link NetworkGuard}, sets {@code TCP_NODELAY},
 * verifies the certificate's name (RFC 6125), and says in words what went wrong. Safe for use by many threads; every
 * call blocks the caller for at most its time-outs.
 */
public final class Dialer {
    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final NetworkGuard guard;
    private final SSLContext tls;
    private final @Nullable Proxy servers;

    /** A dialer that trusts what {@code tls} trusts and uses no proxy of its own. */
    public Dialer(NetworkGuard guard, SSLContext tls) {
        this(guard, tls, null);
    }

    /**
     * A dialer with a proxy of its own.
     *
     * @param servers the operator's proxy, which the guard lets pass because the operator configured it; null for none
     */
    public Dialer(NetworkGuard guard, SSLContext tls, @Nullable Proxy servers) {
        this.guard = guard;
        this.tls = tls;
        this.servers = servers;
    }

    /** Whom connections trust. */
    public SSLContext tls() {
        return tls;
    }

    /** Which addresses may be reached. */
    public NetworkGuard guard() {
        return guard;
    }

    /**
     * Resolves a name and keeps the addresses that may be connected to.
     *
     * @throws WireException if the name is unknown, or none of its addresses is allowed
     */
    public InetAddress resolve(String host) throws WireException {
        InetAddress[] all;
        try {
            all = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new WireException(Cause.HOST_UNKNOWN, "The name " + host + " is not known to DNS", e);
        }
        for (InetAddress address : all) {
            if (guard.permits(address)) {
                return address;
            }
        }
        throw new WireException(
                Cause.NOT_ALLOWED,
                host + " is " + all[0].getHostAddress() + ", which is not a public address; the operator can allow it"
                        + " with POSTROOM_ALLOWED_NETWORKS");
    }

    /** Opens a plain TCP connection on the server's own {@link Route}; see the other. */
    public Socket connect(String host, int port, Duration connectTimeout, Duration readTimeout) throws WireException {
        return connect(Route.SERVERS, host, port, connectTimeout, readTimeout);
    }

    /**
     * Opens a plain TCP connection, through a proxy where the route has one.
     *
     * @param connectTimeout longest wait for the connection; as long again for what a proxy has to say
     * @param readTimeout longest wait for each read; zero waits for ever
     */
    public Socket connect(Route route, String host, int port, Duration connectTimeout, Duration readTimeout)
            throws WireException {
        Proxy proxy = proxy(route, host, port).orElse(null);
        if (proxy != null) {
            return tunnel(route, proxy, host, port, connectTimeout, readTimeout);
        }
        try {
            return open(resolve(host), port, connectTimeout, readTimeout);
        } catch (IOException e) {
            throw translate(e, host, port);
        }
    }

    /** The proxy on the way to a server; empty where the connection is direct. */
    public Optional<Proxy> proxy(Route route, String host, int port) {
        Proxy proxy = switch (route) {
            case Route.Servers s -> servers;
            case Route.Direct d -> null;
            case Route.Through(Proxy own) -> own;
        };
        return Optional.ofNullable(proxy).filter(p -> !p.noProxy().names(host, port));
    }

    private Socket tunnel(
            Route route, Proxy proxy, String host, int port, Duration connectTimeout, Duration readTimeout)
            throws WireException {
        guard.checkBehindProxy(host);
        Socket socket = null;
        try {
            InetAddress address =
                    route instanceof Route.Through ? resolve(proxy.host()) : InetAddress.getByName(proxy.host());
            socket = open(address, proxy.port(), connectTimeout, readTimeout);
            Handshake handshake = new Handshake(socket, connectTimeout);
            switch (proxy.type()) {
                case HTTP -> HttpTunnel.open(handshake, proxy, host, port);
                case SOCKS5 -> SocksTunnel.open(handshake, proxy, host, port);
            }
            socket.setSoTimeout(Math.toIntExact(readTimeout.toMillis()));
            return socket;
        } catch (IOException e) {
            if (socket != null) {
                closeQuietly(socket);
            }
            throw ofProxy(translate(e, proxy.host(), proxy.port()), proxy);
        }
    }

    /** The same failure, told of the proxy instead of a mail server. */
    private static WireException ofProxy(WireException e, Proxy proxy) {
        if (e.reason().isOfProxy()) {
            return e;
        }
        String who = "The proxy " + proxy.place();
        return switch (e.reason()) {
            case NOT_ALLOWED -> new WireException(Cause.PROXY_NOT_ALLOWED, "The proxy " + e.getMessage(), e);
            case HOST_UNKNOWN ->
                new WireException(
                        Cause.PROXY_UNREACHABLE, "The name of the proxy, " + proxy.host() + ", is not known to DNS", e);
            case REFUSED -> new WireException(Cause.PROXY_UNREACHABLE, who + " is not there: nothing listens", e);
            case TIMEOUT -> new WireException(Cause.PROXY_UNREACHABLE, who + " does not answer in time", e);
            default ->
                new WireException(
                        Cause.PROXY_UNREACHABLE, who + " cannot be reached, or closes the connection unasked", e);
        };
    }

    private static Socket open(InetAddress address, int port, Duration connectTimeout, Duration readTimeout)
            throws IOException {
        // Without the type given, the JDK's own SOCKS settings would decide.
        Socket socket = new Socket(java.net.Proxy.NO_PROXY);
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(connectTimeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(readTimeout.toMillis()));
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    /** Host and port in one word, an IPv6 address in brackets (RFC 3986 section 3.2.2). */
    static String place(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Starts TLS on a connected socket and verifies that the certificate is for {@code host}.
     *
     * @return the encrypted socket, which closes the plain one with it
     */
    public SSLSocket startTls(Socket plain, String host, int port) throws WireException {
        return startTls(plain, host, port, PROTOCOLS);
    }

    /**
     * Starts TLS with some of its versions only.
     *
     * @param protocols of {@code TLSv1.3} and {@code TLSv1.2}
     */
    public SSLSocket startTls(Socket plain, String host, int port, List<String> protocols) throws WireException {
        try {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(protocols.toArray(String[]::new));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            closeQuietly(plain);
            throw translate(e, host, port);
        }
    }

    /** Puts what went wrong with a connection into words. */
    public static WireException translate(IOException e, String host, int port) {
        String where = host + ":" + port;
        return switch (e) {
            case WireException known -> known;
            case SocketTimeoutException t ->
                new WireException(Cause.TIMEOUT, "No answer from " + where + " in time", t);
            case NoRouteToHostException n -> new WireException(Cause.UNREACHABLE, where + " cannot be reached", n);
            case ConnectException c
            when String.valueOf(c.getMessage()).contains("refused") ->
                new WireException(Cause.REFUSED, "Nothing listens on " + where, c);
            case ConnectException c -> new WireException(Cause.TIMEOUT, "No answer from " + where + " in time", c);
            case UnknownHostException u ->
                new WireException(Cause.HOST_UNKNOWN, "The name " + host + " is not known to DNS", u);
            case SSLException s -> tlsProblem(s, host, where);
            default -> new WireException(Cause.LOST, "The connection to " + where + " broke: " + e.getMessage(), e);
        };
    }

    private static WireException tlsProblem(SSLException e, String host, String where) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String text = String.valueOf(t.getMessage());
            if (t instanceof CertificateExpiredException) {
                return new WireException(Cause.TLS_UNTRUSTED, "The certificate of " + where + " has expired", e);
            }
            if (t instanceof CertificateNotYetValidException) {
                return new WireException(Cause.TLS_UNTRUSTED, "The certificate of " + where + " is not valid yet", e);
            }
            if (text.contains("subject alternative") || text.contains("No name matching")) {
                return new WireException(
                        Cause.TLS_NAME, "The certificate of " + where + " is for another name than " + host, e);
            }
            if (t instanceof CertificateException || text.contains("PKIX path")) {
                return new WireException(
                        Cause.TLS_UNTRUSTED,
                        "The certificate of " + where + " comes from an authority that is not trusted here;"
                                + " name it with POSTROOM_TRUSTED_CA",
                        e);
            }
        }
        return new WireException(
                Cause.TLS_FAILED,
                "No TLS could be agreed on with " + where + "; the encryption may be wrong for this port",
                e);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is being given up anyway; the first failure is the one to tell.
        }
    }
}
