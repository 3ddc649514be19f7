package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Conversations.BadCursorException;
import org.postroom.conversation.Conversations.Filter;
import org.postroom.conversation.Views.Page;
import org.postroom.conversation.Views.Row;
import org.postroom.desk.Desk;
import org.springframework.stereotype.Component;

/** Reads the list as the page shows it. Safe for use by many threads. */
@Component
class ListReader {
    static final int PAGE = 40;
    private static final int MOST = 400;
    private static final int COUNTED = 1000;

    private final Desk desk;
    private final ConversationReader reader;

    ListReader(Desk desk, ConversationReader reader) {
        this.desk = desk;
        this.reader = reader;
    }

    /**
     * The list.
     *
     * @param more address of the next page, null on the last
     * @param current the conversation that is open beside it
     * @param nothingAtAll whether there is no conversation whatever the view
     */
    record ListView(
            ListQuery query,
            List<Tab> tabs,
            Map<String, String> channels,
            List<RowView> rows,
            @Nullable String more,
            @Nullable String current,
            boolean nothingAtAll) {}

    /** A view to choose. */
    record Tab(
            String title,
            String word,
            String suffix,
            boolean chosen,
            @Nullable String count) {}

    /**
     * A page of the list.
     *
     * @param cursor what the page before gave, or null; one that is not ours starts at the beginning
     * @param size how many rows; bounded
     */
    ListView read(ListQuery query, @Nullable String cursor, int size, @Nullable String current) {
        Map<String, String> channels = reader.channelNames();
        Page<Row> page = page(query, cursor, Math.clamp(size, 1, MOST));
        List<RowView> rows = page.items().stream()
                .map(row -> RowView.of(row, ConversationReader.name(channels, row.channel())))
                .toList();
        boolean nothing =
                rows.isEmpty() && desk.list(Filter.ALL, null, 1).items().isEmpty();
        String more = page.next() == null ? null : query.suffix(page.next());
        return new ListView(query, tabs(query), channels, rows, more, current, nothing);
    }

    private Page<Row> page(ListQuery query, @Nullable String cursor, int size) {
        try {
            return desk.list(query.filter(), cursor == null || cursor.isBlank() ? null : cursor, size);
        } catch (BadCursorException e) {
            return desk.list(query.filter(), null, size);
        }
    }

    private List<Tab> tabs(ListQuery query) {
        List<Tab> tabs = new ArrayList<>();
        for (ListQuery.View view : ListQuery.View.values()) {
            ListQuery there = query.in(view);
            boolean counted = view != ListQuery.View.CLOSED && view != ListQuery.View.ALL;
            int number = counted ? desk.count(there.filter(), COUNTED) : 0;
            if (view == ListQuery.View.UNDELIVERED && number == 0 && view != query.view()) {
                continue;
            }
            tabs.add(new Tab(
                    view.title(), view.word(), there.suffix(), view == query.view(), counted ? count(number) : null));
        }
        return tabs;
    }

    private static String count(int number) {
        return number >= COUNTED ? (COUNTED - 1) + "+" : Integer.toString(number);
    }
}
