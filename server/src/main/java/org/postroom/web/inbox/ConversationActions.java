package org.postroom.web.inbox;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.postroom.channel.FieldProblem;
import org.postroom.conversation.Conversations.Changed;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Message;
import org.postroom.desk.Desk;
import org.postroom.reply.Replies.Answered;
import org.postroom.reply.ReplyInput;
import org.postroom.send.Outbox;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;

/** What an agent does to a conversation. Each answers htmx with the parts that changed, and a plain form with the page. */
@Controller
class ConversationActions {
    static final long MOST_BYTES = 25L * 1024 * 1024;
    private static final String TOO_BIG =
            "the files are larger than 25 MB together; remove some, or send a link instead";

    private final Desk desk;
    private final Outbox outbox;
    private final ConversationReader conversations;
    private final ListReader lists;

    ConversationActions(Desk desk, Outbox outbox, ConversationReader conversations, ListReader lists) {
        this.desk = desk;
        this.outbox = outbox;
        this.conversations = conversations;
        this.lists = lists;
    }

    @PostMapping("/inbox/{id}/answers")
    String answer(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String cc,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String quote,
            @RequestParam(defaultValue = "") String then,
            @RequestParam(required = false) @Nullable List<MultipartFile> files,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        AnswerForm typed = new AnswerForm(to, cc, text, !quote.isEmpty(), List.of());
        List<MultipartFile> attached = files == null ? List.of() : files;
        if (attached.stream().mapToLong(MultipartFile::getSize).sum() > MOST_BYTES) {
            return wrong(id, typed, List.of(new FieldProblem("attachments", TOO_BIG)), model, request, response);
        }
        ReplyInput input = new ReplyInput(
                text.replace("\r\n", "\n"),
                null,
                AddressLine.split(to),
                AddressLine.split(cc),
                null,
                null,
                read(attached),
                typed.quote());
        return switch (desk.answer(id, input, person.id())) {
            case Answered.Queued queued -> {
                boolean close = then.equals("close");
                if (close) {
                    desk.close(id, person.id());
                }
                // Before the swap, so that the new box does not take up the draft that has just been sent.
                response.setHeader("HX-Trigger", "{\"inbox:answered\":{\"id\":\"" + plain(id) + "\"}}");
                if (close) {
                    response.setHeader("HX-Trigger-After-Swap", "{" + closed(id, State.WAITING) + "}");
                }
                yield done(id, model, request);
            }
            case Answered.Wrong(List<FieldProblem> problems) -> wrong(id, typed, problems, model, request, response);
            case Answered.NoSuchConversation() -> throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        };
    }

    private static List<ReplyInput.File> read(List<MultipartFile> files) throws IOException {
        List<ReplyInput.File> read = new ArrayList<>();
        for (MultipartFile file : files) {
            String name = Objects.requireNonNullElse(file.getOriginalFilename(), "");
            // A form without a chosen file sends one without a name.
            if (!name.isBlank()) {
                String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
                read.add(new ReplyInput.File(
                        last.isBlank() ? "file" : last,
                        Objects.requireNonNullElse(file.getContentType(), "application/octet-stream"),
                        file.getBytes()));
            }
        }
        return read;
    }

    /** Only the problems go back to htmx: the form stays as it is, with all that was typed and chosen. */
    private String wrong(
            String id,
            AnswerForm typed,
            List<FieldProblem> problems,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        AnswerForm form = typed.wrong(problems);
        if (isHtmx(request)) {
            response.setHeader("HX-Retarget", "#answer-problems");
            response.setHeader("HX-Reswap", "outerHTML");
            model.addAttribute("answer", form);
            return "inbox/answer :: problems";
        }
        ConversationView view =
                conversations.read(id, form).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        ListQuery query = ListQuery.of(null, null, null);
        model.addAttribute("conversation", view);
        model.addAttribute("query", query);
        model.addAttribute("list", lists.read(query, null, ListReader.PAGE, id));
        return "inbox/inbox";
    }

    /** More came than the server takes in one go. */
    @ExceptionHandler(MaxUploadSizeExceededException.class)
    String tooBig(HttpServletRequest request, HttpServletResponse response, Model model) {
        if (!isHtmx(request)) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        AnswerForm nothing = new AnswerForm("", "", "", true, List.of());
        return wrong("", nothing, List.of(new FieldProblem("attachments", TOO_BIG)), model, request, response);
    }

    @PostMapping("/inbox/{id}/close")
    String close(
            @PathVariable String id,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        State before = desk.open(id)
                .map(whole -> whole.row().state())
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (desk.close(id, person.id()) == Changed.DONE) {
            response.setHeader("HX-Trigger-After-Swap", "{" + closed(id, before) + "}");
        }
        return done(id, model, request);
    }

    /** @param to where it stood before it was closed, to take that back; open if empty */
    @PostMapping("/inbox/{id}/reopen")
    String reopen(
            @PathVariable String id,
            @RequestParam(defaultValue = "open") String to,
            @AuthenticationPrincipal CurrentPerson person,
            Model model,
            HttpServletRequest request) {
        State before = switch (to.toLowerCase(Locale.ROOT)) {
            case "new" -> State.NEW;
            case "waiting" -> State.WAITING;
            default -> State.OPEN;
        };
        if (desk.undoClose(id, before, person.id()) == Changed.NO_SUCH_CONVERSATION) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return done(id, model, request);
    }

    @PostMapping("/inbox/messages/{id}/try-again")
    String tryAgain(@PathVariable String id, Model model, HttpServletRequest request) {
        Message message = desk.message(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        // Somebody else may have been quicker: then it is on its way already.
        outbox.tryAgain(id);
        return done(message.conversationId(), model, request);
    }

    private String done(String id, Model model, HttpServletRequest request) {
        if (!isHtmx(request)) {
            return "redirect:/inbox/" + plain(id);
        }
        model.addAttribute("query", ListQuery.ofAddress(request.getHeader("HX-Current-URL")));
        model.addAttribute(
                "conversation",
                conversations.read(id, null).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
        return "inbox/conversation :: swap";
    }

    private static String closed(String id, State before) {
        return "\"inbox:closed\":{\"id\":\"" + plain(id) + "\",\"before\":\"" + before.word() + "\"}";
    }

    private static boolean isHtmx(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    /** An id as this server makes them; whatever else was sent stays out of headers. */
    private static String plain(String id) {
        return id.replaceAll("[^A-Za-z0-9-]", "");
    }
}
