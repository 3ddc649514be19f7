package org.postroom.simulator.entra;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a resource reads in a token whose signature is right.
 *
 * @param audience the resource it is for
 * @param scopes delegated permissions, from {@code scp}
 * @param roles application permissions
 * @param upn who signed in; null for an app of its own
 * @param objectId of the user or of the app's enterprise application
 */
public record AccessToken(
        String audience,
        Set<String> scopes,
        Set<String> roles,
        @Nullable String upn,
        String objectId,
        String tenantId,
        Instant expires) {}
