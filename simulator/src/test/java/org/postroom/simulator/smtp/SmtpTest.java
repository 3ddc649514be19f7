package org.postroom.simulator.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.Tokens;
import org.postroom.simulator.testkit.Wire;

class SmtpTest {
    private Simulator simulator;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private Wire greeted() throws Exception {
        Wire wire = Wire.tls(simulator, simulator.endpoints().smtpTlsPort());
        wire.reply();
        wire.smtp("EHLO test");
        return wire;
    }

    private Wire authenticated(String user) throws Exception {
        Wire wire = greeted();
        assertThat(wire.smtp("AUTH XOAUTH2 " + Wire.xoauth2(user, Tokens.mail(simulator, user))))
                .isEqualTo("235 2.7.0 Authentication successful");
        return wire;
    }

    private static String submit(Wire wire, String from, String to) throws Exception {
        wire.smtp("MAIL FROM:<" + from + ">");
        wire.smtp("RCPT TO:<" + to + ">");
        wire.smtp("DATA");
        return wire.smtp("From: <" + from + ">\r\nTo: <" + to + ">\r\nSubject: x\r\n\r\n..dot\r\n.");
    }

    private int count(String address, String folder) {
        return simulator
                .organisation()
                .mailbox(address)
                .flatMap(mailbox -> mailbox.folder(folder))
                .orElseThrow()
                .messages()
                .size();
    }

