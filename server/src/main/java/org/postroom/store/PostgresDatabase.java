package org.postroom.store;

import static org.postroom.store.tables.Tables.COUNTER;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** PostgreSQL 15 or newer: a transaction per write on a pooled connection, row locks across nodes. */
final class PostgresDatabase implements Database {
    private final DSLContext pool;
    private final DSLContext locks;
    private final Map<String, ReentrantLock> own = new ConcurrentHashMap<>();

    /**
     * A database behind two pools.
     *
     * @param locks a small pool of its own, so that whoever holds a lock still finds a connection to write by
     */
    PostgresDatabase(DataSource pool, DataSource locks) {
        this.pool = DSL.using(pool, SQLDialect.POSTGRES, Dialects.SETTINGS);
        this.locks = DSL.using(locks, SQLDialect.POSTGRES, Dialects.SETTINGS);
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        Commit current = Commit.current();
        try {
            return work.apply(current == null ? pool : current.sql);
        } catch (DataAccessException e) {
            throw StoreException.named(e);
        }
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        Commit current = Commit.current();
        if (current != null) {
            return work.apply(current.sql);
        }
        Commit[] commit = new Commit[1];
        T result;
        try {
            result = pool.transactionResult(configuration -> {
                commit[0] = new Commit(configuration.dsl());
                commit[0].enter();
                try {
                    T written = work.apply(commit[0].sql);
                    commit[0].handOver();
                    return written;
                } finally {
                    Commit.leave();
                }
            });
        } catch (DataAccessException e) {
            throw StoreException.named(e);
        }
        Commit.runAll(commit[0].takeAfter());
        return result;
    }

    @Override
    public <T> T locked(String name, Function<DSLContext, T> work) {
        // Within the process one waits for the other here, so that a lock costs one connection, however many want it.
        ReentrantLock here = own.computeIfAbsent(name, n -> new ReentrantLock());
        here.lock();
        try {
            return lockedForAll(name, work);
        } finally {
            here.unlock();
        }
    }

    private <T> T lockedForAll(String name, Function<DSLContext, T> work) {
        locks.execute("insert into row_lock (name) values (?) on conflict do nothing", name);
        return locks.transactionResult(configuration -> {
            configuration.dsl().fetch("select name from row_lock where name = ? for update", name);
            return work.apply(pool);
        });
    }

    @Override
    public long next(DSLContext sql, String counter, int howMany) {
        // The row stays locked until the commit: values become visible in their order.
        return Objects.requireNonNull(sql.update(COUNTER)
                        .set(COUNTER.VALUE, COUNTER.VALUE.plus(howMany))
                        .where(COUNTER.NAME.eq(counter))
                        .returningResult(COUNTER.VALUE)
                        .fetchOne(COUNTER.VALUE))
                - howMany
                + 1;
    }

    @Override
    public boolean postgres() {
        return true;
    }
}
