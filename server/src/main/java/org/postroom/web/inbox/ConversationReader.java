package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.conversation.Contacts;
import org.postroom.conversation.PictureSenders;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Complained;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Invalid;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;
import org.postroom.desk.Desk;
import org.postroom.mail.Address;
import org.postroom.person.People;
import org.postroom.person.Person;
import org.postroom.reply.Recipients;
import org.springframework.stereotype.Component;

/** Reads conversations as the page shows them. Safe for use by many threads. */
@Component
class ConversationReader {
    private final Desk desk;
    private final Channels channels;
    private final People people;
    private final Contacts contacts;
    private final PictureSenders pictures;

    ConversationReader(Desk desk, Channels channels, People people, Contacts contacts, PictureSenders pictures) {
        this.desk = desk;
        this.channels = channels;
        this.people = people;
        this.contacts = contacts;
        this.pictures = pictures;
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
        Set<String> always = pictures.among(whole.messages().stream()
                .filter(message -> message.direction().equals("in"))
                .map(message -> message.from().address())
                .collect(Collectors.toSet()));
        List<MessageView> messages = whole.messages().stream()
                .map(message -> MessageView.of(message, author(message, authors), always))
                .toList();
        Recipients recipients = whole.messages().isEmpty() ? null : desk.recipients(whole);
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
                answer != null
                        ? answer
                        : recipients == null
                                ? new AnswerForm("", "", "", true, List.of())
                                : AnswerForm.fresh(recipients),
                channel.map(Channel::sends).orElse(false),
                subject(whole),
                recipients == null ? List.of() : warnings(recipients),
                always.stream().sorted().toList());
    }

    private List<String> warnings(Recipients recipients) {
        List<String> addresses = Stream.concat(recipients.to().stream(), recipients.cc().stream())
                .map(Address::key)
                .toList();
        List<String> warnings = new ArrayList<>();
        contacts.invalid(addresses)
                .forEach((address, why) -> warnings.add("Mail to " + address + " does not arrive ("
                        + BounceReasonWords.of(why.reason()).brief()
                        + "). Change the address, or send it all the same."));
        return warnings;
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
        Optional<Contacts.Details> details = contacts.find(contact.id());
        Invalid invalid = contact.invalid();
        Complained complained = contact.complained();
        return new ConversationView.ContactView(
                contact.name().isBlank() ? contact.address() : contact.name(),
                contact.address(),
                details.map(one -> When.of(one.since())).orElse(null),
                invalid == null
                        ? null
                        : new ConversationView.FlagView(
                                BounceReasonWords.of(invalid.reason()).why(),
                                invalid.status(),
                                When.of(invalid.since()),
                                invalid.message()),
                complained == null
                        ? null
                        : new ConversationView.FlagView(
                                "This contact called a message of ours spam. It gets no automatic answers.",
                                complained.type(),
                                When.of(complained.since()),
                                complained.message()),
                invalid == null
                        ? null
                        : details.map(Contacts.Details::active)
                                .filter(active -> active.isAfter(invalid.since()))
                                .map(When::of)
                                .orElse(null));
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
