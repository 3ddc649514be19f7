package org.postroom.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.postroom.person.People;
import org.springframework.web.filter.OncePerRequestFilter;

/** While nobody has an account, every page is the one that says how to make the first. */
final class FirstRunFilter extends OncePerRequestFilter {
    private static final String PAGE = "/first-run";

    private final People people;

    FirstRunFilter(People people) {
        this.people = people;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals(PAGE) || path.equals("/session") || PageAccess.isStatic(path);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (people.nobody()) {
            response.sendRedirect(PAGE);
        } else {
            chain.doFilter(request, response);
        }
    }
}
