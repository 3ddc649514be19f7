package org.postroom.web.shell;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postroom.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What is shown when something is not there, not allowed or went wrong: words and a reference, never a stack trace. */
@Controller
class ErrorPage implements ErrorController {
    private static final Logger log = LoggerFactory.getLogger(ErrorPage.class);
    private final SecureRandom random = new SecureRandom();

    /** What a person reads. */
    record Words(String title, String text) {}

    @RequestMapping("/error")
    Object error(HttpServletRequest request) {
        Words store = StoreException.behind(cause(request))
                .map(failure -> new Words("Nothing can be stored now", failure.getMessage() + "."))
                .orElse(null);
        HttpStatus status = store == null ? status(request) : HttpStatus.SERVICE_UNAVAILABLE;
        Words words = store == null ? words(status) : store;
        String path = String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI));
        String reference = status.is5xxServerError() ? reference(request, path) : null;
        if (path.startsWith("/api/") || path.startsWith("/actuator/")) {
            return problem(status, words, path, reference);
        }
        ModelAndView page = new ModelAndView("error", status);
        page.addObject("words", words);
        page.addObject("reference", reference);
        page.addObject("status", status.value());
        return page;
    }

    private static HttpStatus status(HttpServletRequest request) {
        HttpStatus known = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.resolve(code)
                : null;
        // Somebody who opens /error by hand finds nothing there.
        return known == null ? HttpStatus.NOT_FOUND : known;
    }

    private String reference(HttpServletRequest request, String path) {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String reference = HexFormat.of().formatHex(bytes);
        log.error("Reference {}: {} {} failed", reference, request.getMethod(), path, cause(request));
        return reference;
    }

    private static @Nullable Throwable cause(HttpServletRequest request) {
        return (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    }

    private static ResponseEntity<ProblemDetail> problem(
            HttpStatus status, Words words, String path, @Nullable String reference) {
        ProblemDetail problem = ProblemDetail.forStatus(status);
        problem.setDetail(words.text() + (reference == null ? "" : " Reference " + reference + "."));
        if (path.matches("[A-Za-z0-9/._~-]{1,500}")) {
            problem.setInstance(URI.create(path));
        }
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static Words words(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND ->
                new Words("There is nothing here", "The address is mistyped, or what was here has been deleted.");
            case FORBIDDEN ->
                new Words(
                        "You may not see this page",
                        "Your role does not allow it, or the page was open for too long. An administrator can change"
                                + " your role.");
            case METHOD_NOT_ALLOWED -> new Words("That cannot be done here", "The address does not take this call.");
            case CONTENT_TOO_LARGE -> new Words("That is too much at once", "What was sent is larger than allowed.");
            default ->
                status.is5xxServerError()
                        ? new Words(
                                "Something went wrong",
                                "It is not your fault, and nothing was changed by half. Try again; if it happens again,"
                                        + " give the reference to whoever runs Postroom: the log has the details under"
                                        + " it.")
                        : new Words("That was not understood", "The address or what was sent with it is not valid.");
        };
    }
}
