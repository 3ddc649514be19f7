package org.postroom.reply;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.FieldProblem;
import org.postroom.conversation.Beginnings;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.NumberForms;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Whole;
import org.postroom.mail.Address;
import org.postroom.mail.MessageId;
import org.postroom.store.Ids;
import org.springframework.stereotype.Service;

/** What we write, answers and first messages: whom it goes to and what stands in it. Safe for use by many threads. */
@Service
public class Replies {
    private static final int LONGEST_SUBJECT = 500;
    private static final String ONE_LINE = "no line breaks or control characters";
    private static final int LONGEST_TEXT = 1_000_000;

    private final Conversations conversations;
    private final Beginnings beginnings;
    private final Channels channels;
    private final Dispatch dispatch;
    private final Ids ids;
    private final Clock clock;

    Replies(
            Conversations conversations,
            Beginnings beginnings,
            Channels channels,
            Dispatch dispatch,
            Ids ids,
            Clock clock) {
        this.conversations = conversations;
        this.beginnings = beginnings;
        this.channels = channels;
        this.dispatch = dispatch;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of answering. */
    public sealed interface Answered {
        /** It is stored and on its way. */
        record Queued(String messageId) implements Answered {}

        /** Nothing was stored; every wrong field is named. */
        record Wrong(List<FieldProblem> problems) implements Answered {}

        /** There is no such conversation. */
        record NoSuchConversation() implements Answered {}
    }

    /** Whom an answer would go to. */
    public Recipients recipients(Whole conversation) {
        return Recipients.answering(answered(conversation), ownAddresses());
    }

    /**
     * Answers the newest message of the customer's side.
     *
     * @param author id of the person who wrote it, or null for a program
     */
    public Answered answer(String conversationId, ReplyInput input, @Nullable String author) {
        Whole conversation = conversations.open(conversationId).orElse(null);
        if (conversation == null || conversation.messages().isEmpty()) {
            return new Answered.NoSuchConversation();
        }
        Message answered = answered(conversation);
        Channel channel = channels.find(conversation.row().channel()).orElse(null);
        List<FieldProblem> problems = new ArrayList<>();
        check(input, channel, problems);
        Recipients usual = Recipients.answering(answered, ownAddresses());
        List<Address> to = input.to() == null ? usual.to() : read("to", input.to(), problems);
        List<Address> cc =
                input.cc() == null ? (input.to() == null ? usual.cc() : List.of()) : read("cc", input.cc(), problems);
        List<Address> bcc = input.bcc() == null ? List.of() : read("bcc", input.bcc(), problems);
        if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty() && problems.isEmpty()) {
            problems.add(new FieldProblem("to", "nobody would get this answer; enter an address"));
        }
        if (!problems.isEmpty() || channel == null) {
            return new Answered.Wrong(problems);
        }
        return queue(conversation, channel, answered, input, author, to, cc, bcc);
    }

