package org.postroom.simulator.control;

import java.time.Duration;
import java.util.List;
import org.postroom.simulator.entra.Outage;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.User;

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
        Duration life = Body.of(request, "lifetime")
                .duration("lifetime")
                .orElseThrow(() -> BadRequestException.field("lifetime", "is missing"));
        if (life.isNegative() || life.isZero()) {
            throw BadRequestException.field("lifetime", "must be longer than nothing");
        }
        parts.entra().tokenLifetime(life);
    }

    void outage(Request request) {
        Body body = Body.of(request, "status", "times", "retryAfter", "body");
        String kind = body.text("body").orElse("json");
        if (!List.of("json", "html", "empty").contains(kind)) {
            throw BadRequestException.field("body", "must be json, html or empty");
        }
        parts.entra()
                .outage(new Outage(
                        body.number("status", 503, 200, 599),
                        body.number("times", 1, 0, 1_000_000),
                        (int) body.duration("retryAfter").orElse(Duration.ZERO).toSeconds(),
                        kind));
    }
}
