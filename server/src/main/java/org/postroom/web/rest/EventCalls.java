package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.event.EventLog;
import org.postroom.event.EventLog.Event;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The log of what happened. A call that waits holds a virtual thread and nothing else. */
@RestController
@Tag(name = "events")
class EventCalls {
    private static final int LONGEST_WAIT = 60;
    private static final int MOST = 1000;

    private final EventLog events;

    EventCalls(EventLog events) {
        this.events = events;
    }

    @Operation(
            operationId = "listEvents",
            summary = "What happened behind a cursor, oldest first, at least once",
            description = "Go on behind the cursor of the last event. next is null where there is no more for now.")
    @GetMapping("/api/v1/events")
    Listing<Event> list(
            @Parameter(description = "Cursor of the last event known; all events if left out.")
                    @RequestParam(required = false)
                    @Nullable
                    String after,
            @Parameter(description = "Seconds to wait if there is nothing yet, 0 to 60.")
                    @RequestParam(defaultValue = "0")
                    int wait,
            @Parameter(description = "1 to 1000.") @RequestParam(defaultValue = "100") int limit) {
        long cursor = cursor(after);
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw Refusal.unreadable("wait", "use 0 to " + LONGEST_WAIT + " seconds");
        }
        if (limit < 1 || limit > MOST) {
            throw Refusal.unreadable("limit", "use 1 to " + MOST);
        }
        List<Event> found = events.after(cursor, limit, Duration.ofSeconds(wait));
        return new Listing<>(found, found.size() == limit ? found.getLast().cursor() : null);
    }

    private static long cursor(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return 0;
        }
        if (!after.matches("\\d{1,18}")) {
            throw Refusal.unreadable("after", "it is no event's cursor; leave it out to start at the beginning");
        }
        return Long.parseLong(after);
    }
}
