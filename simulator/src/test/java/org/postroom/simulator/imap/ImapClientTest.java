package org.postroom.simulator.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.Tokens;

class ImapClientTest {
    private Simulator simulator;
    private IMAPStore store;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        Properties properties = new Properties();
        properties.put("mail.imaps.auth.mechanisms", "XOAUTH2");
        properties.put(
                "mail.imaps.ssl.socketFactory", simulator.trustingContext().getSocketFactory());
        store = (IMAPStore) Session.getInstance(properties).getStore("imaps");
        store.connect(
                "localhost",
                simulator.endpoints().imapTlsPort(),
                "support@contoso.test",
                Tokens.mail(simulator, "svc@contoso.test"));
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        simulator.close();
    }

    private void write(String subject) {
        Customer ben = simulator.organisation().customer("ben@northwind.test").orElseThrow();
        simulator
                .customers()
                .write(
                        ben,
                        "support@contoso.test",
                        subject,
                        "Text öäü",
                        "<p>Rich <img src=\"cid:x@y\"></p>",
                        List.of());
    }

    private IMAPFolder inbox() throws Exception {
        IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        return inbox;
    }

    @Test
    void readsStructureAndText() throws Exception {
        write("Größe");
        IMAPFolder inbox = inbox();

        Message message = inbox.getMessage(1);

        assertThat(message.getSubject()).isEqualTo("Größe");
        Multipart alternative = (Multipart) message.getContent();
        assertThat(alternative.getCount()).isEqualTo(2);
        assertThat(alternative.getBodyPart(0).getContent()).asString().startsWith("Text öäü");
        Multipart related = (Multipart) alternative.getBodyPart(1).getContent();
        assertThat(related.getBodyPart(1).getContentType()).startsWith("IMAGE/PNG");
        assertThat(inbox.getUID(message)).isEqualTo(1);
    }

    @Test
    void hearsOfMailWhileIdling() throws Exception {
        IMAPFolder inbox = inbox();
        AtomicInteger heard = new AtomicInteger();
        inbox.addMessageCountListener(new MessageCountAdapter() {
            @Override
            public void messagesAdded(MessageCountEvent event) {
                heard.addAndGet(event.getMessages().length);
            }
        });
        Thread idle = Thread.ofVirtual().start(() -> {
            try {
                inbox.idle(true);
            } catch (jakarta.mail.MessagingException e) {
                heard.addAndGet(-100);
            }
        });
        await().until(() ->
                simulator.log().since(0, 1000, e -> e.text().endsWith(" IDLE")).size() == 1);

        write("News");

        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(heard).hasValue(1));
        idle.join(Duration.ofSeconds(3));
        assertThat(idle.isAlive()).isFalse();
    }

    @Test
    void movesAndAppends() throws Exception {
        write("One");
        write("Two");
        IMAPFolder inbox = inbox();
        Message first = inbox.getMessage(1);
        IMAPFolder archive = (IMAPFolder) store.getFolder("Archive");

        inbox.appendMessages(new Message[] {new MimeMessage((MimeMessage) first)});
        inbox.moveMessages(new Message[] {first}, archive);
        inbox.close(false);
        inbox.open(Folder.READ_WRITE);
        inbox.setFlags(new Message[] {inbox.getMessage(1)}, new Flags(Flags.Flag.FLAGGED), true);

        assertThat(archive.getMessageCount()).isEqualTo(1);
        assertThat(inbox.getMessageCount()).isEqualTo(2);
        assertThat(inbox.getMessage(1).isSet(Flags.Flag.FLAGGED)).isTrue();
        assertThat(inbox.getMessage(2).getSubject()).isEqualTo("One");
    }
}
