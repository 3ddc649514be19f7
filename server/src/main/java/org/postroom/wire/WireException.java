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
        LOST
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
