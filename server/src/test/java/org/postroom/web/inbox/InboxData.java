package org.postroom.web.inbox;

import static org.postroom.store.tables.Tables.INBOUND;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.postroom.access.CurrentPerson;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.Channels;
import org.postroom.conversation.Conversations.Filter;
import org.postroom.conversation.Views.Row;
import org.postroom.desk.Desk;
import org.postroom.fetch.Inbound;
import org.postroom.intake.Intake;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.RawStore;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Channels, people and mail for tests, by the same doors as in life but without a mail server. */
public record InboxData(
        Channels channels,
        People people,
        RawStore raw,
        Inbound inbound,
        Intake intake,
        Database database,
        Ids ids,
        Clock clock,
        Desk desk) {

    public static final String PASSWORD = "correct horse battery staple";

    /** A channel that nobody watches and whose outgoing server does not answer. */
    public Channel channel(String name, String address) {
        var login = new ChannelInput.AuthenticationInput(
                "password", address, "not-a-secret", null, null, null, null, null, null, null, null, null);
        var saved = channels.add(new ChannelInput(
                name,
                address,
                false,
                null,
                login,
                new ChannelInput.IncomingInput("imap", "127.0.0.1", 9, "none", "INBOX", "keep", "all"),
                new ChannelInput.OutgoingInput("smtp", "127.0.0.1", 9, "none", address, name, null, null, "same"),
                null,
                Map.of()));
        if (saved instanceof Channels.Saved.Done(Channel channel)) {
            return channel;
        }
        throw new IllegalStateException(saved.toString());
    }

    public CurrentPerson person(String name, String email, Role role) {
        if (people.create(new NewPerson(name, email, PASSWORD, role)) instanceof People.Added.Done(var person)) {
            return CurrentPerson.of(person);
        }
        throw new IllegalStateException(email);
    }

    /** Somebody signed in, as the sign-in page leaves them. */
    public UsernamePasswordAuthenticationToken signedIn(CurrentPerson person) {
        var token = new UsernamePasswordAuthenticationToken(
                person,
                null,
                List.of(new SimpleGrantedAuthority("ROLE_" + person.role().name())));
        token.setDetails(people.standing(person.id()).orElseThrow().stamp());
        return token;
    }

    /** Lets a mail arrive, and gives its conversation. */
    public Row arrives(Channel channel, String mail) {
        try {
            byte[] bytes = mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
            RawStore.Staged staged = raw.stage(new ByteArrayInputStream(bytes), bytes.length);
            raw.flush(List.of(staged));
            Instant now = clock.instant();
            database.write(sql -> sql.insertInto(INBOUND)
                    .set(INBOUND.ID, ids.next())
                    .set(INBOUND.CHANNEL_ID, channel.id())
                    .set(INBOUND.SOURCE_ID, ids.next())
                    .set(INBOUND.SHA256, staged.sha256())
                    .set(INBOUND.SIZE, staged.size())
                    .set(INBOUND.STORED_AT, now)
                    .set(INBOUND.ROUTED, true)
                    .set(INBOUND.STATE, "stored")
                    .set(INBOUND.TRIES, 0)
                    .set(INBOUND.AFTER_IMPORT, "none")
                    .execute());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        intake.handle(inbound.waiting(channel.id(), 100));
        return desk.list(Filter.ALL, null, 1).items().getFirst();
    }
}
