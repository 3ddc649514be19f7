package org.postroom.simulator.entra;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error with the trace Entra adds to it.
 *
 * @param traceId the request's
 * @param correlationId the client's {@code client-request-id}, or a new one
 */
record ErrorBody(AadError error, String traceId, String correlationId, String timestamp) {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    /** Refusals by a policy that a client can send back as {@code claims} when it asks the person. */
    private static final Set<Integer> CHALLENGED =
            Set.of(50074, 50076, 50078, 50079, 50097, 53000, 53001, 53002, 53003);

    private static final String CLAIMS =
            "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"c8d3a4f0-5f0e-4a8f-9a53-1d4b8a6b7c21\"]}}}";

    static ErrorBody of(AadError error, Request request, Clock clock) {
        String correlation = request.header("client-request-id")
                .filter(id -> id.matches("[0-9a-fA-F-]{36}"))
                .orElseGet(() -> UUID.randomUUID().toString());
        return new ErrorBody(error, request.id(), correlation, TIMESTAMP.format(clock.instant()));
    }

    String description() {
        return "AADSTS" + error.code() + ": " + error.text() + " Trace ID: " + traceId + " Correlation ID: "
                + correlationId + " Timestamp: " + timestamp;
    }

    String uri() {
        return "https://login.microsoftonline.com/error?code=" + error.code();
    }

    Response json() {
        ObjectNode body = Json.object();
        body.put("error", error.error());
        body.put("error_description", description());
        body.putArray("error_codes").add(error.code());
        body.put("timestamp", timestamp);
        body.put("trace_id", traceId);
        body.put("correlation_id", correlationId);
        body.put("error_uri", uri());
        if (error.suberror() != null) {
            body.put("suberror", error.suberror());
        }
        if (CHALLENGED.contains(error.code())) {
            body.put("claims", CLAIMS);
        }
        int status = switch (error.error()) {
            case "invalid_client" -> 401;
            case "temporarily_unavailable" -> error.code() == 90055 ? 429 : 503;
            default -> 400;
        };
        return Response.json(status, body).with("x-ms-request-id", traceId);
    }
}