    private void send(String from, String to) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.starttls.required", "true");
        properties.put("mail.smtp.auth.mechanisms", "XOAUTH2");
        properties.put("mail.smtp.auth", "true");
        properties.put("mail.smtp.localhost", "test");
        properties.put(
                "mail.smtp.ssl.socketFactory", simulator.trustingContext().getSocketFactory());
        Session session = Session.getInstance(properties);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject("An answer");
        message.setText("Hello");
        message.saveChanges();
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(
                    "localhost",
                    simulator.endpoints().smtpStartTlsPort(),
                    "svc@contoso.test",
                    Tokens.mail(simulator, "svc@contoso.test"));
            transport.sendMessage(message, message.getAllRecipients());
        }
    }

    @Test
    void sendsAsTheSharedMailboxAndFilesCopies() throws Exception {
        send("support@contoso.test", "ann@fabrikam.test");

        assertThat(count("ann@fabrikam.test", Mailbox.INBOX)).isEqualTo(1);
        assertThat(count("svc@contoso.test", Mailbox.SENT)).isEqualTo(1);
        assertThat(count("support@contoso.test", Mailbox.SENT)).isEqualTo(1);
    }

    @Test
    void refusesAnotherSenderAfterData() {
        assertThatThrownBy(() -> send("sales@contoso.test", "ann@fabrikam.test"))
                .hasMessageContaining(
                        "554 5.2.252 SendAsDenied; svc@contoso.test not allowed to send as sales@contoso.test;"
                                + " STOREDRV.Submission.Exception:SendAsDeniedException");
        assertThat(count("ann@fabrikam.test", Mailbox.INBOX)).isZero();
        assertThat(count("svc@contoso.test", Mailbox.SENT)).isZero();
    }

    @Test
    void beforeTlsThereIsNoAuthenticationAndNoMail() throws Exception {
        try (Wire wire = Wire.plain(simulator.endpoints().smtpStartTlsPort())) {
            wire.reply();
            wire.send("EHLO test");
            assertThat(wire.until("250 "))
                    .contains("250-SIZE 157286400", "250-STARTTLS", "250-CHUNKING")
                    .noneMatch(line -> line.contains("AUTH"));
            assertThat(wire.smtp("AUTH XOAUTH2 abc")).startsWith("504 5.7.4 Unrecognized authentication type");
            assertThat(wire.smtp("MAIL FROM:<svc@contoso.test>")).startsWith("530 5.7.57 Client not authenticated");
        }
    }

    @Test
    void twoStepAuthenticationWorksToo() throws Exception {
        try (Wire wire = greeted()) {
            assertThat(wire.smtp("AUTH XOAUTH2")).isEqualTo("334 ");
            String token = Tokens.mail(simulator, "svc@contoso.test");
            assertThat(wire.smtp(Wire.xoauth2("svc@contoso.test", token))).startsWith("235 2.7.0");
        }
    }

    @Test
    void sharedMailboxCannotAuthenticate() throws Exception {
        try (Wire wire = greeted()) {
            String token = Tokens.mail(simulator, "svc@contoso.test");
            assertThat(wire.smtp("AUTH XOAUTH2 " + Wire.xoauth2("support@contoso.test", token)))
                    .startsWith("535 5.7.3 Authentication unsuccessful [");
        }
    }

    @Test
    void switchedOffSmtpAuthIsNamedForTenantAndMailbox() throws Exception {
        String auth = "AUTH XOAUTH2 " + Wire.xoauth2("svc@contoso.test", Tokens.mail(simulator, "svc@contoso.test"));
        Mailbox mailbox = simulator.organisation().mailbox("svc@contoso.test").orElseThrow();
        try (Wire wire = greeted()) {
            simulator.organisation().tenants().getFirst().smtpAuthDisabled(true);
            assertThat(wire.smtp(auth)).startsWith("535 5.7.139").contains("is disabled for the Tenant");
            mailbox.smtpAuthDisabled(true);
            assertThat(wire.smtp(auth)).startsWith("535 5.7.139").contains("is disabled for the Mailbox");
            mailbox.smtpAuthDisabled(false);
            assertThat(wire.smtp(auth)).startsWith("235 ");
        }
    }

    @Test
    void passwordsAreRetired() throws Exception {
        String name = Base64.getEncoder()
                .encodeToString("svc@contoso.test".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String password =
                Base64.getEncoder().encodeToString("Pa55-svc".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<String> replies = new ArrayList<>();
        try (Wire wire = greeted()) {
            for (int i = 0; i < 3; i++) {
                wire.smtp("AUTH LOGIN");
                wire.smtp(name);
                replies.add(wire.smtp(password));
                simulator.organisation().tenants().getFirst().securityDefaults(i == 0);
                simulator.organisation().tenants().getFirst().basicAuth(true);
            }
        }

        assertThat(replies.get(0)).startsWith("550 5.7.30 Basic authentication is not supported");
        assertThat(replies.get(1)).startsWith("535 5.7.139").contains("security defaults policy");
        assertThat(replies.get(2)).startsWith("235 ");
    }

    @Test
    void fourthConnectionIsTooMany() throws Exception {
        List<Wire> wires = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                wires.add(authenticated("svc@contoso.test"));
            }
            assertThat(submit(wires.get(2), "svc@contoso.test", "ann@fabrikam.test"))
                    .startsWith("250 2.0.0 OK");
            assertThat(submit(wires.get(3), "svc@contoso.test", "ann@fabrikam.test"))
                    .startsWith("432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded");
        } finally {
            for (Wire wire : wires) {
                wire.close();
            }
        }
    }

    @Test
    void unknownAndTooLargeAreRefused() throws Exception {
        try (Wire wire = authenticated("svc@contoso.test")) {
            assertThat(wire.smtp("MAIL FROM:<svc@contoso.test> SIZE=157286401")).startsWith("552 5.3.4");
            wire.smtp("MAIL FROM:<svc@contoso.test>");
            assertThat(wire.smtp("RCPT TO:<nobody@contoso.test>")).startsWith("550 5.1.10");
            assertThat(wire.smtp("RCPT TO:<nonsense>")).startsWith("501 5.1.3");
            assertThat(wire.smtp("NONSENSE")).startsWith("500 5.3.3");
        }
    }

    @Test
    void mailToNobodyHereIsKept() throws Exception {
        try (Wire wire = authenticated("svc@contoso.test")) {
            submit(wire, "svc@contoso.test", "who@elsewhere.test");
        }

        assertThat(simulator.transport().catchAll()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("who@elsewhere.test");
            assertThat(new String(mail.content().octets(), java.nio.charset.StandardCharsets.US_ASCII))
                    .endsWith("\r\n.dot\r\n");
        });
    }

    @Test
    void chunksMakeOneMessage() throws Exception {
        try (Wire wire = authenticated("svc@contoso.test")) {
            wire.smtp("MAIL FROM:<svc@contoso.test>");
            wire.smtp("RCPT TO:<ann@fabrikam.test>");
            assertThat(wire.smtp("BDAT 24\r\nFrom: svc@contoso.test")).startsWith("250 2.0.0 Chunk received");
            assertThat(wire.smtp("BDAT 7 LAST\r\n\r\nhello")).startsWith("250 2.0.0 OK");
        }

        assertThat(count("ann@fabrikam.test", Mailbox.INBOX)).isEqualTo(1);
    }
}
