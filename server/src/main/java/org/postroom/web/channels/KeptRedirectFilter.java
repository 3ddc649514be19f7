package org.postroom.web.channels;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.postroom.access.PublicUrl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers {@link KeptRedirect} as if it were the callback's own path. Where people reach Postroom at another host, the
 * browser is led there first: the session that waits for the sign-in is known at that host alone.
 */
final class KeptRedirectFilter extends OncePerRequestFilter {
    private final KeptRedirect kept;
    private final @Nullable String elsewhere;

    KeptRedirectFilter(KeptRedirect kept, PublicUrl publicUrl) {
        this.kept = kept;
        URI people = publicUrl.configured().orElse(null);
        this.elsewhere = people == null || people.toString().equalsIgnoreCase(kept.origin()) ? null : people.toString();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("GET") || !kept.isAt(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (elsewhere == null) {
            chain.doFilter(new AtCallback(request), response);
            return;
        }
        String query = request.getQueryString();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Location", elsewhere + ConnectAddress.PATH + (query == null ? "" : "?" + query));
    }

    /** The same request at the callback's path. */
    private static final class AtCallback extends HttpServletRequestWrapper {
        AtCallback(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return ConnectAddress.PATH;
        }

        @Override
        public String getServletPath() {
            return ConnectAddress.PATH;
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            int path = url.indexOf(super.getRequestURI());
            return url.replace(path < 0 ? url.length() : path, url.length(), ConnectAddress.PATH);
        }
    }
}
