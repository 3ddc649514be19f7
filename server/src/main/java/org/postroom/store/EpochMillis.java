package org.postroom.store;

import java.time.Instant;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** How a point in time stands in the database: milliseconds since 1970 UTC, the same on every database. */
public final class EpochMillis extends AbstractConverter<Long, Instant> {
    private static final long serialVersionUID = 1L;

    /** For generated code. */
    public EpochMillis() {
        super(Long.class, Instant.class);
    }

    @Override
    @SuppressWarnings("NullAway") // jOOQ passes null through converters
    public @Nullable Instant from(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    @SuppressWarnings("NullAway") // jOOQ passes null through converters
    public @Nullable Long to(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
