package org.postroom.web.live;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.event.EventLog;
import org.postroom.person.People;
import org.postroom.person.Person;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages which conversations changed. One thread of its own follows the event log while anybody listens, so
 * that news of other nodes come through as well. Safe for use by many threads.
 */
@Component
public class LiveFeed implements SmartLifecycle, HttpSessionListener {
    /** Browsers open six connections to a server at most; a person may have more than one browser. */
    static final int MOST_PER_PERSON = 12;

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final String CONVERSATION = "conversation/";

    private final EventLog events;
    private final People people;
    private final Set<LiveConnection> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore somebody = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread watcher;

    LiveFeed(EventLog events, People people) {
        this.events = events;
        this.people = people;
    }

    /**
     * Opens a connection, which ends with the session.
     *
     * @return empty if this person has too many of them, or the server is stopping
     */
    public Optional<SseEmitter> open(String personId, String sessionId) {
        if (!running || connections.stream().filter(c -> c.isOf(personId)).count() >= MOST_PER_PERSON) {
            return Optional.empty();
        }
        SseEmitter emitter = new SseEmitter(0L);
        LiveConnection connection = new LiveConnection(
                personId,
                sessionId,
                emitter,
                HEARTBEAT,
                () -> people.find(personId).filter(Person::enabled).isPresent());
        Runnable gone = () -> {
            connections.remove(connection);
            connection.end();
        };
        emitter.onCompletion(gone);
        emitter.onTimeout(gone);
        emitter.onError(e -> gone.run());
        connections.add(connection);
        if (!running) {
            connection.end();
        }
        Thread.ofVirtual().name("live-page").start(() -> {
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        });
        somebody.release();
        return Optional.of(emitter);
    }

    /** How many pages listen. */
    int listeners() {
        return connections.size();
    }

    private void watch() {
        while (running) {
            try {
                somebody.tryAcquire(1, TimeUnit.SECONDS);
                somebody.drainPermits();
                follow();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (running) {
                    log.warn("Live news are late: the event log cannot be read", e);
                }
            }
        }
    }

    private void follow() {
        if (connections.isEmpty()) {
            return;
        }
        long cursor = events.newest();
        // What happened before the first look, the page has read for itself or reads now.
        tell(Set.of("*"));
        while (running && !connections.isEmpty()) {
            List<EventLog.Event> found = events.after(cursor, 500, LOOK);
            if (found.isEmpty()) {
                continue;
            }
            cursor = Long.parseLong(found.getLast().cursor());
            Set<String> changed = new LinkedHashSet<>();
            for (EventLog.Event event : found) {
                if (event.subject().startsWith(CONVERSATION)) {
                    changed.add(event.subject().substring(CONVERSATION.length()));
                }
            }
            if (!changed.isEmpty()) {
                tell(changed);
            }
        }
    }

    private void tell(Set<String> changed) {
        connections.forEach(connection -> connection.tell(changed));
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        String session = event.getSession().getId();
        connections.stream().filter(c -> c.isOfSession(session)).forEach(LiveConnection::end);
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofVirtual().name("live-feed").start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        somebody.release();
        connections.forEach(LiveConnection::end);
        Thread thread = watcher;
        if (thread != null) {
            try {
                thread.join(Duration.ofSeconds(3));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which waits for open requests. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE;
    }
}
