package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderValueTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            attachment; filename=a.pdf                                                        | a.pdf
            attachment; filename="a b.pdf"                                                    | a b.pdf
            attachment; filename="a;b.pdf"; size=3                                            | a;b.pdf
            attachment; filename="a \\"b\\".pdf"                                              | a "b".pdf
            attachment; FileName = "x.pdf"                                                    | x.pdf
            attachment; filename*=utf-8''R%C3%A9sum%C3%A9.pdf                                 | Résumé.pdf
            attachment; filename="R.pdf"; filename*=utf-8''R%C3%A9.pdf                        | Ré.pdf
            attachment; filename*0="one"; filename*1="two.pdf"                                | onetwo.pdf
            attachment; filename*1="two.pdf"; filename*0="one"                                | onetwo.pdf
            attachment; filename*0*=utf-8''%E5%B1; filename*1*=%B1.pdf                        | 山.pdf
            attachment; filename*0*=iso-8859-1''caf%E9; filename*1=".pdf"                     | café.pdf
            attachment; filename="=?utf-8?q?R=C3=A9.pdf?="                                    | Ré.pdf
            attachment; filename="=?utf-8?q?R=C3=A9?= =?utf-8?q?sum.pdf?="                    | Résum.pdf
            attachment; filename=unquoted name.pdf                                            | unquoted name.pdf
            attachment; filename="never ended.pdf                                             | never ended.pdf
            attachment; filename=a.pdf (a comment)                                            | a.pdf
            attachment; filename="Grüße.pdf"                                                  | Grüße.pdf
            """)
    void readsFileNames(String header, String expected) {
        assertThat(HeaderValue.parse(header).value()).isEqualTo("attachment");
        assertThat(HeaderValue.parse(header).parameter("filename")).isEqualTo(expected);
    }
}
