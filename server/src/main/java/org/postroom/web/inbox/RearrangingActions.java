package org.postroom.web.inbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.postroom.channel.FieldProblem;
import org.postroom.conversation.Rearranging.Rearranged;
import org.postroom.conversation.Views.Row;
import org.postroom.desk.Desk;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Merging and splitting on the page: one click, with a way back in place of a question. */
@Controller
class RearrangingActions {
    private final Desk desk;
    private final ConversationReader conversations;

    RearrangingActions(Desk desk, ConversationReader conversations) {
        this.desk = desk;
        this.conversations = conversations;
    }

    @PostMapping("/inbox/{id}/merge")
    String merge(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String into,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        long number = row(id).number();
        return answer(
                desk.merge(id, into.strip(), person.id()),
                "#" + number + " is part of this conversation now.",
                "/inbox/" + plain(id) + "/unmerge",
                null,
                model,
                request,
                response);
    }

    @PostMapping("/inbox/{id}/unmerge")
    String unmerge(
            @PathVariable String id,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        return answer(desk.unmerge(id, person.id()), "Apart again.", null, null, model, request, response);
    }

    @PostMapping("/inbox/{id}/split")
    String split(
            @PathVariable String id,
            @RequestParam List<String> messages,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        Row old = row(id);
        return answer(
                desk.split(id, messages, person.id()),
                "Split off from #" + old.number() + ".",
                null,
                old.id(),
                model,
                request,
                response);
    }

    private Row row(String id) {
        return desk.open(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                .row();
    }

    /**
     * @param undo address that takes it back, or null
     * @param undoInto conversation that the new one would be merged into to take it back, or null
     */
    private String answer(
            Rearranged rearranged,
            String words,
            @Nullable String undo,
            @Nullable String undoInto,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        boolean htmx = request.getHeader("HX-Request") != null;
        return switch (rearranged) {
            case Rearranged.NoSuchConversation() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
            case Rearranged.Wrong(FieldProblem problem) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                if (htmx) {
                    response.setHeader("HX-Retarget", "#rearrange-problem");
                    response.setHeader("HX-Reswap", "outerHTML");
                }
                model.addAttribute("problem", problem.message());
                yield "inbox/rearrange :: problem";
            }
            case Rearranged.Done(String now) -> {
                if (!htmx) {
                    yield "redirect:/inbox/" + plain(now);
                }
                String way = undoInto == null ? undo : "/inbox/" + plain(now) + "/merge";
                response.setHeader("HX-Push-Url", "/inbox/" + plain(now));
                response.setHeader(
                        "HX-Trigger-After-Swap",
                        "{\"inbox:rearranged\":{\"text\":\"" + words + "\",\"undo\":\"" + (way == null ? "" : way)
                                + "\",\"into\":\"" + (undoInto == null ? "" : plain(undoInto)) + "\"}}");
                model.addAttribute("query", ListQuery.ofAddress(request.getHeader("HX-Current-URL")));
                model.addAttribute(
                        "conversation",
                        conversations
                                .read(now, null)
                                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
                yield "inbox/conversation :: swap";
            }
        };
    }

    private static String plain(String id) {
        return id.replaceAll("[^A-Za-z0-9-]", "");
    }
}
