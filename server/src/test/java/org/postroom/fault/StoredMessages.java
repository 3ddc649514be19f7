package org.postroom.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Counts the messages in a store over and over, by one connection as long as it holds. */
final class StoredMessages implements AutoCloseable {
    private final String url;
    private @Nullable Connection connection;

    StoredMessages(String url) {
        this.url = url;
    }

    /** How many there are; 0 while the store does not answer. */
    int count() {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(url);
            }
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("select count(*) from message")) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException notNow) {
            close();
            return 0;
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // Its server was killed.
            }
        }
    }
}
