package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailDatesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Sat, 21 Nov 2026 11:30:05 +0100          | 2026-11-21T10:30:05Z
            21 Nov 2026 11:30 +0100                  | 2026-11-21T10:30:00Z
            Sat, 21 Nov 2026 11:30:05 +0100 (CET)    | 2026-11-21T10:30:05Z
            Sat, 21 Nov 2026 11(of a day):   30  :  05 +0100 | 2026-11-21T10:30:05Z
            Sat, 21 Nov 2026 11:(sharp) 30 +0100     | 2026-11-21T10:30:00Z
            Sat,21 Nov 2026 11:30:05 GMT             | 2026-11-21T11:30:05Z
            Sat, 21 Nov 2026 11:30:05 GMT+0200       | 2026-11-21T09:30:05Z
            Sat, 21 Nov 2026 11:30:05 EST            | 2026-11-21T16:30:05Z
            Sat, 21 Nov 2026 11:30:05 -05:30         | 2026-11-21T17:00:05Z
            Sat Nov 21 11:30:05 2026                 | 2026-11-21T11:30:05Z
            Sat Nov 21 11:30:05 CET 2026             | 2026-11-21T10:30:05Z
            Sat Nov 21 11:30:05 2026 +0100           | 2026-11-21T10:30:05Z
            2026-11-21T11:30:05Z                     | 2026-11-21T11:30:05Z
            2026-11-21T11:30:05.123+01:00            | 2026-11-21T10:30:05Z
            2026-11-21 11:30:05                      | 2026-11-21T11:30:05Z
            21 Nov 98 11:30:05 +0000                 | 1998-11-21T11:30:05Z
            21 Nov 26 11:30:05 +0000                 | 2026-11-21T11:30:05Z
            21 Nov 126 11:30:05 +0000                | 2026-11-21T11:30:05Z
            21-Nov-2026 11:30:05 +0000               | 2026-11-21T11:30:05Z
            Nov 21, 2026 11:30:05 PM                 | 2026-11-21T23:30:05Z
            11/21/2026 12:05:00 AM                   | 2026-11-21T00:05:00Z
            21.11.2026 11:30                         | 2026-11-21T11:30:00Z
            Sa, 21 Dez 2026 11:30:05 +0100           | 2026-12-21T10:30:05Z
            mar., 24 mars 2026 11:30:05 +0100        | 2026-03-24T10:30:05Z
            Sat, 21 Nov 2026 11:30:60 +0000          | 2026-11-21T11:30:59Z
            Sat, 21 Nov 2026 11 : 30 : 05 +0000      | 2026-11-21T11:30:05Z
            Sat, 21 Nov 2026 11.30.05 +0000          | 2026-11-21T11:30:05Z
            Sat, 21 Nov 2026 11:30:05 +9999          | 2026-11-21T11:30:05Z
            3 juillet 2026 11:30 +0200               | 2026-07-03T09:30:00Z
            ven. 5 juin 2026 11:30:05 +0200          | 2026-06-05T09:30:05Z
            sobota, 21 listopada 2026 11:30 +0100    | 2026-11-21T10:30:00Z
            21. prosince 2026 11:30 +0100            | 2026-12-21T10:30:00Z
            5. července 2026 11:30 +0200             | 2026-07-05T09:30:00Z
            5. června 2026 11:30 +0200               | 2026-06-05T09:30:00Z
            21 kesäkuuta 2026 11:30 +0300            | 2026-06-21T08:30:00Z
            21 marraskuuta 2026 11:30 +0200          | 2026-11-21T09:30:00Z
            21 Kasım 2026 Cumartesi 11:30 +0300      | 2026-11-21T08:30:00Z
            Сб, 21 ноября 2026 11:30:05 +0300        | 2026-11-21T08:30:05Z
            Σάβ, 21 Νοε 2026 11:30:05 +0200          | 2026-11-21T09:30:05Z
            2026年11月21日 下午 3:30                   | 2026-11-21T15:30:00Z
            2026년 11월 21일 (토) 오전 9:05            | 2026-11-21T09:05:00Z
            zaterdag 21 maart 2026 11:30 +0100       | 2026-03-21T10:30:00Z
            sáb, 21 de novembro de 2026 11:30 -0300  | 2026-11-21T14:30:00Z
            Sat, 21 Nov 2026 11:30:05 (CET)          | 2026-11-21T10:30:05Z
            Sat, 21 Nov 2026 11:30:05 (GMT+2)        | 2026-11-21T09:30:05Z
            Sat, 21 Nov 2026 11:30:05 WEST           | 2026-11-21T10:30:05Z
            Sat, 21 Nov 2026 11:30:05 NST            | 2026-11-21T15:00:05Z
            (a (nested) comment) 21 Nov 2026 11:30 Z | 2026-11-21T11:30:00Z
            """)
    void readsEveryStyle(String date, Instant expected) {
        assertThat(MailDates.parse(date)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "31 Feb 2026 10:00 +0000",
                "Sat, 21 Nov",
                "99999999999999",
                "21 Nov 2026 25:00 +0000",
                "(((("
            })
    void whatIsNoDateIsNull(String date) {
        assertThat(MailDates.parse(date)).isNull();
    }
}
