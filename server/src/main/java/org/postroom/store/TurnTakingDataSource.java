package org.postroom.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections that hold the writer's turn from the moment they are handed out until they are closed. SQLite lets one
 * connection write at a time and makes the others poll; a fair lock within the process is quicker and starves nobody.
 */
final class TurnTakingDataSource extends DelegatingDataSource {
    private final ReentrantLock turn;

    TurnTakingDataSource(DataSource target, ReentrantLock turn) {
        super(target);
        this.turn = turn;
    }

    @Override
    public Connection getConnection() throws SQLException {
        turn.lock();
        try {
            return returning(super.getConnection());
        } catch (SQLException | RuntimeException e) {
            turn.unlock();
            throw e;
        }
    }

    private Connection returning(Connection connection) {
        boolean[] closed = new boolean[1];
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    } finally {
                        if (method.getName().equals("close") && !closed[0]) {
                            closed[0] = true;
                            turn.unlock();
                        }
                    }
                });
    }
}
