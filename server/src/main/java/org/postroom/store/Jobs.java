package org.postroom.store;

import static org.postroom.store.tables.Tables.SCHEDULED_TASKS;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceException;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All background work, by db-scheduler: a job is held by one node at a time, its heart-beat shows that the node lives, and
 * another node takes over when it stops. Jobs run on virtual threads. Safe for use by many threads.
 */
@Component
public class Jobs implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST_AT_ONCE = 2000;

    private final JobStore store;
    private final List<Task<?>> tasks;
    private final List<RecurringTask<?>> recurring;
    private final List<Stoppable> stoppables;
    private final JdbcCustomization dialect;
    private final SchedulerClient client;
    private volatile @Nullable Scheduler scheduler;

    /** Work that has to be told to come to an end before the scheduler waits for it. */
    public interface Stoppable {
        /** Ends soon whatever runs; returns at once. */
        void stopSoon();
    }

    Jobs(JobStore store, List<CustomTask<?>> tasks, List<RecurringTask<?>> recurring, List<Stoppable> stoppables) {
        this.store = store;
        this.tasks = List.copyOf(tasks);
        this.recurring = List.copyOf(recurring);
        this.stoppables = stoppables;
        this.dialect = store.database().postgres()
                ? new PostgreSqlJdbcCustomization(false, true)
                : new SqliteJdbcCustomization();
        this.client = SchedulerClient.Builder.create(store.connections())
                .jdbcCustomization(dialect)
                .build();
    }

    /**
     * Lets a job run at a time, unless the same one waits or runs already. Not within a write of the database: its own
     * statements need the writer.
     */
    public void schedule(TaskInstance<?> job, Instant time) {
        client.scheduleIfNotExists(job, time);
        hurry();
    }

    /** Lets a waiting job run now; does nothing if there is none, or it runs. */
    public void advance(TaskInstanceId job, Instant now) {
        try {
            client.getScheduledExecution(job)
                    .filter(e -> !e.isPicked() && e.getExecutionTime().isAfter(now))
                    .ifPresent(e -> client.reschedule(job, now));
        } catch (TaskInstanceException e) {
            log.debug("Job {} was taken up in the same moment", job, e);
        }
        hurry();
    }

    /** Looks for due jobs at once instead of at the next turn. */
    private void hurry() {
        Scheduler running = scheduler;
        if (running != null) {
            running.triggerCheckForDueExecutions();
        }
    }

    @Override
    public void start() {
        releaseOwn();
        Scheduler made = Scheduler.create(store.connections(), tasks)
                .startTasks(recurring)
                .schedulerName(new SchedulerName.Fixed(store.nodeId()))
                .executorService(Executors.newVirtualThreadPerTaskExecutor())
                .threads(MOST_AT_ONCE)
                .pollingInterval(Duration.ofSeconds(2))
                .heartbeatInterval(Duration.ofSeconds(5))
                .missedHeartbeatsLimit(6)
                .shutdownMaxWait(Duration.ofSeconds(10))
                .jdbcCustomization(dialect)
                .build();
        made.start();
        scheduler = made;
        hurry();
    }

    /** What this node held when it was killed: nobody else can be running under its name, the data folder is locked. */
    private void releaseOwn() {
        int released = store.database()
                .write(sql -> sql.update(SCHEDULED_TASKS)
                        .set(SCHEDULED_TASKS.PICKED, false)
                        .set(SCHEDULED_TASKS.PICKED_BY, (String) null)
                        .set(SCHEDULED_TASKS.VERSION, SCHEDULED_TASKS.VERSION.plus(1))
                        .where(SCHEDULED_TASKS.PICKED_BY.eq(store.nodeId()))
                        .execute());
        if (released > 0) {
            log.info("{} jobs that an earlier run left unfinished go on", released);
        }
    }

    @Override
    public void stop() {
        stoppables.forEach(Stoppable::stopSoon);
        Scheduler running = scheduler;
        scheduler = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public int getPhase() {
        // Before the web server stops, after it started: jobs need all beans.
        return SmartLifecycle.DEFAULT_PHASE - 4096;
    }
}
