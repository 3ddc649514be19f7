package org.postroom.simulator.imap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.postroom.simulator.exchange.ConnectionServer;
import org.postroom.simulator.exchange.ImapAccess;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.log.ProtocolLog.Speaker;
import org.postroom.simulator.organisation.Organisation;

/** Exchange's IMAP front end: one port with TLS, one with STARTTLS. Safe for all threads. */
public final class ImapService implements AutoCloseable {
    static final String HOST_TAG =
            Base64.getEncoder().encodeToString(Transport.HOST.getBytes(StandardCharsets.UTF_16LE));

    private final Organisation organisation;
    private final ImapAccess access;
    private final Sessions sessions;
    private final ProtocolLog log;
    private final SSLContext tls;
    private final ConnectionServer tlsServer;
    private final ConnectionServer startTlsServer;

    /**
     * Starts to listen.
     *
     * @param tlsPort 0 for any free one
     * @param startTlsPort 0 for any free one
     * @throws java.net.BindException if a port is taken
     */
    public ImapService(
            Organisation organisation,
            ImapAccess access,
            Sessions sessions,
            ProtocolLog log,
            SSLContext tls,
            int tlsPort,
            int startTlsPort)
            throws IOException {
        this.organisation = organisation;
        this.access = access;
        this.sessions = sessions;
        this.log = log;
        this.tls = tls;
        tlsServer = new ConnectionServer("imaps", tlsPort, tls, socket -> new ImapSession(this, socket, true).serve());
        startTlsServer = new ConnectionServer(
                "imap", startTlsPort, null, socket -> new ImapSession(this, socket, false).serve());
    }

    /** Port with TLS from the start. */
    public int tlsPort() {
        return tlsServer.port();
    }

    /** Port with STARTTLS. */
    public int startTlsPort() {
        return startTlsServer.port();
    }

    /** Drops every connection at once without a word. */
    public void dropConnections() {
        tlsServer.dropConnections();
        startTlsServer.dropConnections();
    }

    ImapAccess access() {
        return access;
    }

    Organisation organisation() {
        return organisation;
    }

    Sessions sessions() {
        return sessions;
    }

    ProtocolLog log() {
        return log;
    }

    void note(String session, String text) {
        log.add("imap", session, Speaker.NOTE, text);
    }

    SSLContext tls() {
        return tls;
    }

    long largestMessage() {
        return organisation.limits().messageSize();
    }

    int mostConnections() {
        return organisation.limits().imapConnections();
    }

    @Override
    public void close() throws IOException {
        tlsServer.close();
        startTlsServer.close();
    }
}
