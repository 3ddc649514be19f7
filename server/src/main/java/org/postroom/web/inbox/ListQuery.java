package org.postroom.web.inbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Conversations.Filter;
import org.postroom.conversation.State;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** What the list shows, as the address says it. What cannot be understood is left out. */
record ListQuery(View view, String words, @Nullable String channel) {
    private static final int LONGEST_WORDS = 200;

    /** The four views of the list. */
    enum View {
        OPEN("Open work", List.of(State.NEW, State.OPEN)),
        WAITING("Waiting", List.of(State.WAITING)),
        CLOSED("Closed", List.of(State.CLOSED)),
        ALL("All", null),
        /** Shown only while there are some. */
        UNDELIVERED("Not delivered", null);

        private final String title;
        private final @Nullable List<State> states;

        View(String title, @Nullable List<State> states) {
            this.title = title;
            this.states = states;
        }

        public String title() {
            return title;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ListQuery of(@Nullable String view, @Nullable String words, @Nullable String channel) {
        View known = View.OPEN;
        for (View one : View.values()) {
            if (one.word().equals(view)) {
                known = one;
            }
        }
        String cut = words == null ? "" : words.strip();
        return new ListQuery(
                known,
                cut.length() > LONGEST_WORDS ? cut.substring(0, LONGEST_WORDS) : cut,
                channel == null || channel.isBlank() ? null : channel);
    }

    /** The one in the address of a page; the plain one if there is none. */
    static ListQuery ofAddress(@Nullable String address) {
        if (address == null) {
            return of(null, null, null);
        }
        try {
            var found = UriComponentsBuilder.fromUriString(address).build().getQueryParams();
            return of(found.getFirst("view"), decode(found.getFirst("q")), decode(found.getFirst("channel")));
        } catch (IllegalArgumentException e) {
            return of(null, null, null);
        }
    }

    private static @Nullable String decode(@Nullable String part) {
        return part == null ? null : UriUtils.decode(part.replace("+", " "), StandardCharsets.UTF_8);
    }

    Filter filter() {
        return new Filter(
                channel, null, view.states, null, null, words.isEmpty() ? null : words, view == View.UNDELIVERED);
    }

    /** Whether anything but the view narrows the list. */
    public boolean narrowed() {
        return !words.isEmpty() || channel != null;
    }

    public ListQuery in(View other) {
        return new ListQuery(other, words, channel);
    }

    public ListQuery everything() {
        return new ListQuery(View.ALL, words, channel);
    }

    public ListQuery cleared() {
        return new ListQuery(view, "", null);
    }

    /** As the end of an address: empty, or with a question mark in front. */
    public String suffix() {
        return suffix(null);
    }

    /** The same with a cursor. */
    public String suffix(@Nullable String cursor) {
        List<String> parts = new ArrayList<>();
        if (view != View.OPEN) {
            parts.add("view=" + view.word());
        }
        if (!words.isEmpty()) {
            parts.add("q=" + encode(words));
        }
        if (channel != null) {
            parts.add("channel=" + encode(channel));
        }
        if (cursor != null) {
            parts.add("cursor=" + encode(cursor));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encode(String text) {
        return UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
