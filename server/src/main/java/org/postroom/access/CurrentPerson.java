package org.postroom.access;

import java.io.Serializable;
import org.postroom.person.Person;
import org.postroom.person.Role;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Who is signed in on a page; for {@code @AuthenticationPrincipal}. As fresh as the request. */
public record CurrentPerson(String id, String name, String email, Role role)
        implements AuthenticatedPrincipal, Serializable {
    /** This person, signed in. */
    public static CurrentPerson of(Person person) {
        return new CurrentPerson(person.id(), person.name(), person.email(), person.role());
    }

    /** Whether they may do what this role may. */
    public boolean may(Role needed) {
        return role.compareTo(needed) <= 0;
    }

    @Override
    public String getName() {
        return email;
    }
}
