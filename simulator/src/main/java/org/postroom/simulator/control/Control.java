package org.postroom.simulator.control;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.postroom.simulator.customer.CustomerLife;
import org.postroom.simulator.entra.Entra;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.http.HttpService;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.imap.ImapService;
import org.postroom.simulator.log.ProtocolLog;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.smtp.SmtpService;
import tools.jackson.databind.node.ObjectNode;

/** The control interface on a port of its own. Safe for all threads. */
public final class Control implements AutoCloseable {
    private final Parts parts;
    private final AppSwitches apps;
    private final OrganisationView view;
    private final Switches switches;
    private final MailCalls mail;
    private final TokenCalls tokens;
    private final WireCalls wire;
    private final CertificateCalls certificates;
    private final HttpService service;

    /** What is controlled. */
    public record Parts(
            Organisation organisation,
            Entra entra,
            Transport transport,
            Sessions sessions,
            ProtocolLog log,
            CustomerLife customers,
            ImapService imap,
            SmtpService smtp) {}

    /**
     * Starts the interface.
     *
     * @param port 0 for any free one
     * @throws java.net.BindException if the port is taken
     */
    public Control(Parts parts, int port) throws IOException {
        this.parts = parts;
        view = new OrganisationView(parts);
        switches = new Switches(parts);
        mail = new MailCalls(parts);
        tokens = new TokenCalls(parts);
        wire = new WireCalls(parts);
        apps = new AppSwitches(parts);
        certificates = new CertificateCalls(parts);
        service = new HttpService(port, Set.of(), this::answer);
    }

    private Response answer(Request request) {
        try {
            refuseOtherSites(request);
            return route(request);
        } catch (BadRequestException e) {
            ObjectNode problem = Json.object().put("error", String.valueOf(e.getMessage()));
            return Response.json(e.status(), problem);
        }
    }

    /** A page elsewhere must not turn switches by a form or a script of its own. */
    private void refuseOtherSites(Request request) {
        Optional<String> origin = request.header("Origin");
        if (origin.isPresent() && !request.hosts().contains(origin.get())) {
            throw new BadRequestException(403, "calls from pages of " + origin.get() + " are not taken");
        }
    }

    private Response route(Request request) {
        String[] path = request.segments();
        String method = request.method();
        if (path[0].isEmpty()) {
            return Response.html(200, view.page());
        }
        if (!path[0].equals("control") || path.length < 2) {
            throw BadRequestException.notFound("such page");
        }
        String call = method + " " + path[1] + (path.length > 2 ? "/" + path.length : "");
        return switch (call) {
            case "GET organisation" -> Response.json(200, view.json());
            case "PATCH users/3" -> done(() -> switches.user(path[2], request));
            case "DELETE users/4" -> done(() -> switches.withdrawConsent(path[2], path[3]));
            case "PATCH mailboxes/3" -> done(() -> switches.mailbox(path[2], request));
            case "PATCH tenants/3" -> done(() -> switches.tenant(path[2], request));
            case "PATCH apps/3" -> done(() -> apps.app(path[2], request));
            case "PATCH apps/5" ->
                done(() -> {
                    if (path[3].equals("secrets")) {
                        apps.secret(path[2], path[4], request);
                    } else {
                        certificates.change(path[2], path[4], request);
                    }
                });
            case "GET apps/4" -> certificates.list(path[2], path[3]);
            case "POST apps/4" -> certificates.add(path[2], path[3], request);
            case "DELETE apps/5" -> done(() -> certificates.remove(path[2], path[4]));
            case "POST revoke" -> done(() -> switches.revoke(request));
            case "POST clock", "GET clock" -> switches.clock(request);
            case "POST token" -> tokens.token(request);
            case "POST tokens/3" -> done(() -> tokens.lifetime(request));
            case "POST outage" -> done(() -> tokens.outage(request));
            case "GET outage" -> tokens.outages();
            case "DELETE outage" -> done(parts.entra()::endOutages);
            case "POST keys" -> tokens.rollKeys(request);
            case "DELETE keys" -> done(parts.entra()::withdrawOldKeys);
            case "POST password" -> done(() -> switches.password(request));
            case "POST sessions/3" -> done(() -> wire.expire(request));
            case "POST deliver" -> mail.deliver(request);
            case "POST customers/3" -> done(() -> mail.startCustomers(path[2]));
            case "POST customers/4" -> mail.write(path[2], request);
            case "GET catch-all" -> mail.catchAll();
            case "GET mailboxes/4" -> mail.folders(path[2]);
            case "GET mailboxes/6" -> mail.list(path[2], path[4]);
            case "GET mailboxes/7" -> mail.raw(path[2], path[4], path[6]);
            case "GET mailboxes/8" -> mail.raw(path[2], path[4], path[6]);
            case "DELETE mailboxes/6" -> done(() -> mail.clear(path[2], path[4]));
            case "POST mailboxes/6" -> done(() -> mail.renumber(path[2], path[4]));
            case "GET log" -> wire.log(request);
            case "GET sessions" -> wire.sessions();
            case "DELETE sessions" -> done(wire::drop);
            default -> throw BadRequestException.notFound("call " + method + " " + request.path());
        };
    }

    private static Response done(Runnable action) {
        action.run();
        return Response.json(200, Json.object().put("done", true));
    }

    /** {@code http://127.0.0.1:port}. */
    public String address() {
        return service.address();
    }

    @Override
    public void close() {
        service.close();
    }
}
