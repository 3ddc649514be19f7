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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.postroom.wire.WireException.Cause;

/**
 * Opens connections to servers outside: checks the address against the {@link NetworkGuard}, sets {@code TCP_NODELAY},
 * verifies the certificate's name (RFC 6125), and says in words what went wrong. Safe for use by many threads; every
 * call blocks the caller for at most its time-outs.
 */
public final class Dialer {
    private final NetworkGuard guard;
    private final SSLContext tls;

    /** A dialer that trusts what {@code tls} trusts. */
    public Dialer(NetworkGuard guard, SSLContext tls) {
        this.guard = guard;
        this.tls = tls;
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

    /**
     * Opens a plain TCP connection.
     *
     * @param connectTimeout longest wait for the connection
     * @param readTimeout longest wait for each read; zero waits for ever
     */
    public Socket connect(String host, int port, Duration connectTimeout, Duration readTimeout) throws WireException {
        InetAddress address = resolve(host);
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(connectTimeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(readTimeout.toMillis()));
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw translate(e, host, port);
        }
    }

    /**
     * Starts TLS on a connected socket and verifies that the certificate is for {@code host}.
     *
     * @return the encrypted socket, which closes the plain one with it
     */
    public SSLSocket startTls(Socket plain, String host, int port) throws WireException {
        try {
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, host, port, true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
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
