package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.Channels;
import org.postroom.conversation.Conversations.Filter;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Message;
import org.postroom.conversation.Views.Row;
import org.postroom.conversation.Views.Whole;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.SignIn;
import org.postroom.desk.Desk;
import org.postroom.fetch.Fetching;
import org.postroom.intake.MessageContents;
import org.postroom.reply.Replies.Answered;
import org.postroom.reply.ReplyInput;
import org.postroom.send.Delivery;

/** The main job step by step, for whatever servers and sign-in: mail in, answer out, mail in again. */
final class MainJobSteps {
    private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");
    private static final Duration SOON = Duration.ofSeconds(40);

    private final PostroomApp app;

    MainJobSteps(PostroomApp app) {
        this.app = app;
    }

    Channel add(ChannelInput input) {
        return switch (app.get(Channels.class).add(input)) {
            case Channels.Saved.Done(Channel channel) -> channel;
            case Channels.Saved.Waiting waiting -> throw new AssertionError(waiting);
            case Channels.Saved.Wrong(var problems) -> throw new AssertionError(problems);
            case Channels.Saved.NoSuchChannel none -> throw new AssertionError(none);
        };
    }

    /** Signs in as the identity server's answers say. */
    SignIn.Outcome connect(Channel channel) {
        SignIn signIn = app.get(SignIn.class);
        OAuthClient client = Objects.requireNonNull(channel.oauthClient());
        var start = (SignIn.Start.Go) signIn.start(client, "http://localhost/callback", new SignIn.Starter.Program());
        Matcher state = STATE.matcher(start.there().toString());
        assertThat(state.find()).isTrue();
        var outcome = signIn.finish(new SignIn.Callback(state.group(1), "a-code", null, null), client, null);
        app.get(Fetching.class).restart(channel.id());
        return outcome;
    }

    List<Row> conversations(Channel channel) {
        return app.get(Desk.class)
                .list(new Filter(channel.id(), null, null, null, null, null), null, 100)
                .items();
    }

    /** Waits for a conversation with so many messages. */
    Whole awaitConversation(Channel channel, String subject, int messages) {
        Row row = await().atMost(SOON)
                .until(
                        () -> conversations(channel).stream()
                                .filter(r -> r.subject().equals(subject) && r.messageCount() == messages)
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
        return app.get(Desk.class).open(row.id()).orElseThrow();
    }

    Message answer(Whole conversation, String text) {
        Answered answered = app.get(Desk.class).answer(conversation.row().id(), ReplyInput.ofText(text), null);
        assertThat(answered).isInstanceOf(Answered.Queued.class);
        return awaitSent(conversation.row().id());
    }

    private Message awaitSent(String conversationId) {
        return await().atMost(SOON)
                .until(
                        () -> app.get(Desk.class)
                                .open(conversationId)
                                .orElseThrow()
                                .messages()
                                .getLast(),
                        m -> m.delivery() != null && m.delivery().state() == Delivery.State.SENT);
    }

    /** The whole of it, for a mailbox and a customer; the customer's own mailbox is on the same servers. */
    void walk(Channel channel, String customer, RealDelivery delivery, MailReader reader) throws IOException {
        String id = channel.id().substring(30);
        delivery.deliver(
                channel.address(),
                RealMail.withFile(customer, channel.address(), "Order " + id, "o1." + id + "@fabrikam.test"));
        Whole first = awaitConversation(channel, "Order " + id, 1);
        Message asked = first.messages().getFirst();
        assertThat(first.row().state()).isEqualTo(State.NEW);
        assertThat(asked.from().address()).isEqualTo(customer);
        assertThat(asked.text()).contains("Please see the file.");
        assertThat(asked.attachments()).hasSize(1);
        var file = new ByteArrayOutputStream();
        app.get(MessageContents.class).attachment(asked.sha256(), 0, file);
        assertThat(file.toString(StandardCharsets.US_ASCII)).isEqualTo("%PDF-1.4");

        Message answer = answer(first, "We have seen it.");

        String subject = "Re: Order " + id;
        MailReader.Seen received = await().atMost(SOON)
                .until(
                        () -> reader.all(customer, "INBOX").stream()
                                .filter(m -> m.subject().equals(subject))
                                .toList(),
                        l -> !l.isEmpty())
                .getFirst();
        assertThat(received.header("From")).isEqualTo("Contoso Support <" + channel.address() + ">");
        assertThat(received.header("To")).contains(customer);
        assertThat(received.header("In-Reply-To")).isEqualTo("<o1." + id + "@fabrikam.test>");
        assertThat(received.header("References")).isEqualTo("<o1." + id + "@fabrikam.test>");
        assertThat(received.header("Message-ID")).isEqualTo(answer.messageId());
        assertThat(received.header("Return-Path")).contains(channel.address());
        assertThat(received.raw()).contains("We have seen it.").contains("> Please see the file.");

        delivery.deliver(
                channel.address(),
                RealMail.mail(
                        customer,
                        channel.address(),
                        subject,
                        "o2." + id + "@fabrikam.test",
                        "In-Reply-To: " + answer.messageId() + "\r\n",
                        "Thank you!\r\n"));
        Whole last = awaitConversation(channel, "Order " + id, 3);
        assertThat(last.row().id()).isEqualTo(first.row().id());
        assertThat(last.row().state()).isEqualTo(State.OPEN);
        assertThat(last.messages().getLast().threadedBecause())
                .contains("In-Reply-To")
                .contains("signed by us");
        assertThat(reader.all(customer, "INBOX").stream()
                        .filter(m -> m.subject().equals(subject)))
                .hasSize(1);
    }

    /** How mail gets into a mailbox. */
    interface RealDelivery {
        void deliver(String address, byte[] mail);
    }
}
