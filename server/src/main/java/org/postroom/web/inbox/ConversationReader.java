package org.postroom.web.inbox;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;
import org.postroom.desk.Desk;
import org.postroom.person.People;
import org.postroom.person.Person;
import org.springframework.stereotype.Component;

/** Reads conversations as the page shows them. Safe for use by many threads. */
@Component
class ConversationReader {
    private final Desk desk;
    private final Channels channels;
    private final People people;

    ConversationReader(Desk desk, Channels channels, People people) {
        this.desk = desk;
        this.channels = channels;
        this.people = people;
    }

    /** Names of all channels by id, in the order of their names. */
    Map<String, String> channelNames() {
        return channels.all().stream()
                .sorted((a, b) -> String.CASE_INSENSITIVE_ORDER.compare(a.name(), b.name()))
                .collect(Collectors.toMap(Channel::id, Channel::name, (a, b) -> a, java.util.LinkedHashMap::new));
    }

    static String name(Map<String, String> channelNames, String id) {
        return channelNames.getOrDefault(id, "Deleted channel");
    }

    /** @param answer what stands in the answer box; a fresh one if null */
    Optional<ConversationView> read(String id, @Nullable AnswerForm answer) {
        return desk.open(id).map(whole -> view(whole, answer));
    }

    private ConversationView view(Whole whole, @Nullable AnswerForm answer) {
        Row row = whole.row();
        Map<String, String> names = channelNames();
        Optional<Channel> channel = channels.find(row.channel());
        Map<String, Optional<String>> authors = new HashMap<>();
        List<MessageView> messages = whole.messages().stream()
                .map(message -> MessageView.of(message, author(message, authors)))
                .toList();
        return new ConversationView(
                RowView.of(row, name(names, row.channel())),
                row.state().word(),
                row.state() == State.CLOSED,
                contact(row.contact()),
                channel.map(Channel::address).orElse(""),
                When.of(row.createdAt()),
                messages,
                desk.others(row).stream()
                        .map(other -> RowView.of(other, name(names, other.channel())))
                        .toList(),
                answer != null || whole.messages().isEmpty()
                        ? answer == null ? new AnswerForm("", "", "", true, List.of()) : answer
                        : AnswerForm.fresh(desk.recipients(whole)),
                channel.map(Channel::sends).orElse(false),
                subject(whole));
    }

    private @Nullable String author(Message message, Map<String, Optional<String>> known) {
        String id = message.author();
        return id == null
                ? null
                : known.computeIfAbsent(id, i -> people.find(i).map(Person::name))
                        .orElse(null);
    }

    private ConversationView.@Nullable ContactView contact(@Nullable Contact contact) {
        if (contact == null) {
            return null;
        }
        return new ConversationView.ContactView(
                contact.name().isBlank() ? contact.address() : contact.name(),
                contact.address(),
                desk.contactSince(contact.id()).map(When::of).orElse(null));
    }

    /** The subject an answer gets. */
    private static String subject(Whole whole) {
        String before = whole.messages().reversed().stream()
                .filter(m -> m.direction().equals("in") && m.kind().equals("message"))
                .findFirst()
                .map(Message::subject)
                .orElse(whole.row().subject())
                .strip();
        return before.toLowerCase(Locale.ROOT).startsWith("re:") ? before : "Re: " + before;
    }
}
