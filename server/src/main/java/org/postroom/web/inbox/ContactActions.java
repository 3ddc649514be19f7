package org.postroom.web.inbox;

import jakarta.servlet.http.HttpServletRequest;
import org.postroom.access.CurrentPerson;
import org.postroom.conversation.Contacts;
import org.postroom.conversation.PictureSenders;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Message;
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

/** What an agent decides about a contact or a sender. Each answers htmx with the conversation, a plain form with the page. */
@Controller
class ContactActions {
    private final Desk desk;
    private final Contacts contacts;
    private final PictureSenders pictures;
    private final ConversationReader conversations;

    ContactActions(Desk desk, Contacts contacts, PictureSenders pictures, ConversationReader conversations) {
        this.desk = desk;
        this.contacts = contacts;
        this.pictures = pictures;
        this.conversations = conversations;
    }

    @PostMapping("/inbox/{id}/contact/clear")
    String clear(
            @PathVariable String id,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request) {
        Contact contact = row(id).contact();
        if (contact != null) {
            contacts.clear(contact.id(), person.id());
        }
        return done(id, model, request);
    }

    @PostMapping("/inbox/{id}/undelivered/dismiss")
    String dismiss(
            @PathVariable String id,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request) {
        row(id);
        desk.dismissUndelivered(id, person.id());
        return done(id, model, request);
    }

    /** The sender's remote pictures are shown from now on, whatever mail they come in. */
    @PostMapping("/inbox/messages/{id}/pictures")
    String always(
            @PathVariable String id,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request) {
        Message message = desk.message(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (message.direction().equals("in")) {
            pictures.add(message.from().address(), person.id());
        }
        return done(message.conversationId(), model, request);
    }

    @PostMapping("/inbox/{id}/pictures/ask")
    String ask(@PathVariable String id, @RequestParam String sender, Model model, HttpServletRequest request) {
        row(id);
        pictures.remove(sender);
        return done(id, model, request);
    }

    private Row row(String id) {
        return desk.open(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND))
                .row();
    }

    private String done(String id, Model model, HttpServletRequest request) {
        if (request.getHeader("HX-Request") == null) {
            return "redirect:/inbox/" + id.replaceAll("[^A-Za-z0-9-]", "");
        }
        model.addAttribute("query", ListQuery.ofAddress(request.getHeader("HX-Current-URL")));
        model.addAttribute(
                "conversation",
                conversations.read(id, null).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        return "inbox/conversation :: swap";
    }
}
