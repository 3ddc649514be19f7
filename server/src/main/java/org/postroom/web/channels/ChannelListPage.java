package org.postroom.web.channels;

import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** All email channels: sorted, filtered, paged, and live. */
@Controller
class ChannelListPage {
    private static final int PAGE = 50;
    private static final Comparator<String> WORDS = String.CASE_INSENSITIVE_ORDER;
    private static final Map<String, Comparator<ChannelRow>> ORDERS = Map.of(
            "state", Comparator.comparing(ChannelRow::status).thenComparing(ChannelRow::name, WORDS),
            "name", Comparator.comparing(ChannelRow::name, WORDS),
            "address", Comparator.comparing(ChannelRow::address, WORDS),
            "incoming", Comparator.comparing(ChannelRow::incoming, WORDS).thenComparing(ChannelRow::name, WORDS),
            "outgoing", Comparator.comparing(ChannelRow::outgoing, WORDS).thenComparing(ChannelRow::name, WORDS),
            "proven", Comparator.comparing(ChannelListPage::proven).thenComparing(ChannelRow::name, WORDS),
            "imported", Comparator.comparing(ChannelRow::imported).thenComparing(ChannelRow::name, WORDS));

    private static final Map<String, String> COLUMNS = columns();

    private final Channels channels;
    private final ChannelStates states;
    private final Clock clock;

    ChannelListPage(Channels channels, ChannelStates states, Clock clock) {
        this.channels = channels;
        this.states = states;
        this.clock = clock;
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("state", "State");
        columns.put("name", "Channel name");
        columns.put("address", "Email address");
        columns.put("incoming", "Incoming mail server");
        columns.put("outgoing", "Outgoing Mail Server");
        columns.put("proven", "Last proven");
        columns.put("imported", "Imported");
        return Collections.unmodifiableMap(columns);
    }

    /**
     * What of the list is shown.
     *
     * @param sort a column, with a minus in front to turn it around
     */
    record View(String q, String sort, int page, int pages, int found, int all) {
        /** The order that a click on a column's head asks for. */
        public String by(String column) {
            return sort.equals(column) ? "-" + column : column;
        }

        /** For assistive technology, and for the arrow. */
        public @Nullable String direction(String column) {
            return sort.equals(column) ? "ascending" : sort.equals("-" + column) ? "descending" : null;
        }
    }

    @GetMapping("/channels")
    String channels() {
        return "redirect:/channels/email";
    }

    @GetMapping("/channels/email")
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "name") String sort,
            @RequestParam(defaultValue = "1") String page,
            @RequestHeader(value = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        String column = sort.startsWith("-") ? sort.substring(1) : sort;
        Comparator<ChannelRow> order = Objects.requireNonNull(ORDERS.getOrDefault(column, ORDERS.get("name")));
        List<Channel> all = channels.all();
        Map<String, ChannelState> known =
                states.of(all.stream().map(Channel::id).toList());
        String words = q.strip().toLowerCase(Locale.ROOT);
        List<ChannelRow> found = all.stream()
                .map(channel -> ChannelRow.of(channel, known.get(channel.id()), clock.instant()))
                .filter(row -> row.matches(words))
                .sorted(sort.startsWith("-") ? order.reversed() : order)
                .toList();
        int pages = Math.max(1, (found.size() + PAGE - 1) / PAGE);
        int wanted = page.matches("[1-9][0-9]{0,5}") ? Math.min(Integer.parseInt(page), pages) : 1;
        int from = (wanted - 1) * PAGE;
        model.addAttribute("columns", COLUMNS);
        model.addAttribute("rows", found.subList(from, Math.min(from + PAGE, found.size())));
        model.addAttribute(
                "view",
                new View(
                        q.strip(),
                        ORDERS.containsKey(column) ? sort : "name",
                        wanted,
                        pages,
                        found.size(),
                        all.size()));
        return htmx == null ? "channels/list" : "channels/list :: channel-table";
    }

    private static Instant proven(ChannelRow row) {
        return row.provenAt() == null ? Instant.EPOCH : row.provenAt();
    }
}
