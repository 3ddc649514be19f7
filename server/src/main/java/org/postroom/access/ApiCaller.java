package org.postroom.access;

import org.postroom.person.Role;
import org.springframework.security.core.AuthenticatedPrincipal;

/** The program behind a REST call; for {@code @AuthenticationPrincipal}. */
public record ApiCaller(String keyId, String name, Role role) implements AuthenticatedPrincipal {
    @Override
    public String getName() {
        return name;
    }
}
