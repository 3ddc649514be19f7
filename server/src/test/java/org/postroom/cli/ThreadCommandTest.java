package org.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ThreadCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... words) {
        return new CommandLine(new ThreadCommand(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    private void mail(String name, String from, String to, String more) throws IOException {
        String text = "From: " + from + "\nTo: " + to + "\nSubject: Lamp\n" + more + "\nHello\n";
        Files.writeString(folder.resolve(name), text.replace("\n", "\r\n"));
    }

    /** Names of the files, a conversation per entry. */
    private List<String> conversations() {
        List<String> all = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode node = JsonMapper.shared().readTree(line);
            assertThat(node.propertyNames()).containsExactly("conversation", "messages");
            assertThat(node.get("conversation").asInt()).isEqualTo(all.size() + 1);
            List<String> names = new ArrayList<>();
            node.get("messages")
                    .forEach(one ->
                            names.add(Path.of(one.asString()).getFileName().toString()));
            all.add(String.join(" ", names));
        }
        return all;
    }

    @Test
    void answersStandWithWhatTheyAnswerInTheOrderGiven() throws IOException {
        mail("a", "ann@a.test", "s@b.test", "Message-ID: <1@a.test>\n");
        mail("b", "ann@a.test", "s@b.test", "Message-ID: <2@a.test>\n");
        mail("c", "ann@a.test", "s@b.test", "In-Reply-To: <1@a.test>\n");
        mail("d", "ann@a.test", "s@b.test", "");

        assertThat(run(folder.toString())).isZero();

        assertThat(conversations()).containsExactly("a c", "b", "d");
    }

    @Test
    void strangersWhoAnswerTheMailboxStayApart() throws IOException {
        mail("a", "ann@a.test", "s@b.test", "In-Reply-To: <news@b.test>\n");
        mail("b", "bob@c.test", "s@b.test", "In-Reply-To: <news@b.test>\n");
        mail("c", "cid@d.test", "s@b.test", "In-Reply-To: <news@b.test>\n");
        mail("d", "bob@c.test", "s@b.test", "References: <news@b.test>\n");

        run(folder.toString());

        assertThat(conversations()).containsExactly("a", "b d", "c");
    }

    @Test
    void newsletterOfTheMailboxItselfStaysApartToo() throws IOException {
        mail("a", "s@b.test", "everybody@c.test", "Message-ID: <news@b.test>\n");
        mail("b", "bob@c.test", "s@b.test", "In-Reply-To: <news@b.test>\n");
        mail("c", "cid@d.test", "s@b.test", "In-Reply-To: <news@b.test>\n");

        run("--address", "S@b.test", folder.toString());

        assertThat(conversations()).containsExactly("a", "b", "c");
    }

    @Test
    void twoWhoWriteToEachOtherAreOneConversation() throws IOException {
        mail("a", "ann@a.test", "bob@b.test", "Message-ID: <1@a.test>\n");
        mail("b", "bob@b.test", "ann@a.test", "In-Reply-To: <1@a.test>\nMessage-ID: <2@b.test>\n");
        mail("c", "ann@a.test", "bob@b.test", "References: <1@a.test> <2@b.test>\n");

        run(folder.toString());

        assertThat(conversations()).containsExactly("a b c");
    }

    @Test
    void listWhoseMembersAnswerTheListIsOneConversation() throws IOException {
        String list = "List-Id: <talk.l.test>\n";
        mail("a", "ann@a.test", "talk@l.test", list + "Message-ID: <1@a.test>\n");
        mail("b", "bob@b.test", "talk@l.test", list + "In-Reply-To: <1@a.test>\n");

        run(folder.toString());

        assertThat(conversations()).containsExactly("a b");
    }

    @Test
    void bounceStandsWithItsOriginal() throws IOException {
        mail("a", "s@b.test", "ann@a.test", "Message-ID: <1@b.test>\n");
        mail(
                "b",
                "MAILER-DAEMON@x.test",
                "s@b.test",
                "MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n"
                        + "Failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.a.test\n\n"
                        + "Final-Recipient: rfc822; ann@a.test\nAction: failed\nStatus: 5.1.1\n"
                        + "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <1@b.test>\nSubject: Lamp\n\n--b--\n");

        run(folder.toString());

        assertThat(conversations()).containsExactly("a b");
    }

    @Test
    void googlesThreadIdInTheHeaderJoins() throws IOException {
        mail("a", "ann@a.test", "s@b.test", "X-GM-THRID: 1278455344230334865\n");
        mail("b", "ann@a.test", "s@b.test", "X-GM-THRID: 1278455344230334865\n");
        mail("c", "ann@a.test", "s@b.test", "X-GM-THRID: 1278455344230334866\n");

        run(folder.toString());

        assertThat(conversations()).containsExactly("a b", "c");
    }

    @Test
    void addressInInReplyToIsNoId() throws IOException {
        mail("a", "ann@a.test", "s@b.test", "In-Reply-To: Message of s@b.test <ann@a.test>\n");
        mail("b", "ann@a.test", "s@b.test", "In-Reply-To: Message of s@b.test <ann@a.test>\n");

        run(folder.toString());

        assertThat(conversations()).containsExactly("a", "b");
    }

    @Test
    void missingPathIsWrongUsage() {
        assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no such file or folder");
    }

    @Test
    void tenThousandReferencesAreRead() throws IOException {
        StringBuilder many = new StringBuilder("References: <root@a.test>");
        for (int i = 0; i < 10_000; i++) {
            many.append("\n <").append(i).append("@a.test>");
        }
        mail("a", "ann@a.test", "s@b.test", many + "\n");
        mail("b", "ann@a.test", "s@b.test", "Message-ID: <root@a.test>\n");

        assertThat(run(folder.toString())).isZero();

        assertThat(conversations()).containsExactly("a b");
    }
}
