package org.postroom.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.postroom.person.People;
import org.postroom.person.Person;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Service;

/** Lets people in. Safe for use by many threads. */
@Service
public class FrontDoor {
    private final People people;
    private final SignInTries tries;
    private final SecurityContextRepository contexts;
    private final SessionAuthenticationStrategy sessions;
    private final RequestCache wanted;

    FrontDoor(
            People people,
            SignInTries tries,
            SecurityContextRepository contexts,
            SessionAuthenticationStrategy sessions,
            RequestCache wanted) {
        this.people = people;
        this.tries = tries;
        this.contexts = contexts;
        this.sessions = sessions;
        this.wanted = wanted;
    }

    /** What came of a try to sign in. */
    public sealed interface Result {
        /** This is them; {@link FrontDoor#letIn} opens their session. */
        record Welcome(Person person) implements Result {}

        /** The address or the password is not right, or the account is switched off; which of them is not told. */
        record NotRight() implements Result {}

        /** There were too many tries. */
        record TooMany(Duration pause) implements Result {}
    }

    /** Checks a password. */
    public Result check(String email, String password, String remoteAddress) {
        Optional<Duration> wait = tries.admit(email, remoteAddress);
        if (wait.isPresent()) {
            return new Result.TooMany(wait.get());
        }
        Optional<Person> person = people.withPassword(email, password);
        if (person.isEmpty()) {
            return new Result.NotRight();
        }
        tries.forgive(email, remoteAddress);
        return new Result.Welcome(person.get());
    }

    /**
     * Opens a session for somebody, under a new id and with a new CSRF token.
     *
     * @return the page they wanted before they were asked to sign in, as a path on this server; empty if none
     */
    public Optional<String> letIn(Person person, HttpServletRequest request, HttpServletResponse response) {
        var authentication = authentication(
                CurrentPerson.of(person),
                people.standing(person.id()).map(People.Standing::stamp).orElse(""));
        SavedRequest saved = wanted.getRequest(request, response);
        wanted.removeRequest(request, response);
        sessions.onAuthentication(authentication, request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(authentication);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        return Optional.ofNullable(saved).map(s -> path(URI.create(s.getRedirectUrl())));
    }

    private static String path(URI address) {
        String query = address.getRawQuery();
        return address.getRawPath() + (query == null ? "" : "?" + query);
    }

    static UsernamePasswordAuthenticationToken authentication(CurrentPerson person, String stamp) {
        var authentication = new UsernamePasswordAuthenticationToken(
                person,
                null,
                List.of(new SimpleGrantedAuthority("ROLE_" + person.role().name())));
        authentication.setDetails(stamp);
        return authentication;
    }
}
