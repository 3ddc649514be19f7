package org.postroom.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where things are kept.
 *
 * @param data the data folder
 * @param databaseUrl JDBC URL of a PostgreSQL database; SQLite in the data folder if empty
 */
@ConfigurationProperties("postroom.store")
public record StoreSettings(
        @DefaultValue("data") Path data,
        @Nullable String databaseUrl,
        @Nullable String databaseUsername,
        @Nullable String databasePassword) {
    /** Whether a PostgreSQL database was named. */
    public boolean postgres() {
        return databaseUrl != null && !databaseUrl.isBlank();
    }

    /** Never shows the password. */
    @Override
    public String toString() {
        return "StoreSettings[data=" + data + ", postgres=" + postgres() + "]";
    }
}
