package org.postroom.simulator;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.postroom.simulator.control.Control;
import org.postroom.simulator.customer.CustomerLife;
import org.postroom.simulator.entra.Entra;
import org.postroom.simulator.exchange.ImapAccess;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.exchange.SmtpAccess;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.imap.ImapService;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.SimulatorClock;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.scenario.Scenario.CustomersWrite;
import org.postroom.simulator.smtp.SmtpService;
import org.postroom.simulator.tls.ServerIdentity;

/** A running simulator: all its servers on 127.0.0.1. Safe for all threads; closing it frees ports and threads. */
public final class Simulator implements AutoCloseable {
    private static final Duration EXPIRY_CHECK = Duration.ofMillis(250);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Organisation organisation;
    private final ServerIdentity tls;
    private final ProtocolLog log = new ProtocolLog();
    private final Transport transport;
    private final Entra entra;
    private final ImapService imap;
    private final SmtpService smtp;
    private final CustomerLife customers;
    private final Control control;

    private Simulator(Scenario scenario, SimulatorOptions options) throws IOException {
        organisation = scenario.organisation();
        Path folder = options.data().isPresent() ? options.data().get() : temporaryFolder();
        tls = ServerIdentity.in(folder);
        Ports ports = new Ports(options.portBase());
        Sessions sessions = new Sessions();
        transport = new Transport(organisation);
        try {
            entra = opened(new Entra(organisation, scenario.tokens(), log, ports.next("Entra ID")));
            ImapAccess imapAccess = new ImapAccess(organisation, entra);
            int controlPort = ports.next("control");
            imap = opened(new ImapService(
                    organisation,
                    imapAccess,
                    sessions,
                    log,
                    tls.context(),
                    ports.next("IMAP with TLS"),
                    ports.next("IMAP with STARTTLS")));
            smtp = opened(new SmtpService(
                    organisation,
                    new SmtpAccess(organisation, imapAccess),
                    transport,
                    sessions,
                    log,
                    tls.context(),
                    ports.next("SMTP with STARTTLS"),
                    ports.next("SMTP with TLS")));
            customers = opened(new CustomerLife(organisation, transport, log));
            Control.Parts controlled =
                    new Control.Parts(organisation, entra, transport, sessions, log, customers, imap, smtp);
            control = opened(new Control(controlled, controlPort));
        } catch (BindException e) {
            close();
            throw new BindException("port " + ports.last() + " for " + ports.lastUse()
                    + " is taken or not allowed; stop what uses it or choose another --port-base");
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        organisation.clock().watch(() -> sessions.expire(organisation.clock().instant()));
        Thread expiry = Thread.ofVirtual().name("token-expiry").start(() -> watchExpiry(sessions));
        parts.push(expiry::interrupt);
        if (options.customersWrite().orElse(scenario.customersWrite()) == CustomersWrite.ON_START) {
            customers.start();
        }
    }

    /**
     * Starts all servers.
     *
     * @throws BindException if a port is taken, naming it
     * @throws IOException if the folder for certificates cannot be used
     */
    public static Simulator start(Scenario scenario, SimulatorOptions options) throws IOException {
        return new Simulator(scenario, options);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private Path temporaryFolder() throws IOException {
        Path folder = Files.createTempDirectory("postroom-simulator");
        parts.push(() -> {
            for (String name : List.of("ca.pem", "server.p12")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        });
        return folder;
    }

    private void watchExpiry(Sessions sessions) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EXPIRY_CHECK);
                sessions.expire(organisation.clock().instant());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The organisation and all its switches. */
    public Organisation organisation() {
        return organisation;
    }

    /** The time tokens live by. */
    public SimulatorClock clock() {
        return organisation.clock();
    }

    /** Where the servers are, as the program prints it on its first line. */
    public Endpoints endpoints() {
        return new Endpoints(
                entra.address(),
                control.address(),
                imap.tlsPort(),
                imap.startTlsPort(),
                smtp.startTlsPort(),
                smtp.tlsPort(),
                tls.authorityFile().toAbsolutePath(),
                organisation);
    }

    /** Entra ID. */
    public Entra entra() {
        return entra;
    }

    /** Delivery, and what went to addresses nobody here has. */
    public Transport transport() {
        return transport;
    }

    /** The people outside. */
    public CustomerLife customers() {
        return customers;
    }

    /** What went over the wire. */
    public ProtocolLog log() {
        return log;
    }

    /** For clients that trust the simulator's authority alone. */
    public SSLContext trustingContext() {
        return tls.trusting();
    }

    /**
     * An access token without sign-in.
     *
     * @param scopes as in a token request, of one resource
     * @throws IllegalArgumentException if the user, the app or a scope is not known
     */
    public String accessToken(String upn, String clientId, String scopes, Duration lifetime) {
        User user = organisation.user(upn).orElseThrow(() -> new IllegalArgumentException("no user " + upn));
        App app = organisation.app(clientId).orElseThrow(() -> new IllegalArgumentException("no app " + clientId));
        return entra.issue(user, app, scopes, lifetime);
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.add("control", "simulator", ProtocolLog.Speaker.NOTE, "while closing: " + e);
            }
        }
    }
}
