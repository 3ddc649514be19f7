package org.postroom.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.person.Role;

/**
 * What a program proves itself with. The key itself is not in here: it is shown once, when it is made.
 *
 * @param usedAt when it was last used, to within five minutes; null if never
 */
public record ApiKey(
        String id,
        String name,
        Role role,
        Instant createdAt,
        @Nullable Instant usedAt) {}
