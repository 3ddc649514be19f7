package org.postroom.wire;

import java.io.IOException;

/** A connection that could not be made, with the cause in a form that the diagnosis can name. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why there is no connection. */
    public enum Cause {
        /** The name is unknown to DNS, or DNS did not answer. */
        HOST_UNKNOWN,
        /** The address lies in a network that the operator's allow-list does not name. */
        NOT_ALLOWED,
        /** Nothing listens on that port. */
        REFUSED,
        /** No answer in time. */
        TIMEOUT,
        /** The network says the address cannot be reached. */
        UNREACHABLE,
        /** The certificate is for another name. */
        TLS_NAME,
        /** The certificate is not trusted, expired or not yet valid. */
        TLS_UNTRUSTED,
        /** No TLS could be agreed on; often the wrong encryption for that port. */
        TLS_FAILED,
        /** The connection broke. */
        LOST,
        /** The proxy itself cannot be reached, or does not answer. */
        PROXY_UNREACHABLE(
                "Check the proxy, its host, port and type if it lasts; Postroom tries again by itself. The mail server"
                        + " was not asked."),
        /** The proxy lies in a network that the operator's allow-list does not name. */
        PROXY_NOT_ALLOWED("Choose another proxy, or ask the operator to allow its network."),
        /** The proxy wants other credentials than it got, or any. */
        PROXY_CREDENTIALS(
                "Check the user name and password of the proxy; those of the mailbox are not meant and were not sent."),
        /** The proxy's rules do not let the connection through. */
        PROXY_FORBIDS(
                "Let the proxy's administrator allow this host and port; many proxies let only port 443 through. Or name"
                        + " the host in the no-proxy list."),
        /** The proxy works, but could not reach the server behind it. */
        PROXY_TARGET(
                "Check host and port, and whether the proxy may reach them, if it lasts; Postroom tries again by itself."),
        /** What answers is not such a proxy. */
        PROXY_ANSWER("Check the proxy's type (http or socks5), host and port.");

        private final String proxyRemedy;

        Cause() {
            this("");
        }

        Cause(String proxyRemedy) {
            this.proxyRemedy = proxyRemedy;
        }

        /** What to do about a proxy's failure; empty for causes that are not a proxy's. */
        public String proxyRemedy() {
            return proxyRemedy;
        }

        /** Whether the server was reached, and encryption failed. */
        public boolean isOfTls() {
            return this == TLS_NAME || this == TLS_UNTRUSTED || this == TLS_FAILED;
        }

        /** Whether it is a proxy's failure, not the server's behind it. */
        public boolean isOfProxy() {
            return !proxyRemedy.isEmpty();
        }

        /** Whether waiting may end a proxy's failure. */
        public boolean isPassingAtProxy() {
            return this == PROXY_UNREACHABLE || this == PROXY_TARGET;
        }
    }

    private final Cause reason;

    /** A failure with words for a person. */
    public WireException(Cause reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** A failure without an underlying exception. */
    public WireException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why there is no connection. */
    public Cause reason() {
        return reason;
    }
}
