package org.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class Xoauth2CommandTest {
    private static final String TOKEN = jwt(
            "{\"aud\":\"https://outlook.office.com\",\"scp\":\"IMAP.AccessAsUser.All\",\"exp\":1795255200,\"upn\":\"a@b.example\",\"secret\":\"x\"}");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String jwt(String claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2lnbmF0dXJlLW9mLXRoaXMtdG9rZW4";
    }

    private int run(String input, String... words) {
        Xoauth2Command command = new Xoauth2Command(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    @Test
    void encodesUserAndToken() {
        assertThat(run("  token123\n", "--user", "support@contoso.test")).isZero();

        assertThat(new String(Base64.getDecoder().decode(out.toString().strip()), StandardCharsets.UTF_8))
                .isEqualTo("user=support@contoso.test\u0001auth=Bearer token123\u0001\u0001");
    }

    @Test
    void decodesWithTheTokenMasked() {
        run(TOKEN, "--user", "a@b.example");
        String sasl = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run(sasl, "--decode")).isZero();

        assertThat(out.toString())
                .contains("a@b.example", "(" + TOKEN.length() + " characters)", "IMAP.AccessAsUser.All", "2026-11-21T")
                .contains(TOKEN.substring(0, 4) + "…" + TOKEN.substring(TOKEN.length() - 4))
                .doesNotContain(TOKEN.substring(0, 12), "secret");
    }

    @Test
    void decodesToJson() {
        run(TOKEN, "--user", "a@b.example");
        String sasl = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run(sasl, "--decode", "--json")).isZero();

        JsonNode shown = JsonMapper.shared().readTree(out.toString());
        assertThat(shown.get("user").stringValue()).isEqualTo("a@b.example");
        assertThat(shown.get("length").intValue()).isEqualTo(TOKEN.length());
        assertThat(shown.get("claims").propertyNames()).containsExactlyInAnyOrder("aud", "scp", "exp", "upn");
    }

    @Test
    void aShortTokenIsMaskedWhole() {
        run("abcdefgh", "--user", "a@b.example");
        String sasl = out.toString();
        out.getBuffer().setLength(0);

        assertThat(run(sasl, "--decode")).isZero();

        assertThat(out.toString()).doesNotContain("abcd", "efgh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "two words", "line\nbreak"})
    void aTokenThatIsNoneIsRefused(String token) {
        assertThat(run(token, "--user", "a@b.example")).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("postroom xoauth2: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\u0001auth=Bearer x", "a\nb"})
    void aUserWithControlCharactersIsRefused(String user) {
        assertThat(run("token", "--user", user)).isEqualTo(2);

        assertThat(err.toString()).contains("--user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not base64!", "aGVsbG8=", "dXNlcj1hAWF1dGg9QmVhcmVyIAEB"})
    void whatIsNoSaslStringIsRefused(String text) {
        assertThat(run(text, "--decode")).isEqualTo(1);

        assertThat(err.toString()).startsWith("postroom xoauth2: ");
    }

    @Test
    void theUserMustBeNamed() {
        assertThat(run("token")).isEqualTo(2);
        assertThat(run("token", "--user", "a@b.example", "--decode")).isEqualTo(2);
    }
}
