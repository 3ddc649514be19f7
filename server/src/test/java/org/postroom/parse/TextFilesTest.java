package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFilesTest {
    private final Problems problems = new Problems();

    private TextFiles taken(byte[] text) {
        return TextFiles.taken(text, text.length, problems);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aFileInUuencodeIsTakenOut() {
        byte[] text = bytes("before\r\nbegin 644 a b.txt\r\n#0V%T\r\n`\r\nend\r\nafter\r\n");

        TextFiles files = taken(text);

        assertThat(new String(text, 0, files.length(), StandardCharsets.ISO_8859_1))
                .isEqualTo("before\r\nafter\r\n");
        assertThat(files.found()).singleElement().satisfies(f -> {
            assertThat(f.name()).isEqualTo("a b.txt");
            assertThat(new String(f.content(), 0, f.length(), StandardCharsets.US_ASCII))
                    .isEqualTo("Cat");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "begin 644 x.txt\nthat is all\n",
                "begin 644 x.txt\n#0V%T\n`\n",
                "begin 644 x.txt\n#0V%T\nno such line here\nend\n",
                "begin 644 x.txt\n`\nend\n",
                "begin 999 x.txt\n#0V%T\n`\nend\n",
                "begin with this\nend\n",
                "=ybegin line=128 size=3 name=a\nabc\n",
                "=ybegin line=x size=3 name=a\nabc\n=yend size=3\n"
            })
    void whatIsNotWellFormedStaysText(String text) {
        byte[] bytes = bytes(text);

        TextFiles files = taken(bytes);

        assertThat(files.found()).isEmpty();
        assertThat(files.length()).isEqualTo(bytes.length);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).isEqualTo(text);
    }

    @Test
    void aPartOfAFileInYEncIsNamedAndChecked() {
        byte[] text = bytes(
                "=ybegin part=1 total=2 line=128 size=6 name=c.bin\n=ypart begin=1 end=3\n\u008b\u008c\u008d\n=yend size=3 part=1 pcrc32=352441c2\n");

        TextFiles files = taken(text);

        assertThat(files.found().getFirst().content()).startsWith('a', 'b', 'c');
        assertThat(problems.list()).containsExactly("attachment 'c.bin' is part 1 of 2 of a file");
    }

    @Test
    void manyBeginningsWithoutEndCostNoMoreThanReadingOnce() {
        byte[] text = bytes("=ybegin line=1 size=1 name=a\n".repeat(60_000));

        assertThat(taken(text).found()).isEmpty();
    }
}
