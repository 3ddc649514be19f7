package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/**
 * What a browser gets that may not see a page: the way to sign in, or a page that says no. A request of htmx gets the
 * bare status instead, and the page it came from stays as it is, with all that was typed.
 */
final class PageAccess implements AuthenticationEntryPoint, AccessDeniedHandler {
    /** Set where the session, and the CSRF token with it, is no longer the one the page was made in. */
    static final String EXPIRED = "X-Postroom-Session";

    private static final List<String> STATIC =
            List.of("/postroom", "/theme", "/icons", "/favicon", "/webjars/", "/static/");

    /** Files everybody gets, by the start of their path; see {@link SecurityConfiguration}. */
    static boolean isStatic(String path) {
        return STATIC.stream().anyMatch(path::startsWith);
    }

    private static boolean byHtmx(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    /** Remembers which page somebody wanted to see before they were asked to sign in: whole pages only. */
    @SuppressWarnings("NullAway") // null is how the parameter is left out
    static HttpSessionRequestCache wanted() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        cache.setRequestMatcher(request -> {
            String accept = request.getHeader("Accept");
            return HttpMethod.GET.matches(request.getMethod())
                    && !byHtmx(request)
                    && !isStatic(request.getRequestURI())
                    && (accept == null || accept.contains("text/html"));
        });
        return cache;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
            throws IOException {
        if (byHtmx(request)) {
            response.setHeader(EXPIRED, "ended");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect("/sign-in");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        if (why instanceof CsrfException) {
            response.setHeader(EXPIRED, "other");
            if (request.getRequestURI().equals("/sign-in")) {
                response.sendRedirect("/sign-in?again");
                return;
            }
        }
        if (byHtmx(request)) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        } else {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}
