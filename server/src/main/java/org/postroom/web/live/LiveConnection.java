package org.postroom.web.live;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open page. Its own virtual thread writes to it, so that a slow browser holds up nobody else; others only leave
 * notes for it.
 */
final class LiveConnection implements Runnable {
    /** Said instead of ids when there are too many of them: look at everything again. */
    private static final String EVERYTHING = "*";

    private static final int MOST_IDS = 200;

    private final String personId;
    private final String sessionId;
    private final SseEmitter emitter;
    private final Duration heartbeat;
    private final BooleanSupplier mayStay;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Set<String> changed = new LinkedHashSet<>();
    private boolean ended;

    /** @param mayStay asked at each heartbeat */
    LiveConnection(String personId, String sessionId, SseEmitter emitter, Duration heartbeat, BooleanSupplier mayStay) {
        this.personId = personId;
        this.sessionId = sessionId;
        this.emitter = emitter;
        this.heartbeat = heartbeat;
        this.mayStay = mayStay;
    }

    boolean isOf(String person) {
        return personId.equals(person);
    }

    boolean isOfSession(String session) {
        return sessionId.equals(session);
    }

    void tell(Set<String> conversationIds) {
        lock.lock();
        try {
            changed.addAll(conversationIds);
            if (changed.size() > MOST_IDS) {
                changed.clear();
                changed.add(EVERYTHING);
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            emitter.send(SseEmitter.event().name("hello").reconnectTime(2000).data("live"));
            while (true) {
                String ids = next();
                if (ids == null) {
                    break;
                }
                if (!ids.isEmpty()) {
                    emitter.send(SseEmitter.event().name("changed").data(ids));
                } else if (mayStay.getAsBoolean()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                } else {
                    break;
                }
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            // The page was closed: nobody is left to tell.
            emitter.completeWithError(e);
        }
    }

    /** Ids apart by spaces, empty when only the time is over, null at the end. */
    private @Nullable String next() {
        lock.lock();
        try {
            long left = heartbeat.toNanos();
            while (changed.isEmpty() && !ended && left > 0) {
                left = news.awaitNanos(left);
            }
            if (ended) {
                return null;
            }
            String ids = String.join(" ", changed);
            changed.clear();
            return ids;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }
}
