package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.conversation.Contacts;
import org.postroom.conversation.Returned;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Whole;
import org.postroom.desk.Desk;
import org.postroom.event.EventLog;
import org.postroom.reply.ReplyInput;
import org.postroom.rig.RealServers;

/** An answer that Postfix takes and Dovecot refuses comes back, and its conversation and contact show it. */
@Tag("server")
class LostAnswerRealServersTest {
    private static final String OWN = "lost@contoso.test";
    private static final String GONE = "gone@fabrikam.test";

    @Test
    void answerThatComesBackIsMarkedAndItsContactFlaggedUntilCleared(@TempDir Path work, @TempDir Path data)
            throws IOException {
        try (RealServers servers = RealServers.start(work)) {
            servers.addUser(OWN, MailReader.PASSWORD);
            // Postfix knows the address and takes mail for it; Dovecot has no such user.
            servers.grantSendAs(OWN, GONE);
            try (PostroomApp app = PostroomApp.start(data, servers.authorityPem(), Map.of())) {
                MainJobSteps steps = new MainJobSteps(app);
                Channel channel =
                        steps.add(RealMail.channel(servers, "lost", OWN, RealMail.password(OWN, MailReader.PASSWORD)));
                servers.deliver(OWN, RealMail.mail(GONE, OWN, "Lamp", "l1@fabrikam.test", "", "Where is it?\r\n"));
                Whole asked = steps.awaitConversation(channel, "Lamp", 1);

                app.get(Desk.class).answer(asked.row().id(), ReplyInput.ofText("On its way."), null);

                Whole after = steps.awaitConversation(channel, "Lamp", 3);
                assertThat(returned(after)).satisfies(report -> {
                    assertThat(report.address()).isEqualTo(GONE);
                    assertThat(report.action()).isEqualTo("failed");
                    assertThat(report.status()).isEqualTo("5.1.1");
                    assertThat(report.permanent()).isTrue();
                    assertThat(report.reason()).isEqualTo("no-such-user");
                });
                assertThat(after.row().state()).isEqualTo(State.WAITING);
                assertThat(after.row().undelivered()).isNotNull();
                Contact contact = Objects.requireNonNull(after.row().contact());
                assertThat(contact.invalid()).isNotNull();
                assertThat(app.get(EventLog.class).after(0, 500, Duration.ZERO))
                        .extracting(EventLog.Event::type)
                        .contains("org.postroom.message.bounced", "org.postroom.contact.flagged");

                assertThat(app.get(Contacts.class).clear(contact.id(), null)).isTrue();
                assertThat(app.get(Contacts.class)
                                .find(contact.id())
                                .orElseThrow()
                                .contact()
                                .invalid())
                        .isNull();
            }
        }
    }

    private static Returned returned(Whole conversation) {
        return conversation.messages().stream()
                .filter(message -> message.direction().equals("out"))
                .flatMap(message -> message.returned().stream())
                .findFirst()
                .orElseThrow();
    }
}
