package org.postroom.web.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Conversations;
import org.postroom.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** The one place where a failure under {@code /api} becomes an answer. */
@Component
class Failures implements HandlerExceptionResolver, Ordered {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private final ProblemWriter problems;
    private final SecureRandom random = new SecureRandom();

    Failures(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!request.getRequestURI().startsWith("/api/")) {
            return null;
        }
        if (response.isCommitted()) {
            log.debug("{} {} ended in the middle of its answer", request.getMethod(), request.getRequestURI(), failure);
            return new ModelAndView();
        }
        Refusal refusal = refusal(request, response, failure);
        try {
            problems.write(request, response, refusal);
        } catch (IOException gone) {
            log.debug("Nobody waits for the answer to {}", request.getRequestURI(), gone);
        }
        return new ModelAndView();
    }

    private Refusal refusal(HttpServletRequest request, HttpServletResponse response, Exception failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof BodyLimit.TooLargeException tooLarge) {
                return Refusal.of(HttpStatus.CONTENT_TOO_LARGE, String.valueOf(tooLarge.getMessage()));
            }
        }
        return switch (failure) {
            case Refusal refusal -> refusal;
            case HttpMessageNotReadableException unreadable -> UnreadableBody.of(unreadable);
            case MethodArgumentTypeMismatchException mismatch ->
                Refusal.unreadable(mismatch.getName(), "'" + mismatch.getValue() + "' is not " + kind(mismatch));
            case MissingServletRequestParameterException missing ->
                Refusal.unreadable(missing.getParameterName(), "this is needed");
            case Conversations.BadCursorException cursor ->
                Refusal.unreadable("cursor", String.valueOf(cursor.getMessage()));
            case HttpRequestMethodNotSupportedException method -> method(method, response);
            case HttpMediaTypeNotSupportedException type ->
                Refusal.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        type.getContentType() == null
                                ? "Say what you send: Content-Type: " + MediaType.APPLICATION_JSON_VALUE + "."
                                : "'" + type.getContentType() + "' is not understood here; send "
                                        + MediaType.APPLICATION_JSON_VALUE + ".");
            case StoreException store ->
                Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, reference(request, store) + store.getMessage() + ".");
            case ErrorResponse known when known.getStatusCode().is4xxClientError() -> known(known);
            default ->
                Refusal.of(
                        HttpStatus.INTERNAL_SERVER_ERROR,
                        reference(request, failure)
                                + "Something went wrong in Postroom; its log has the details under this reference.");
        };
    }

    private static String kind(MethodArgumentTypeMismatchException mismatch) {
        Class<?> wanted = mismatch.getRequiredType();
        return wanted == Boolean.class || wanted == boolean.class ? "true or false" : "a whole number of that size";
    }

    private static Refusal method(HttpRequestMethodNotSupportedException method, HttpServletResponse response) {
        String[] supported = method.getSupportedMethods();
        String allowed =
                supported == null ? "" : Arrays.stream(supported).sorted().collect(Collectors.joining(", "));
        if (!allowed.isEmpty()) {
            response.setHeader("Allow", allowed);
        }
        return Refusal.of(
                HttpStatus.METHOD_NOT_ALLOWED,
                method.getMethod() + " is not offered at this address"
                        + (allowed.isEmpty() ? "." : "; use " + allowed + "."));
    }

    private static Refusal known(ErrorResponse known) {
        HttpStatus status = HttpStatus.valueOf(known.getStatusCode().value());
        return switch (status) {
            case NOT_FOUND ->
                Refusal.of(status, "There is nothing at this address; /api/openapi.json lists what there is.");
            case NOT_ACCEPTABLE ->
                Refusal.of(status, "This call answers in another format than the Accept header takes.");
            default -> Refusal.of(status, "The call was not understood.");
        };
    }

    private String reference(HttpServletRequest request, Exception failure) {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String reference = HexFormat.of().formatHex(bytes);
        log.error("Reference {}: {} {} failed", reference, request.getMethod(), request.getRequestURI(), failure);
        return "Reference " + reference + ". ";
    }
}
