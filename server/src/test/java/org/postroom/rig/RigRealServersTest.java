package org.postroom.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.event.MessageCountAdapter;
import jakarta.mail.event.MessageCountEvent;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("server")
class RigRealServersTest {

    private static final String SERVICE = "svc@contoso.test";
    private static final String SHARED = "support@contoso.test";
    private static final String OTHER = "sales@contoso.test";
    private static final String CUSTOMER = "ann@fabrikam.test";
    private static final Duration HOUR = Duration.ofHours(1);

    private static RealServers servers;

    @BeforeAll
    static void start(@TempDir Path work) {
        servers = RealServers.start(work);
        for (String address : new String[] {SERVICE, SHARED, OTHER, CUSTOMER}) {
            servers.addUser(address, "s3cret!");
        }
        servers.grantFullAccess(SERVICE, SHARED);
        servers.grantSendAs(SERVICE, SHARED);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void opensMailboxWithPassword() throws Exception {
        for (String protocol : new String[] {"imaps", "imap", "pop3s"}) {
            try (Store store = RigSession.forPassword(servers).getStore(protocol)) {
                store.connect(RealServers.HOST, port(protocol), SERVICE, "s3cret!");

                assertThat(store.getFolder("INBOX").exists()).isTrue();
            }
        }
    }

    @Test
    void refusesWrongPasswordWithoutDelay() {
        long started = System.nanoTime();

        assertThatExceptionOfType(AuthenticationFailedException.class)
                .isThrownBy(() -> RigSession.forPassword(servers)
                        .getStore("imaps")
                        .connect(RealServers.HOST, servers.imapTlsPort(), SERVICE, "wrong"));

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void opensOwnMailboxWithToken() throws Exception {
        String token = servers.accessToken(SERVICE, HOUR, Map.of("azp", "4b1c-app", "scp", "IMAP.AccessAsUser.All"));

        try (Store store = connectWithToken(SERVICE, token)) {
            assertThat(store.getFolder("Sent Items").exists()).isTrue();
        }
    }

    @Test
    void opensSharedMailboxWithGrantOnly() throws Exception {
        String token = servers.accessToken(SERVICE, HOUR);

        try (Store store = connectWithToken(SHARED, token)) {
            assertThat(store.isConnected()).isTrue();
        }
        assertThatThrownBy(() -> connectWithToken(OTHER, token)).isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void grantAndItsEndCountAtTheNextLogin() throws Exception {
        String token = servers.accessToken(CUSTOMER, HOUR);
        servers.addUser("orders@fabrikam.test", "s3cret!");

        servers.grantFullAccess(CUSTOMER, "orders@fabrikam.test");

        connectWithToken("orders@fabrikam.test", token).close();
        servers.revokeFullAccess(CUSTOMER, "orders@fabrikam.test");
        assertThatThrownBy(() -> connectWithToken("orders@fabrikam.test", token))
                .isInstanceOf(AuthenticationFailedException.class);
    }

    @Test
    void refusesExpiredForgedAndForeignToken() {
        String expired = servers.accessToken(SERVICE, Duration.ofMinutes(-5));
        String good = servers.accessToken(SERVICE, HOUR);
        String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
        String foreign = servers.accessToken("svc@elsewhere.test", HOUR);

        for (String token : new String[] {expired, forged, foreign, "nonsense"}) {
            assertThatThrownBy(() -> connectWithToken(SERVICE, token))
                    .isInstanceOf(AuthenticationFailedException.class);
        }
    }

    @Test
    void refusesNameThatIsNotInTheCertificate() throws Exception {
        Session session = RigSession.forPassword(servers);

        assertThatThrownBy(() -> session.getStore("imaps")
                        .connect(RealServers.MISMATCHED_HOST, servers.imapTlsPort(), SERVICE, "s3cret!"))
                .isInstanceOf(MessagingException.class)
                .hasStackTraceContaining("127.0.0.2");
    }

    @Test
    void sendsAsSharedMailboxWithRightOnly() throws Exception {
        String token = servers.accessToken(SERVICE, HOUR);

        for (String protocol : new String[] {"smtp", "smtps"}) {
            send(protocol, token, SHARED, "answer by " + protocol);

            await().untilAsserted(() -> assertThat(subjects(CUSTOMER)).contains("answer by " + protocol));
        }
        assertThatThrownBy(() -> send("smtp", token, OTHER, "never"))
                .isInstanceOf(SendFailedException.class)
                .hasStackTraceContaining("553 5.7.1");
    }

    @Test
    void letsNothingOutOfTheMachine() throws Exception {
        Session session = RigSession.forPassword(servers);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(RealServers.HOST, servers.smtpStartTlsPort(), OTHER, "s3cret!");
            MimeMessage message = message(session, OTHER, "out");

            for (String outside : new String[] {"someone@example.com", "nobody@contoso.test", "root@localhost"}) {
                assertThatThrownBy(() -> transport.sendMessage(message, InternetAddress.parse(outside)))
                        .hasStackTraceContaining("550 5.");
            }
        }
    }

    @Test
    void announcesDeliveryToIdleClient() throws Exception {
        AtomicInteger announced = new AtomicInteger();
        servers.addUser("idle@contoso.test", "s3cret!");
        try (IMAPStore store = (IMAPStore) RigSession.forPassword(servers).getStore("imaps")) {
            store.connect(RealServers.HOST, servers.imapTlsPort(), "idle@contoso.test", "s3cret!");
            IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            inbox.addMessageCountListener(new MessageCountAdapter() {
                @Override
                public void messagesAdded(MessageCountEvent event) {
                    announced.addAndGet(event.getMessages().length);
                }
            });
            Thread watcher = Thread.ofVirtual().start(() -> idle(inbox));

            servers.deliver("idle@contoso.test", mail("knock"));

            await().untilAsserted(() -> assertThat(announced).hasValue(1));
            inbox.close();
            watcher.join();
        }
    }

    private static void idle(IMAPFolder folder) {
        try {
            folder.idle(true);
        } catch (MessagingException | IllegalStateException closed) {
            assertThat(closed).isNotNull();
        }
    }

    private static byte[] mail(String subject) {
        return "From: ann@fabrikam.test\r\nSubject: %s\r\n\r\n.dot\r\n"
                .formatted(subject)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int port(String protocol) {
        return switch (protocol) {
            case "imaps" -> servers.imapTlsPort();
            case "imap" -> servers.imapStartTlsPort();
            case "pop3s" -> servers.pop3TlsPort();
            case "smtp" -> servers.smtpStartTlsPort();
            case "smtps" -> servers.smtpTlsPort();
            default -> throw new IllegalArgumentException(protocol);
        };
    }

    private static Store connectWithToken(String mailbox, String token) throws Exception {
        Store store = RigSession.forToken(servers).getStore("imaps");
        store.connect(RealServers.HOST, servers.imapTlsPort(), mailbox, token);
        return store;
    }

    private static void send(String protocol, String token, String from, String subject) throws Exception {
        Session session = RigSession.forToken(servers);
        try (Transport transport = session.getTransport(protocol)) {
            transport.connect(RealServers.HOST, port(protocol), SERVICE, token);
            transport.sendMessage(message(session, from, subject), InternetAddress.parse(CUSTOMER));
        }
    }

    private static MimeMessage message(Session session, String from, String subject) throws Exception {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, CUSTOMER);
        message.setSubject(subject);
        message.setText("Hello");
        message.saveChanges();
        return message;
    }

    private static List<String> subjects(String address) throws Exception {
        try (Store store = RigSession.forPassword(servers).getStore("imaps")) {
            store.connect(RealServers.HOST, servers.imapTlsPort(), address, "s3cret!");
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            List<String> subjects = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                subjects.add(message.getSubject());
            }
            return subjects;
        }
    }
}
