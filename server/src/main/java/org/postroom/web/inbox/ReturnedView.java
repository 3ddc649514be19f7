package org.postroom.web.inbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Returned;
import org.postroom.mail.Bounce;

/**
 * What came back about one recipient.
 *
 * @param word what happened, such as "Not delivered to"
 * @param why null where nothing went wrong
 * @param todo null where nothing is to be done
 * @param codes the other server's codes and words, null if there are none
 * @param report id of the message that says so; null within that message
 */
record ReturnedView(
        String dot,
        String word,
        String address,
        @Nullable String brief,
        @Nullable String why,
        @Nullable String todo,
        @Nullable String codes,
        @Nullable When at,
        @Nullable String report) {

    /** The newest word about each recipient, and any complaint beside it. */
    static List<ReturnedView> newest(List<Returned> returned) {
        Map<String, ReturnedView> byAddress = new LinkedHashMap<>();
        for (Returned one : returned) {
            byAddress.put(
                    one.address() + (one.action().equals(Returned.COMPLAINED) ? " complained" : ""),
                    of(
                            one.action(),
                            one.address(),
                            one.reason(),
                            codes(one.status(), one.code(), one.diagnostic()),
                            When.of(one.at()),
                            one.message()));
        }
        return List.copyOf(byAddress.values());
    }

    static List<ReturnedView> of(Bounce bounce) {
        return bounce.recipients().stream()
                .limit(100)
                .map(one -> of(
                        one.action(),
                        one.address(),
                        one.reason(),
                        codes(one.status(), one.code(), one.diagnostic()),
                        null,
                        null))
                .toList();
    }

    public boolean isFailure() {
        return dot.equals("dot-bad");
    }

    private static ReturnedView of(
            String action,
            String address,
            @Nullable String reason,
            @Nullable String codes,
            @Nullable When at,
            @Nullable String report) {
        BounceReasonWords words = BounceReasonWords.of(reason);
        return switch (action) {
            case "failed" ->
                new ReturnedView(
                        "dot-bad",
                        "Not delivered to",
                        address,
                        words.brief(),
                        words.why(),
                        words.todo(),
                        codes,
                        at,
                        report);
            case "delayed" ->
                new ReturnedView(
                        "dot-warn",
                        "Not delivered yet to",
                        address,
                        "still being tried",
                        reason == null || reason.equals("unknown") ? null : words.why(),
                        "Nothing to do: the mail server tries again by itself, and says so if it gives up.",
                        codes,
                        at,
                        report);
            case "complained" ->
                new ReturnedView("dot-bad", "Called spam by", address, null, null, null, null, at, report);
            default -> new ReturnedView("dot-good", word(action), address, null, null, null, codes, at, report);
        };
    }

    private static String word(String action) {
        return switch (action) {
            case "delivered" -> "Delivered to";
            case "relayed" -> "Passed on to a server that reports nothing more, for";
            case "expanded" -> "Passed on to the members of";
            case "displayed" -> "Read by";
            case "deleted" -> "Deleted unread by";
            case "denied" -> "No read receipt wanted by";
            default -> "Received by";
        };
    }

    private static @Nullable String codes(@Nullable String status, @Nullable String code, @Nullable String diagnostic) {
        String words = diagnostic == null ? "" : diagnostic.strip();
        String all = Stream.of(code, status, words)
                .filter(one -> one != null && !one.isBlank())
                .filter(one -> one.equals(words) || !words.contains(one))
                .collect(Collectors.joining(" "));
        return all.isBlank() ? null : all;
    }
}
