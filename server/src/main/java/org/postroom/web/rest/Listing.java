package org.postroom.web.rest;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next cursor of the next page, null on the last
 */
record Listing<T>(List<T> items, @Nullable String next) {
    static final String LIMIT = "50";
    private static final int MOST = 200;

    Listing {
        items = List.copyOf(items);
    }

    /** A page out of one item more than fits, by which it is known whether there is another. */
    static <T> Listing<T> of(List<T> oneMore, int limit, Function<T, String> cursor) {
        boolean more = oneMore.size() > limit;
        List<T> items = more ? oneMore.subList(0, limit) : oneMore;
        return new Listing<>(items, more ? cursor.apply(items.getLast()) : null);
    }

    /** The same page with its items in another shape. */
    <R> Listing<R> map(Function<T, R> shape) {
        return new Listing<>(items.stream().map(shape).toList(), next);
    }

    /** A limit as it was asked for. */
    static int limit(int asked) {
        if (asked < 1 || asked > MOST) {
            throw Refusal.unreadable("limit", "use 1 to " + MOST);
        }
        return asked;
    }
}
