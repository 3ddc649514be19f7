package org.postroom.simulator.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;
import org.postroom.simulator.tls.SelfSigned;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The certificates of apps: listed, added, made anew, ended early, removed. */
record CertificateCalls(Control.Parts parts) {
    private static final Duration LIFE = Duration.ofDays(365);

    private App app(String clientId, String list) {
        if (!list.equals("certificates")) {
            throw BadRequestException.notFound("list " + list + " of an app");
        }
        return parts.organisation().app(clientId).orElseThrow(() -> BadRequestException.notFound("app " + clientId));
    }

    Response list(String clientId, String list) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        app(clientId, list).certificates().forEach(one -> items.add(json(one)));
        return Response.json(200, json);
    }

    /** Adds the PEM sent, or without one makes a certificate and gives it with its key. */
    Response add(String clientId, String list, Request request) {
        App app = app(clientId, list);
        Body body = Body.of(request, "pem", "expires", "name", "starts");
        Optional<Instant> expires = moment(body, "expires");
        if (body.has("pem")) {
            ClientCertificate added = read(body.requiredText("pem"), "pem", expires);
            app.certificates().add(added);
            return Response.json(200, json(added));
        }
        Instant now = parts.organisation().clock().instant();
        SelfSigned made = SelfSigned.make(
                body.text("name").orElse(app.name()),
                moment(body, "starts").orElse(now.minus(Duration.ofHours(1))),
                expires.orElse(now.plus(LIFE)));
        ClientCertificate added = ClientCertificate.ofPem(made.certificatePem(), null);
        app.certificates().add(added);
        return Response.json(
                200, json(added).put("pem", made.certificatePem()).put("privateKey", made.privateKeyPem()));
    }

    void change(String clientId, String thumbprint, Request request) {
        App app = app(clientId, "certificates");
        ClientCertificate old = find(app, thumbprint);
        Instant expires = moment(Body.of(request, "expires"), "expires")
                .orElseThrow(() -> BadRequestException.field("expires", "is missing"));
        app.certificates().set(app.certificates().indexOf(old), old.expiring(expires));
    }

    void remove(String clientId, String thumbprint) {
        App app = app(clientId, "certificates");
        app.certificates().remove(find(app, thumbprint));
    }

    private static ClientCertificate find(App app, String thumbprint) {
        return app.certificates().stream()
                .filter(one -> one.thumbprint().equalsIgnoreCase(thumbprint)
                        || one.thumbprint256().equalsIgnoreCase(thumbprint))
                .findFirst()
                .orElseThrow(() -> BadRequestException.notFound("certificate " + thumbprint + " of this app"));
    }

    static List<ClientCertificate> read(List<String> pems) {
        return pems.stream()
                .map(pem -> read(pem, "certificates", Optional.empty()))
                .toList();
    }

    private static ClientCertificate read(String pem, String field, Optional<Instant> expires) {
        try {
            return ClientCertificate.ofPem(pem, expires.orElse(null));
        } catch (IllegalArgumentException e) {
            throw BadRequestException.field(field, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Instant> moment(Body body, String field) {
        return body.text(field).map(value -> {
            try {
                return Instant.parse(value);
            } catch (DateTimeException e) {
                throw BadRequestException.field(field, "must be a moment such as 2030-12-31T00:00:00Z");
            }
        });
    }

    static ObjectNode json(ClientCertificate one) {
        return Json.object()
                .put("thumbprint", one.thumbprint())
                .put("thumbprint256", one.thumbprint256())
                .put("subject", one.certificate().getSubjectX500Principal().getName())
                .put("starts", one.starts().toString())
                .put("expires", one.expires().toString());
    }
}
