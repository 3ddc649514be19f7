package org.postroom.event;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Wakes whoever waits for news on this node. Says only that there is some: what it is, the event log tells. */
@Component
public class LiveUpdates {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private long count;

    /** How much has happened so far. */
    public long mark() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    void changed() {
        lock.lock();
        try {
            count++;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until more has happened than at that mark, or the time is over.
     *
     * @return the new mark
     */
    public long await(long mark, Duration most) {
        lock.lock();
        try {
            long left = most.toNanos();
            while (count <= mark && left > 0) {
                left = more.awaitNanos(left);
            }
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return mark;
        } finally {
            lock.unlock();
        }
    }
}
