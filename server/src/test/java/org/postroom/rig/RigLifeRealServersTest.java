package org.postroom.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Folder;
import jakarta.mail.Store;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.rig.RigOptions.MailboxFormat;

@Tag("server")
class RigLifeRealServersTest {

    @TempDir
    private Path work;

    @Test
    void leavesNoProcessBehind() {
        List<Long> before = children();
        RealServers servers = RealServers.start(work);
        int port = servers.imapTlsPort();

        servers.close();

        assertThat(children()).isEqualTo(before);
        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void keepsMailAndPortsOverRestart(MailboxFormat format) throws Exception {
        RigOptions options = RigOptions.standard().withoutPostfix().mailboxFormat(format);
        try (RealServers servers = RealServers.start(work, options)) {
            servers.addUser("ann@contoso.test", "pw");
            List<MixedMail.Sample> samples = MixedMail.samples(7, "ann@contoso.test", 40);
            servers.deliverAll(
                    "ann@contoso.test",
                    samples.stream().map(MixedMail.Sample::bytes).iterator());

            servers.restartDovecot();

            try (Store store = RigSession.forPassword(servers).getStore("imaps")) {
                store.connect(RealServers.HOST, servers.imapTlsPort(), "ann@contoso.test", "pw");
                Folder inbox = store.getFolder("INBOX");
                inbox.open(Folder.READ_WRITE);
                assertThat(inbox.getMessageCount()).isEqualTo(40);
                for (int i = 0; i < 40; i++) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    inbox.getMessage(i + 1).writeTo(bytes);
                    assertThat(bytes.toString(StandardCharsets.ISO_8859_1))
                            .endsWith(new String(samples.get(i).bytes(), StandardCharsets.ISO_8859_1));
                }
                inbox.copyMessages(inbox.getMessages(), store.getFolder("Sent Items"));
                assertThat(store.getFolder("Sent Items").getMessageCount()).isEqualTo(40);
            }
        }
    }

    @Test
    void offersNoTokenLoginWhenToldSo() throws Exception {
        RigOptions options = RigOptions.standard().withoutPostfix().withoutXoauth2();
        try (RealServers servers = RealServers.start(work, options);
                Socket socket = RigTrust.of(servers.authorityPem())
                        .getSocketFactory()
                        .createSocket(RealServers.HOST, servers.imapTlsPort())) {
            String greeting = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(greeting).contains("AUTH=PLAIN").doesNotContain("XOAUTH2", "OAUTHBEARER");
        }
    }

    private static List<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
    }
}