    private static void check(ReplyInput input, @Nullable Channel channel, List<FieldProblem> problems) {
        String text = Objects.requireNonNullElse(input.text(), "");
        String html = Objects.requireNonNullElse(input.html(), "");
        if (text.isBlank() && html.isBlank()) {
            problems.add(new FieldProblem("text", "write something first"));
        }
        if (text.length() > LONGEST_TEXT || html.length() > LONGEST_TEXT) {
            problems.add(new FieldProblem("text", "at most " + LONGEST_TEXT + " characters"));
        }
        if ((text + html + input.subject()).indexOf(0) >= 0) {
            problems.add(new FieldProblem("text", "no NUL characters"));
        }
        if ((text + html).codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            problems.add(new FieldProblem("text", "this holds half a character; send whole ones"));
        }
        if (input.subject() != null && input.subject().chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem("subject", ONE_LINE));
        }
        if (channel == null) {
            problems.add(
                    new FieldProblem("channel", "the channel of this conversation was deleted; nothing can be sent"));
        } else if (!channel.sends()) {
            problems.add(new FieldProblem("channel", "this channel sends no mail; give it an outgoing mail server"));
        }
    }

    private static List<Address> read(String field, List<String> entered, List<FieldProblem> problems) {
        List<Address> read = new ArrayList<>();
        for (String one : entered) {
            String text = one.strip();
            int open = text.lastIndexOf('<');
            boolean named = open > 0 && text.endsWith(">");
            String address = named ? text.substring(open + 1, text.length() - 1) : text;
            String name = named ? text.substring(0, open).strip().replaceAll("^\"|\"$", "") : "";
            if (text.isEmpty()) {
                continue;
            }
            if (Address.plausible(address)) {
                read.add(new Address(name, address));
            } else {
                problems.add(new FieldProblem(field, "'" + text + "' is not an email address"));
            }
        }
        if (read.size() > 500) {
            problems.add(new FieldProblem(field, "at most 500 recipients"));
        }
        return read;
    }

    private Answered queue(
            Whole conversation,
            Channel channel,
            Message answered,
            ReplyInput input,
            @Nullable String author,
            List<Address> to,
            List<Address> cc,
            List<Address> bcc) {
        MessageId inReplyTo = new MessageId(answered.messageId());
        String written = written(input);
        String text = input.quote() ? written.stripTrailing() + Quote.text(answered) : written;
        List<MessageId> references = new ArrayList<>(MessageId.all(answered.references()));
        references.remove(inReplyTo);
        references.add(inReplyTo);
        Dispatch.Outgoing mail = new Dispatch.Outgoing(
                channel,
                conversation.row().id(),
                to,
                cc,
                bcc,
                numbered(
                        subject(input, answered),
                        channel,
                        conversation.row().number(),
                        conversation.row().createdAt()),
                inReplyTo,
                references,
                text,
                written,
                html(input, answered),
                input.attachments(),
                author);
        return new Answered.Queued(dispatch.send(mail, () -> {}));
    }

    /**
     * Writes to somebody first: begins a conversation with this message.
     *
     * @param input with a subject and recipients; nothing is quoted
     * @param author id of the person who wrote it, or null for a program
     */
    public Answered begin(String channelId, ReplyInput input, @Nullable String author) {
        Channel channel = channels.find(channelId).orElse(null);
        if (channel == null) {
            return new Answered.Wrong(List.of(new FieldProblem("channel", "there is no such channel")));
        }
        List<FieldProblem> problems = new ArrayList<>();
        check(input, channel, problems);
        String subject = Objects.requireNonNullElse(input.subject(), "").strip();
        if (subject.isEmpty() || subject.length() > LONGEST_SUBJECT) {
            problems.add(new FieldProblem(
                    "subject", subject.isEmpty() ? "this is needed" : "at most " + LONGEST_SUBJECT + " characters"));
        }
        List<Address> to = input.to() == null ? List.of() : read("to", input.to(), problems);
        List<Address> cc = input.cc() == null ? List.of() : read("cc", input.cc(), problems);
        List<Address> bcc = input.bcc() == null ? List.of() : read("bcc", input.bcc(), problems);
        if (to.isEmpty() && problems.stream().noneMatch(p -> p.field().equals("to"))) {
            problems.add(new FieldProblem("to", "nobody would get this message; enter an address"));
        }
        if (!problems.isEmpty()) {
            return new Answered.Wrong(problems);
        }
        String written = written(input);
        String html = input.html() == null ? null : HtmlWords.clean(input.html()) + Quote.MARK_PLACE;
        String conversationId = ids.next();
        long number = beginnings.reserve();
        Dispatch.Outgoing mail = new Dispatch.Outgoing(
                channel,
                conversationId,
                to,
                cc,
                bcc,
                numbered(subject, channel, number, clock.instant()),
                null,
                List.of(),
                written,
                written,
                html,
                input.attachments(),
                author);
        return new Answered.Queued(dispatch.send(
                mail, () -> beginnings.begin(conversationId, number, channel.id(), subject, to.getFirst())));
    }

    private static String written(ReplyInput input) {
        String text = Objects.requireNonNullElse(input.text(), "");
        return text.isBlank() && input.html() != null ? HtmlWords.text(input.html()) : text;
    }

    private static @Nullable String html(ReplyInput input, Message answered) {
        boolean html = input.html() != null || (input.quote() && answered.html() != null);
        if (!html) {
            return null;
        }
        String own = input.html() != null
                ? HtmlWords.clean(input.html())
                : Quote.plainAsHtml(Objects.requireNonNullElse(input.text(), ""));
        return own + Quote.MARK_PLACE + (input.quote() ? "<br>" + Quote.html(answered) : "");
    }

    private static String subject(ReplyInput input, Message answered) {
        String given = input.subject();
        if (given != null && !given.isBlank()) {
            return given.strip();
        }
        String before = answered.subject().strip();
        return before.toLowerCase(Locale.ROOT).startsWith("re:") ? before : "Re: " + before;
    }

    /** With the conversation's number, where the channel wants it. */
    private static String numbered(String subject, Channel channel, long number, Instant began) {
        if (!channel.threading().subjectNumber()) {
            return subject;
        }
        NumberForms forms = new NumberForms(channel.threading().numberForms());
        return forms.holds(subject, number) ? subject : subject + " " + forms.write(number, began);
    }

    private static Message answered(Whole conversation) {
        List<Message> all = conversation.messages();
        return all.reversed().stream()
                .filter(m -> m.direction().equals("in") && m.kind().equals("message"))
                .findFirst()
                .orElse(all.getLast());
    }

    private Set<String> ownAddresses() {
        return channels.all().stream()
                .map(c -> c.address().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }
}
