package org.postroom.simulator;

import java.nio.file.Path;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientSecret;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the servers are; all mail servers on 127.0.0.1.
 *
 * @param entra {@code http://127.0.0.1:port}, the authority without the tenant
 * @param control {@code http://127.0.0.1:port}
 * @param ca the certificate authority to trust, PEM
 */
public record Endpoints(
        String entra,
        String control,
        int imapTlsPort,
        int imapStartTlsPort,
        int smtpStartTlsPort,
        int smtpTlsPort,
        Path ca,
        Organisation organisation) {
    /** The mail servers' host. */
    public static final String HOST = "127.0.0.1";

    /** The first tenant. */
    public Tenant tenant() {
        return organisation.tenants().getFirst();
    }

    /** The first tenant's confidential app. */
    public App app() {
        return organisation.apps().stream()
                .filter(app -> app.tenant().id().equals(tenant().id()) && !app.publicClient())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the scenario has no confidential app"));
    }

    /** The first line of the program's standard output. */
    public String json() {
        ObjectNode json = Json.object();
        json.put("entra", entra).put("control", control);
        json.putObject("imap").put("host", HOST).put("tlsPort", imapTlsPort).put("startTlsPort", imapStartTlsPort);
        json.putObject("smtp")
                .put("host", HOST)
                .put("startTlsPort", smtpStartTlsPort)
                .put("tlsPort", smtpTlsPort);
        json.put("ca", ca.toString());
        json.putObject("tenant").put("id", tenant().id()).put("domain", tenant().domain());
        organisation.apps().stream()
                .filter(app -> app.tenant().id().equals(tenant().id()) && !app.publicClient())
                .findFirst()
                .ifPresent(app -> {
                    ObjectNode node = json.putObject("app");
                    node.put("clientId", app.clientId());
                    app.secrets().stream()
                            .map(ClientSecret::value)
                            .findFirst()
                            .ifPresent(secret -> node.put("clientSecret", secret));
                });
        return json.toString();
    }
}
