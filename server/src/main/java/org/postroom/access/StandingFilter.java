package org.postroom.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.postroom.person.People;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session whose person was switched off or has a new password, and lets a new role count at once. */
final class StandingFilter extends OncePerRequestFilter {
    private final People people;

    StandingFilter(People people) {
        this.people = people;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return PageAccess.isStatic(request.getRequestURI()) || request.getSession(false) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof CurrentPerson person) {
            Optional<People.Standing> standing = people.standing(person.id())
                    .filter(s -> s.person().enabled() && s.stamp().equals(authentication.getDetails()));
            SecurityContext fresh = SecurityContextHolder.createEmptyContext();
            if (standing.isPresent()) {
                CurrentPerson now = CurrentPerson.of(standing.get().person());
                fresh.setAuthentication(
                        FrontDoor.authentication(now, standing.get().stamp()));
            } else {
                HttpSession session = request.getSession(false);
                if (session != null) {
                    session.invalidate();
                }
            }
            SecurityContextHolder.setContext(fresh);
        }
        chain.doFilter(request, response);
    }
}
