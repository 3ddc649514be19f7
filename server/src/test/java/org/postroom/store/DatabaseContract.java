package org.postroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.postroom.store.tables.Tables.SETTING;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database does, whichever it is. */
@Timeout(60)
interface DatabaseContract {
    Database database();

    static String word() {
        return UUID.randomUUID().toString();
    }

    static int put(DSLContext sql, String name) {
        return sql.insertInto(SETTING)
                .set(SETTING.NAME, name)
                .set(SETTING.VALUE, "v")
                .execute();
    }

    default boolean there(String name) {
        return database().read(sql -> sql.fetchExists(SETTING, SETTING.NAME.eq(name)));
    }

    @Test
    default void whatIsWrittenIsThere() {
        String name = word();

        int rows = database().write(sql -> put(sql, name));

        assertThat(rows).isOne();
        assertThat(there(name)).isTrue();
    }

    @Test
    default void failureUndoesEverythingAndReachesTheCaller() {
        String name = word();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database().write(sql -> {
                    put(sql, name);
                    throw new IllegalStateException("no");
                }))
                .withMessage("no");

        assertThat(there(name)).isFalse();
    }

    @Test
    default void nestedWriteJoinsTheOuterOne() {
        String outer = word();
        String inner = word();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database().write(sql -> {
                    put(sql, outer);
                    database().write(nested -> put(nested, inner));
                    assertThat(there(inner)).isTrue();
                    throw new IllegalStateException("no");
                }));

        assertThat(there(outer)).isFalse();
        assertThat(there(inner)).isFalse();
    }

    @Test
    default void brokenRuleIsToldAndTheNextWriteGoesThrough() {
        String name = word();
        database().write(sql -> put(sql, name));

        assertThatExceptionOfType(org.jooq.exception.DataAccessException.class)
                .isThrownBy(() -> database().write(sql -> put(sql, name)));

        String next = word();
        database().write(sql -> put(sql, next));
        assertThat(there(next)).isTrue();
    }

    @Test
    default void fiftyThreadsWriteAndOneFailsAlone() throws Exception {
        List<String> names = new ArrayList<>();
        List<Callable<Integer>> pieces = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String name = word();
            names.add(name);
            boolean fails = i == 17;
            pieces.add(() -> database().write(sql -> {
                put(sql, name);
                if (fails) {
                    throw new IllegalStateException("the seventeenth");
                }
                return 1;
            }));
        }

        List<Future<Integer>> done;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            done = threads.invokeAll(pieces);
        }

        for (int i = 0; i < 50; i++) {
            Future<Integer> one = done.get(i);
            if (i == 17) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(one::get)
                        .withMessageContaining("the seventeenth");
            } else {
                assertThat(one.get()).isOne();
            }
            assertThat(there(names.get(i))).isEqualTo(i != 17);
        }
    }

    @Test
    default void followUpRunsOnlyAfterTheCommitAndMayWrite() {
        String name = word();
        String later = word();
        AtomicBoolean ran = new AtomicBoolean();

        database().write(sql -> {
            database().write(nested -> {
                database().afterCommit(() -> {
                    ran.set(there(name));
                    database().write(again -> put(again, later));
                });
                return put(nested, name);
            });
            assertThat(ran).isFalse();
            return 1;
        });

        assertThat(ran).isTrue();
        assertThat(there(later)).isTrue();
    }

    @Test
    default void followUpOfAFailedWriteNeverRuns() {
        AtomicBoolean ran = new AtomicBoolean();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database().write(sql -> {
                    database().afterCommit(() -> ran.set(true));
                    throw new IllegalStateException("no");
                }));
        database().write(sql -> put(sql, word()));

        assertThat(ran).isFalse();
    }

    @Test
    default void failingFollowUpChangesNothing() {
        String name = word();
        AtomicBoolean second = new AtomicBoolean();

        database().write(sql -> {
            database().afterCommit(() -> {
                throw new IllegalStateException("follow-up");
            });
            database().afterCommit(() -> second.set(true));
            return put(sql, name);
        });

        assertThat(there(name)).isTrue();
        assertThat(second).isTrue();
    }

    @Test
    default void outsideAWriteAFollowUpRunsAtOnce() {
        AtomicBoolean ran = new AtomicBoolean();

        database().afterCommit(() -> ran.set(true));

        assertThat(ran).isTrue();
    }

    @Test
    default void lockLetsOneInAtATimeWhoMayWrite() throws Exception {
        String lock = word();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Callable<Integer> work = () -> database().locked(lock, sql -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            int rows = database().write(write -> put(write, word()));
            inside.decrementAndGet();
            return rows;
        });

        List<Future<Integer>> done;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            done = threads.invokeAll(Collections.nCopies(40, work));
        }

        for (Future<Integer> one : done) {
            assertThat(one.get()).isOne();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    default void counterGoesUpWithoutGapOrRepeat() throws Exception {
        Set<Long> given = new ConcurrentSkipListSet<>();
        Callable<Boolean> take =
                () -> given.add(database().write(sql -> database().next(sql, "event", 2)));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : threads.invokeAll(Collections.nCopies(30, take))) {
                assertThat(one.get()).isTrue();
            }
        }

        long first = Collections.min(given);
        assertThat(given).hasSize(30).contains(first + 58);
    }
}
