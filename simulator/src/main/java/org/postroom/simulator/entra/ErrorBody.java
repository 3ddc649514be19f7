package org.postroom.simulator.entra;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
        int status = switch (error.error()) {
            case "invalid_client" -> 401;
            case "temporarily_unavailable" -> error.code() == 90055 ? 429 : 503;
            default -> 400;
        };
        return Response.json(status, body).with("x-ms-request-id", traceId);
    }
}
