package org.postroom.web.inbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The agent's page: whole, or the part of it that htmx asks for. */
@Controller
class InboxPage {
    private final ListReader lists;
    private final ConversationReader conversations;

    InboxPage(ListReader lists, ConversationReader conversations) {
        this.lists = lists;
        this.conversations = conversations;
    }

    @ModelAttribute("query")
    ListQuery query(
            @RequestParam(required = false) @Nullable String view,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String channel) {
        return ListQuery.of(view, q, channel);
    }

    @GetMapping("/inbox")
    String inbox(
            @ModelAttribute("query") ListQuery query,
            @RequestParam(required = false) @Nullable String cursor,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.VARY, "HX-Request");
        if (isPart(request)) {
            return "inbox/conversation :: none";
        }
        model.addAttribute("list", lists.read(query, cursor, ListReader.PAGE, null));
        return "inbox/inbox";
    }

    /** The list alone; {@code cursor} asks for the rows that follow. */
    @GetMapping("/inbox/list")
    String list(
            @ModelAttribute("query") ListQuery query,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "40") int size,
            @RequestParam(required = false) @Nullable String current,
            Model model) {
        model.addAttribute("list", lists.read(query, cursor, size, current));
        return cursor == null || cursor.isBlank() ? "inbox/list :: list" : "inbox/list :: rows";
    }

    @GetMapping("/inbox/{id}")
    String conversation(
            @PathVariable String id,
            @ModelAttribute("query") ListQuery query,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.VARY, "HX-Request");
        Optional<ConversationView> found = conversations.read(id, null);
        found.ifPresent(view -> model.addAttribute("conversation", view));
        if (found.isEmpty()) {
            response.setStatus(HttpStatus.NOT_FOUND.value());
        }
        if (isPart(request)) {
            return found.isEmpty() ? "inbox/conversation :: goneswap" : "inbox/conversation :: swap";
        }
        model.addAttribute("list", lists.read(query, null, ListReader.PAGE, id));
        model.addAttribute("gone", found.isEmpty());
        return "inbox/inbox";
    }

    /** Whether htmx wants the middle of the page; going back in history it wants all of it. */
    private static boolean isPart(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null && request.getHeader("HX-History-Restore-Request") == null;
    }
}
