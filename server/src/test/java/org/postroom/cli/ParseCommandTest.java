package org.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.secure.TestAuthority;
import org.postroom.secure.TestMails;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ParseCommandTest {
    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TestAuthority.Identity SUPPORT =
            new TestAuthority("Contoso Mail CA").rsaFor("support@contoso.test");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... words) {
        return run("", out, words);
    }

    private int run(String input, OutputStream to, String... words) {
        ParseCommand command = new ParseCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), to);
        return new CommandLine(command).setErr(new PrintWriter(err)).execute(words);
    }

    private List<JsonNode> lines() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .map(MAPPER::readTree)
                .toList();
    }

    private Path mail(String name, String subject) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "Subject: " + subject + "\r\n\r\nbody\r\n");
    }

    @Test
    void aLineHasTheKeysOfTheContractInOrder() throws IOException {
        mail("a.eml", "x");

        assertThat(run(folder.toString())).isZero();

        JsonNode line = lines().get(0);
        assertThat(line.propertyNames())
                .containsExactly(
                        "file",
                        "sha256",
                        "messageId",
                        "inReplyTo",
                        "references",
                        "subject",
                        "date",
                        "from",
                        "sender",
                        "replyTo",
                        "to",
                        "cc",
                        "bcc",
                        "text",
                        "html",
                        "newText",
                        "attachments",
                        "automatic",
                        "bounce",
                        "language",
                        "preview",
                        "problems");
        assertThat(line.get("file").stringValue())
                .isEqualTo(folder.resolve("a.eml").toString());
        assertThat(line.get("messageId").isNull()).isTrue();
        assertThat(line.get("automatic").propertyNames()).containsExactly("is", "mayAnswer", "why");
    }

    @Test
    void manyFilesComeInOrderWhateverTheNumberOfJobs() throws IOException {
        for (int i = 0; i < 200; i++) {
            mail("d%d/m%03d.eml".formatted(i / 50, i), "s" + i);
        }

        assertThat(run("--jobs", "4", folder.toString())).isZero();

        assertThat(lines())
                .extracting(l -> l.get("subject").stringValue())
                .isEqualTo(IntStream.range(0, 200).mapToObj(i -> "s" + i).toList());
    }

    @Test
    void aDashIsStandardInput() {
        assertThat(run("Subject: piped\n\nx", out, "-")).isZero();

        assertThat(lines().get(0).get("subject").stringValue()).isEqualTo("piped");
        assertThat(lines().get(0).get("file").stringValue()).isEqualTo("-");
    }

    @Test
    void aMissingPathIsWrongUsage() {
        assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(2);

        assertThat(err.toString()).contains("no such file or folder").contains("nowhere");
        assertThat(out.size()).isZero();
    }

    @Test
    void aFileThatCannotBeReadIsReportedAndTheOthersArePrinted() throws IOException {
        mail("a.eml", "a");
        Files.createSymbolicLink(folder.resolve("b.eml"), folder.resolve("gone"));
        mail("c.eml", "c");

        assertThat(run(folder.toString())).isEqualTo(1);

        assertThat(lines()).extracting(l -> l.get("subject").stringValue()).containsExactly("a", "c");
        assertThat(err.toString()).contains("cannot read").contains("b.eml");
    }

    @Test
    void noJobsIsWrongUsage() throws IOException {
        assertThat(run("--jobs", "0", mail("a.eml", "a").toString())).isEqualTo(2);

        assertThat(err.toString()).contains("--jobs");
    }

    @Test
    void aReaderThatLeavesEndsItQuietly() throws IOException {
        for (int i = 0; i < 100; i++) {
            mail("m%03d.eml".formatted(i), "s");
        }
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(run("", closed, folder.toString())).isZero();

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void halfASurrogatePairIsStillJson() throws IOException {
        mail("a.eml", "=?utf-16be?b?2D0=?= and =?utf-7?q?+2D0-?=");

        assertThat(run(folder.toString())).isZero();

        assertThat(lines()).hasSize(1);
    }

    @Test
    void keysOpenWhatIsEncrypted() throws IOException {
        Path key = Files.writeString(folder.resolve("support.pem"), SUPPORT.pem());
        Path mail = Files.writeString(
                folder.resolve("closed.eml"),
                TestMails.encrypted(SUPPORT, "Content-Type: text/plain\r\n\r\nThe code is 4711.\r\n"));

        assertThat(run(mail.toString())).isZero();
        assertThat(run("--keys", key.toString(), mail.toString())).isZero();

        assertThat(lines().get(0).at("/protection/encryption").asString()).isEqualTo("closed");
        assertThat(lines().get(0).at("/text").asString()).doesNotContain("4711");
        assertThat(lines().get(1).at("/protection/encryption").asString()).isEqualTo("decrypted");
        assertThat(lines().get(1).at("/text").asString()).contains("4711");
    }

    @Test
    void keysThatAreNoneAreNamed() throws IOException {
        Path mail = mail("a.eml", "x");
        Path words = Files.writeString(folder.resolve("words.txt"), "no key at all");
        String locked = folder.resolve("locked.p12").toString();
        Files.write(Path.of(locked), SUPPORT.pkcs12("secret"));

        assertThat(run("--keys", words.toString(), mail.toString())).isEqualTo(2);
        assertThat(run("--keys", locked, mail.toString())).isEqualTo(2);
        assertThat(run("--keys", folder.resolve("gone.pem").toString(), mail.toString()))
                .isEqualTo(2);
        assertThat(run("--keys", "/dev/zero", mail.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains("--keys: ", "words.txt", "locked.p12", "passphrase", "gone.pem", "/dev/zero");
        assertThat(out.size()).isZero();
    }
}
