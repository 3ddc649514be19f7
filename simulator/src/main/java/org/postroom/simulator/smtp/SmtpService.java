package org.postroom.simulator.smtp;

import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.postroom.simulator.exchange.ConnectionServer;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.exchange.SmtpAccess;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.organisation.Organisation;

/** Exchange's submission front end: one port with STARTTLS, one with TLS from the start. Safe for all threads. */
public final class SmtpService implements AutoCloseable {
    private final Organisation organisation;
    private final SmtpAccess access;
    private final Transport transport;
    private final Sessions sessions;
    private final ProtocolLog log;
    private final SSLContext tls;
    private final ConnectionServer startTlsServer;
    private final ConnectionServer tlsServer;

    /**
     * Starts to listen.
     *
     * @param startTlsPort 0 for any free one
     * @param tlsPort 0 for any free one
     * @throws java.net.BindException if a port is taken
     */
    public SmtpService(
            Organisation organisation,
            SmtpAccess access,
            Transport transport,
            Sessions sessions,
            ProtocolLog log,
            SSLContext tls,
            int startTlsPort,
            int tlsPort)
            throws IOException {
        this.organisation = organisation;
        this.access = access;
        this.transport = transport;
        this.sessions = sessions;
        this.log = log;
        this.tls = tls;
        startTlsServer = new ConnectionServer(
                "smtp", startTlsPort, null, socket -> new SmtpSession(this, socket, false).serve());
        tlsServer = new ConnectionServer("smtps", tlsPort, tls, socket -> new SmtpSession(this, socket, true).serve());
    }

    /** Port with STARTTLS. */
    public int startTlsPort() {
        return startTlsServer.port();
    }

    /** Port with TLS from the start. */
    public int tlsPort() {
        return tlsServer.port();
    }

    /** Drops every connection at once without a word. */
    public void dropConnections() {
        startTlsServer.dropConnections();
        tlsServer.dropConnections();
    }

    Organisation organisation() {
        return organisation;
    }

    SmtpAccess access() {
        return access;
    }

    Transport transport() {
        return transport;
    }

    Sessions sessions() {
        return sessions;
    }

    ProtocolLog log() {
        return log;
    }

    SSLContext tls() {
        return tls;
    }

    @Override
    public void close() throws IOException {
        startTlsServer.close();
        tlsServer.close();
    }
}
