package org.postroom.web.inbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Views.Message;
import org.postroom.intake.Rereading;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;

/** Try again: a message is read once more with the channel's keys of today. */
@Controller
class RereadAction {
    private final Rereading rereading;

    RereadAction(Rereading rereading) {
        this.rereading = rereading;
    }

    /** By htmx the page refreshes by itself; else it is shown anew. */
    @PostMapping("/inbox/messages/{id}/reread")
    @Nullable
    String reread(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        Message message = rereading.again(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (request.getHeader("HX-Request") != null) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return null;
        }
        return "redirect:/inbox/" + message.conversationId();
    }
}
