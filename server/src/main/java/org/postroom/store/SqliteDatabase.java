package org.postroom.store;

import static org.postroom.store.tables.Tables.COUNTER;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * SQLite in WAL mode with {@code synchronous=FULL}. One platform thread does all writing and puts what waits into one
 * transaction, so that many writers share one flush; each piece stands behind its own savepoint and fails alone.
 */
final class SqliteDatabase implements Database, AutoCloseable {
    private static final int MOST_IN_ONE_COMMIT = 256;

    private final DSLContext readers;
    private final Connection writer;
    private final ReentrantLock turn;
    private final BlockingQueue<Work<?>> waiting = new ArrayBlockingQueue<>(1024);
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the writing thread.
     *
     * @param turn who may write now; shared with the job scheduler, which writes by connections of its own
     */
    SqliteDatabase(DataSource readers, Connection writer, ReentrantLock turn) {
        this.readers = DSL.using(readers, SQLDialect.SQLITE, Dialects.SETTINGS);
        this.writer = writer;
        this.turn = turn;
        this.thread = Thread.ofPlatform().name("database-writer").daemon(true).unstarted(this::writeForEver);
    }

    SqliteDatabase start() {
        thread.start();
        return this;
    }

    @Override
    public <T> T read(Function<DSLContext, T> work) {
        Commit current = Commit.current();
        return work.apply(current == null ? readers : current.sql);
    }

    @Override
    public <T> T write(Function<DSLContext, T> work) {
        Commit current = Commit.current();
        if (current != null) {
            return work.apply(current.sql);
        }
        if (closed) {
            throw new StoreException("The database is closed");
        }
        var item = new Work<>(work);
        boolean queued = false;
        try {
            waiting.put(item);
            queued = true;
            if (closed) {
                item.done.completeExceptionally(new StoreException("The database is closed"));
            }
            T result = item.done.get();
            item.followUp();
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            // The piece may still be written: the caller must not assume either way, its follow-ups must not be lost.
            if (queued) {
                Thread.startVirtualThread(item::followUpWhenDone);
            }
            throw new StoreException("Interrupted while waiting for the database", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw unwrapped(e.getCause() == null ? e : e.getCause());
        }
    }

    private static RuntimeException unwrapped(Throwable cause) {
        if (cause instanceof CompletionException && cause.getCause() != null) {
            return unwrapped(cause.getCause());
        }
        return StoreException.named(
                cause instanceof RuntimeException known
                        ? known
                        : new StoreException("The database failed: " + cause.getMessage(), cause));
    }

    @Override
    public <T> T locked(String name, Function<DSLContext, T> work) {
        ReentrantLock lock = locks.computeIfAbsent(name, n -> new ReentrantLock());
        lock.lock();
        try {
            return work.apply(readers);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long next(DSLContext sql, String counter, int howMany) {
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
        return false;
    }

    private void writeForEver() {
        List<Work<?>> batch = new ArrayList<>();
        while (!closed) {
            try {
                batch.add(waiting.take());
                waiting.drainTo(batch, MOST_IN_ONE_COMMIT - 1);
                writeTogether(batch);
            } catch (InterruptedException e) {
                break;
            } finally {
                batch.clear();
            }
        }
        waiting.forEach(w -> w.fail(new StoreException("The database is closed")));
    }

    private void writeTogether(List<Work<?>> batch) {
        turn.lock();
        Commit commit = new Commit(DSL.using(writer, SQLDialect.SQLITE, Dialects.SETTINGS));
        List<Work<?>> good = new ArrayList<>(batch.size());
        try {
            execute("begin immediate");
            commit.enter();
            for (Work<?> work : batch) {
                if (batch.size() == 1) {
                    work.run(commit);
                    good.add(work);
                } else if (behindSavepoint(work, commit)) {
                    good.add(work);
                }
            }
            Commit.leave();
            execute("commit");
        } catch (SQLException | RuntimeException | Error e) {
            Commit.leave();
            rollBack();
            batch.forEach(w -> w.fail(e));
            return;
        } finally {
            turn.unlock();
        }
        good.forEach(Work::succeed);
    }

    private boolean behindSavepoint(Work<?> work, Commit commit) throws SQLException {
        execute("savepoint piece");
        try {
            work.run(commit);
            execute("release piece");
            return true;
        } catch (RuntimeException | Error e) {
            commit.forget();
            execute("rollback to piece");
            execute("release piece");
            work.fail(e);
            return false;
        }
    }

    private void execute(String statement) throws SQLException {
        try (var s = writer.createStatement()) {
            s.execute(statement);
        }
    }

    private void rollBack() {
        try {
            execute("rollback");
        } catch (SQLException alreadyRolledBack) {
            // SQLite has undone the transaction by itself, as it does when the disk is full.
        }
    }

    @Override
    public void close() throws SQLException {
        closed = true;
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
    }

    private static final class Work<T> {
        private final Function<DSLContext, T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private @Nullable T result;
        private List<Runnable> after = List.of();

        Work(Function<DSLContext, T> work) {
            this.work = work;
        }

        void run(Commit commit) {
            result = work.apply(commit.sql);
            commit.handOver();
            after = commit.takeAfter();
        }

        /** On the thread of whoever asked: a follow-up may write again, for which the writing thread must be free. */
        void followUp() {
            Commit.runAll(after);
        }

        void followUpWhenDone() {
            if (done.handle((written, failure) -> failure == null).join()) {
                followUp();
            }
        }

        @SuppressWarnings("NullAway") // T may itself be nullable
        void succeed() {
            done.complete(result);
        }

        void fail(Throwable why) {
            done.completeExceptionally(why);
        }
    }
}
