package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            report.pdf                  | report.pdf
            ../../etc/passwd            | passwd
            C:\\Users\\ann\\report.pdf  | report.pdf
            ..                          | attachment-3.pdf
            .                           | attachment-3.pdf
            /                           | _
            con                         | _con
            NUL.txt                     | _NUL.txt
            lpt1.tar.gz                 | _lpt1.tar.gz
            trailing. .                 | trailing
            a<b>c:d"e?g*h.txt           | a_b_c_d_e_g_h.txt
            Grüße 山.pdf                | Grüße 山.pdf
            R%C3%A9sum%C3%A9.pdf        | Résumé.pdf
            100%25.pdf                  | 100%25.pdf
            a%20b.pdf                   | a b.pdf
            %2e%2e%2fetc%2fpasswd       | %2e%2e%2fetc%2fpasswd
            """)
    void areSafe(String wanted, String expected) {
        assertThat(FileNames.safe(wanted, "application/pdf", 3)).isEqualTo(expected);
    }

    @Test
    void holdNoControlNorDirectionCharacters() {
        assertThat(FileNames.safe("a\u0000b\u0007c\u202Efdp.exe\r\n", "application/pdf", 1))
                .isEqualTo("abcfdp.exe");
    }

    @Test
    void areAtMost240BytesAndKeepTheirExtension() {
        String name = FileNames.safe("x".repeat(400) + ".pdf", "application/pdf", 1);

        assertThat(name).hasSize(240).endsWith("x.pdf");
    }

    @Test
    void neverCutACharacterInTwo() {
        String name = FileNames.safe("😀".repeat(200), "image/png", 1);

        assertThat(name).doesNotContain("?").matches(n -> !Character.isHighSurrogate(n.charAt(n.length() - 1)));
    }

    @Test
    void comeFromTheTypeWhereThereIsNone() {
        assertThat(FileNames.safe(null, "image/jpeg", 2)).isEqualTo("attachment-2.jpg");
        assertThat(FileNames.safe("  ", "x/unknown", 2)).isEqualTo("attachment-2.bin");
    }
}
