package org.postroom.web.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.ApiCaller;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes unsafe calls with an {@code Idempotency-Key} happen once: the same call again gets the stored answer. Only what
 * was done is stored; a call that was refused changed nothing, and its key stays free.
 */
final class IdempotencyFilter extends OncePerRequestFilter {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final Set<String> UNSAFE = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final int LONGEST = 255;

    private final IdempotencyKeys keys;
    private final ProblemWriter problems;
    private final JsonMapper json;

    IdempotencyFilter(IdempotencyKeys keys, ProblemWriter problems, JsonMapper json) {
        this.keys = keys;
        this.problems = problems;
        this.json = json;
    }

    /** An answer as it is kept. */
    record Kept(@Nullable String contentType, @Nullable String location, String body) {}

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // A new sign-in address is a secret for its short life and harms nobody if made twice.
        return request.getHeader(HEADER) == null
                || !UNSAFE.contains(request.getMethod())
                || request.getRequestURI().endsWith("/connect");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String entered =
                Objects.requireNonNullElse(request.getHeader(HEADER), "").strip();
        if (entered.isEmpty() || entered.length() > LONGEST || entered.chars().anyMatch(c -> c < ' ' || c > '~')) {
            problems.write(
                    request,
                    response,
                    Refusal.unreadable(HEADER, "use 1 to " + LONGEST + " printable ASCII characters, such as a UUID"));
            return;
        }
        BufferedBody buffered = BufferedBody.of(request);
        String key = keys.hash(bytes(caller(request)), bytes(entered));
        String call = request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString();
        switch (keys.claim(key, keys.hash(bytes(call), buffered.body()))) {
            case IdempotencyKeys.Claim.Mine m -> run(key, buffered, response, chain);
            case IdempotencyKeys.Claim.Answered(int status, String stored) -> replay(status, stored, response);
            case IdempotencyKeys.Claim.Running r ->
                problems.write(
                        request,
                        response,
                        Refusal.conflict("A call with this Idempotency-Key is being handled, or was cut short. Look"
                                + " whether it took effect before you repeat it with another key."));
            case IdempotencyKeys.Claim.OtherCall o ->
                problems.write(
                        request,
                        response,
                        Refusal.of(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "This Idempotency-Key was used for another call; use a new one for each."));
        }
    }

    /** One program's keys are no business of another. */
    private static String caller(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication signedIn
                        && signedIn.getPrincipal() instanceof ApiCaller caller
                ? caller.keyId()
                : "";
    }

    private void run(String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper cached = new ContentCachingResponseWrapper(response);
        boolean done = false;
        try {
            chain.doFilter(request, cached);
            done = cached.getStatus() < 300;
            if (done) {
                keys.finish(key, cached.getStatus(), kept(cached));
            }
        } finally {
            if (!done) {
                keys.release(key);
            }
        }
        cached.copyBodyToResponse();
    }

    private String kept(ContentCachingResponseWrapper response) {
        String body = new String(response.getContentAsByteArray(), StandardCharsets.UTF_8);
        if (!body.isEmpty() && json.readTree(body) instanceof ObjectNode answer && answer.has(ApiKeyCalls.SECRET)) {
            // Shown once, kept never.
            body = json.writeValueAsString(answer.putNull(ApiKeyCalls.SECRET));
        }
        return json.writeValueAsString(
                new Kept(response.getContentType(), response.getHeader(HttpHeaders.LOCATION), body));
    }

    private void replay(int status, String stored, HttpServletResponse response) throws IOException {
        Kept kept = json.readValue(stored, Kept.class);
        response.setStatus(status);
        response.setHeader(REPLAYED, "true");
        if (kept.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, kept.location());
        }
        if (kept.contentType() != null) {
            response.setContentType(kept.contentType());
        }
        response.getOutputStream().write(bytes(kept.body()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
