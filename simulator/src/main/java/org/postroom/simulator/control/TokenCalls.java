package org.postroom.simulator.control;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.simulator.entra.Outage;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.TokenLives;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens without sign-in, their life, and outages of the token endpoint. */
record TokenCalls(Control.Parts parts) {
    Response token(Request request) {
        Body body = Body.of(request, "user", "clientId", "scopes", "lifetime");
        Duration life = body.duration("lifetime").orElse(parts.entra().tokenLifetime());
        App app = body.text("clientId")
                .map(id -> parts.organisation()
                        .app(id)
                        .orElseThrow(() -> BadRequestException.field("clientId", "there is no app " + id)))
                .orElseGet(() -> parts.organisation().apps().stream()
                        .findFirst()
                        .orElseThrow(() -> BadRequestException.notFound("app")));
        String token;
        if (body.has("user")) {
            String upn = body.requiredText("user");
            User user = parts.organisation()
                    .user(upn)
                    .orElseThrow(() -> BadRequestException.field("user", "there is no user " + upn));
            token = issue(user, app, scopes(body), life);
        } else {
            token = parts.entra().issue(app, life);
        }
        return Response.json(200, Json.object().put("access_token", token).put("expires_in", life.toSeconds()));
    }

    private String issue(User user, App app, String scopes, Duration life) {
        try {
            return parts.entra().issue(user, app, scopes, life);
        } catch (IllegalArgumentException e) {
            throw BadRequestException.field("scopes", String.valueOf(e.getMessage()));
        }
    }

    private static String scopes(Body body) {
        if (!body.has("scopes")) {
            return "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send";
        }
        List<String> list =
                body.json().path("scopes").isArray() ? body.texts("scopes") : List.of(body.requiredText("scopes"));
        return String.join(" ", list);
    }

    void lifetime(Request request) {
        Body body = Body.of(request, "lifetime", "code", "refreshIdle");
        Optional<Duration> life = positive(body, "lifetime");
        Optional<Duration> code = positive(body, "code");
        Optional<Duration> idle = positive(body, "refreshIdle");
        if (life.isEmpty() && code.isEmpty() && idle.isEmpty()) {
            throw BadRequestException.field("lifetime", "is missing, and so are code and refreshIdle");
        }
        life.ifPresent(parts.entra()::tokenLifetime);
        parts.entra()
                .tokenLives(old ->
                        new TokenLives(old.accessToken(), code.orElse(old.code()), idle.orElse(old.refreshIdle())));
    }

    private static Optional<Duration> positive(Body body, String field) {
        Optional<Duration> span = body.span(field);
        if (span.filter(Duration::isZero).isPresent()) {
            throw BadRequestException.field(field, "must be longer than nothing");
        }
        return span;
    }

    void outage(Request request) {
        Body body = Body.of(request, "endpoint", "about", "status", "times", "retryAfter", "wait", "body");
        String kind = body.text("body").orElse("json");
        String endpoint = body.text("endpoint").orElse("token");
        parts.entra()
                .outage(new Outage(
                        Arrays.stream(Outage.Endpoint.values())
                                .filter(one -> one.name().equalsIgnoreCase(endpoint))
                                .findFirst()
                                .orElseThrow(() -> BadRequestException.field(
                                        "endpoint", "must be token, devicecode, authorize, discovery or keys")),
                        body.text("about").orElse(null),
                        body.number("status", 503, 200, 599),
                        body.number("times", 1, 0, 1_000_000),
                        body.span("retryAfter").orElse(Duration.ZERO),
                        body.span("wait").orElse(Duration.ZERO),
                        Outage.Kind.of(kind)
                                .orElseThrow(() ->
                                        BadRequestException.field("body", "must be one of " + Outage.Kind.words()))));
    }

    Response outages() {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (Outage outage : parts.entra().outages()) {
            items.addObject()
                    .put("endpoint", outage.endpoint().name().toLowerCase(Locale.ROOT))
                    .put("about", outage.about())
                    .put("status", outage.status())
                    .put("times", outage.times())
                    .put("retryAfter", outage.retryAfter().toString())
                    .put("wait", outage.pause().toString())
                    .put("body", outage.kind().word());
        }
        return Response.json(200, json);
    }

    /** Signs with a new key; the old ones stay published unless the call says otherwise. */
    Response rollKeys(Request request) {
        boolean withdraw = Body.of(request, "withdrawOld").flag("withdrawOld").orElse(false);
        return Response.json(200, Json.object().put("kid", parts.entra().rollKeys(withdraw)));
    }
}
