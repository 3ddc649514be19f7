package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain                                                    | plain
            =?utf-8?q?Gr=C3=BC=C3=9Fe?=                              | Grüße
            =?UTF-8?B?R3LDvMOfZQ==?=                                 | Grüße
            =?utf-8?b?R3LDvMOfZQ?=                                   | Grüße
            =?iso-8859-1?q?caf=E9?= and more                         | café and more
            =?utf-8?q?a?= =?utf-8?q?b?=                              | ab
            =?utf-8?q?a?=   =?iso-8859-1?q?=E9?=                     | aé
            =?utf-8?q?=E5=B1?= =?utf-8?q?=B1?=                       | 山
            =?utf-8?b?5bE=?= =?utf-8?b?sQ==?=                        | 山
            before=?utf-8?q?_mid_?=after                             | before mid after
            =?utf-8?q?with space?=                                   | with space
            =?utf-8*en?q?language?=                                  | language
            =?gb2312?B?1tDOxA==?=                                    | 中文
            =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=                       | 日本
            =?ks_c_5601-1987?B?x9GxuQ==?=                            | 한국
            =?x-unknown?q?abc?=                                      | abc
            =?utf-8?q?=E9t=E9?=                                      | été
            =?iso-8859-1?q?=C3=A9t=C3=A9?=                           | été
            =?utf-8?q?never ended                                    | never ended
            =?utf-8?x?what?=                                         | =?utf-8?x?what?=
            =?=?=                                                    | =?=?=
            =?utf-7?q?+AOk-t+AOk-?=                                  | été
            """)
    void readsWords(String header, String expected) {
        assertThat(EncodedWords.decode(header)).isEqualTo(expected);
    }

    @Test
    void rawBytesInHeadersAreRead() {
        assertThat(Mails.parse("Subject: Grüße\n\n").subject()).isEqualTo("Grüße");
        assertThat(Mails.parse(Mails.latin1("Subject: Grüße\n\n")).subject()).isEqualTo("Grüße");
    }

    @Test
    void aDecodedHeaderHoldsNoLineBreak() {
        assertThat(EncodedWords.decode("=?utf-8?q?a=0D=0ABcc:_x=40y.example?=")).isEqualTo("a Bcc: x@y.example");
    }
}
