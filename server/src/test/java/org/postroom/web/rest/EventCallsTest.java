package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventCallsTest extends RestTest {
    private List<String> cursorsBehind(String after, int limit) {
        List<String> cursors = new ArrayList<>();
        get("/api/v1/events?limit=" + limit + "&after=" + after)
                .json()
                .path("items")
                .forEach(event -> cursors.add(event.path("cursor").asString()));
        return cursors;
    }

    private String last() {
        String last = "0";
        for (List<String> page = cursorsBehind(last, 1000); !page.isEmpty(); page = cursorsBehind(last, 1000)) {
            last = page.getLast();
        }
        return last;
    }

    @Test
    void eventHasTheShapeOfTheContract() {
        String before = last();
        String id = receive(addChannel(), mail("Event"));

        Answer events = get("/api/v1/events?after=" + before);

        assertThat(events.json().at("/items/0").propertyNames())
                .containsExactlyInAnyOrder("cursor", "id", "type", "time", "subject", "data");
        assertThat(events.text()).contains("org.postroom.message.received", "conversation/" + id);
        assertThat(events.json().path("next").isNull()).isTrue();
    }

    @Test
    void everyEventComesOnceAndInOrder() {
        String before = last();
        String channel = addChannel();
        for (int i = 0; i < 4; i++) {
            receive(channel, mail("Order " + i));
        }
        List<String> whole = cursorsBehind(before, 1000);

        List<String> pages = new ArrayList<>();
        String next = before;
        do {
            Answer page = get("/api/v1/events?limit=2&after=" + next);
            page.json()
                    .path("items")
                    .forEach(event -> pages.add(event.path("cursor").asString()));
            next = page.at("/next");
        } while (!next.isEmpty());

        assertThat(pages).hasSizeGreaterThan(4).startsWith(whole.toArray(String[]::new));
        assertThat(pages.stream().map(Long::parseLong)).isSorted();
    }

    @Test
    void whoWaitsIsToldAtOnce() throws Exception {
        String channel = addChannel();
        String before = last();
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> get("/api/v1/events?wait=30&after=" + before));

        receive(channel, mail("News"));

        assertThat(waiting.get(20, TimeUnit.SECONDS).text()).contains("org.postroom.");
    }

    @Test
    void waitEndsEmptyHanded() {
        long start = System.nanoTime();

        Answer none = get("/api/v1/events?wait=1&after=999999999999");

        assertThat(none.json().path("items").isEmpty()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(800));
    }
}
