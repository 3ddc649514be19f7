package org.postroom.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelState;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.StartFrom;
import org.postroom.mailbox.Mailbox.Cursor;
import org.postroom.web.rest.RestTest;
import org.springframework.beans.factory.annotation.Autowired;

class RereadTest extends RestTest {
    private static final int MESSAGES = 5;

    @Autowired
    private Channels channels;

    @Autowired
    private ChannelStates states;

    @Autowired
    private Inbound inbound;

    private FakeMailbox mailbox = new FakeMailbox("1", Instant.EPOCH, MESSAGES, () -> {});
    private String id = "";

    @BeforeEach
    void channelOfFiveOldMessages() {
        id = addChannel();
        channels.enable(id, true);
        mailbox = new FakeMailbox("1", Instant.now().minus(Duration.ofDays(1)), MESSAGES, () -> {});
    }

    private Channel channel() {
        return channels.find(id).orElseThrow();
    }

    private ChannelState state() {
        return states.of(id).orElseThrow();
    }

    /** Watches until there is nothing more to read. */
    private void watch() {
        List<ChannelWatch> watching = new ArrayList<>();
        FakeMailbox opened = new FakeMailbox(
                mailbox.numbering(), mailbox.beginning(), mailbox.count(), () -> watching.forEach(ChannelWatch::stop));
        ChannelWatch watch = new ChannelWatch(
                id,
                new ChannelWatch.Parts(
                        channels,
                        states,
                        any -> opened,
                        inbound,
                        raw,
                        this::handled,
                        Clock.systemUTC(),
                        new Backoff(new SecureRandom()),
                        1_000_000));
        watching.add(watch);
        assertThat(watch.run()).isPresent();
    }

    private void handled(List<InboundMail> mails) {
        Map<String, String> handled = new HashMap<>();
        mails.forEach(mail -> handled.put(mail.id(), "message of " + mail.id()));
        inbound.handled(handled);
    }

    @Test
    void allComesAndNothingTwice() {
        watch();
        assertThat(state().imported()).isZero();

        inbound.wishReread(channel(), new StartFrom.All());
        watch();

        assertThat(state().imported()).isEqualTo(MESSAGES);
        inbound.wishReread(channel(), new StartFrom.All());
        watch();
        assertThat(state().imported()).isEqualTo(MESSAGES);
        assertThat(state().duplicates()).isEqualTo(MESSAGES);
        assertThat(inbound.cursor(channel())).contains(mailbox.end());
        assertThat(inbound.reread(channel())).isEmpty();
    }

    @Test
    void aDateBringsWhatCameSince() {
        watch();

        inbound.wishReread(channel(), new StartFrom.Since(mailbox.received(4)));
        watch();

        assertThat(state().imported()).isEqualTo(2);
    }

    @Test
    void whatWasNotReadYetIsNotPassedOver() {
        inbound.keepCursor(channel(), mailbox.behind(1));

        inbound.wishReread(channel(), new StartFrom.Since(mailbox.received(4)));
        watch();

        assertThat(state().imported()).isEqualTo(4);
    }

    @Test
    void wishOutlivesWhatArrivesMeanwhile() {
        inbound.keepCursor(channel(), mailbox.end());
        inbound.wishReread(channel(), new StartFrom.All());

        inbound.store(channel(), List.of(), mailbox.end());

        assertThat(inbound.reread(channel())).contains(new Reread(new StartFrom.All(), mailbox.end()));
    }

    @Test
    void secondWishKeepsTheCursorOfTheFirst() {
        inbound.keepCursor(channel(), mailbox.behind(2));
        inbound.wishReread(channel(), new StartFrom.All());
        inbound.wishReread(channel(), new StartFrom.Since(mailbox.received(4)));

        watch();

        assertThat(state().imported()).isEqualTo(3);
    }

    @Test
    void mailboxThatWasNumberedAnewIsReadFromWhereItWouldBeAnyway() {
        inbound.keepCursor(channel(), new Cursor("0:99"));

        inbound.wishReread(channel(), new StartFrom.Since(mailbox.received(2)));
        watch();

        assertThat(state().imported()).isEqualTo(4);
    }
}
