package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.mail.Address;
import org.postroom.mail.Invitation;

class CalendarsTest {
    private static Invitation event(String method, String lines) {
        String calendar = "BEGIN:VCALENDAR\r\nMETHOD:" + method + "\r\nBEGIN:VEVENT\r\n" + lines.replace("\n", "\r\n")
                + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        return Calendars.read(List.of(calendar)).getFirst().invitation();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DTSTART:20261121T100000Z                                      | 2026-11-21T10:00:00Z
            DTSTART;TZID=Europe/Berlin:20261121T100000                    | 2026-11-21T09:00:00Z
            DTSTART;TZID="W. Europe Standard Time":20260721T100000        | 2026-07-21T08:00:00Z
            DTSTART;TZID=Eastern Standard Time:20260721T100000            | 2026-07-21T14:00:00Z
            DTSTART;TZID=/freeassociation.sourceforge.net/Tzfile/Asia/Tokyo:20260721T100000 | 2026-07-21T01:00:00Z
            DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin":20260721T100000  | 2026-07-21T09:00:00Z
            DTSTART;VALUE=DATE:20261121                                   | 2026-11-21T00:00:00Z
            DTSTART;TZID=Nowhere:20261121T100000                          |
            DTSTART:tomorrow                                              |
            """)
    void timesAreReadInTheirZone(String line, Instant start) {
        assertThat(event("REQUEST", line).start()).isEqualTo(start);
    }

    @Test
    void aZoneOfItsOwnIsReadFromItsRules() {
        String calendar = """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                DTSTART;TZID=Ours:20260721T100000
                DURATION:PT1H30M
                END:VEVENT
                BEGIN:VEVENT
                DTSTART;TZID=Ours:20261221T100000
                END:VEVENT
                BEGIN:VTIMEZONE
                TZID:Ours
                BEGIN:STANDARD
                DTSTART:19701025T030000
                TZOFFSETTO:+0100
                RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
                END:STANDARD
                BEGIN:DAYLIGHT
                DTSTART:19700329T020000
                TZOFFSETTO:+0200
                RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
                END:DAYLIGHT
                END:VTIMEZONE
                END:VCALENDAR
                """;

        List<Invitation> found = Calendars.read(List.of(calendar)).stream()
                .map(CalendarEvent::invitation)
                .toList();

        assertThat(found).hasSize(2);
        assertThat(found.get(0).start()).isEqualTo("2026-07-21T08:00:00Z");
        assertThat(found.get(0).end()).isEqualTo("2026-07-21T09:30:00Z");
        assertThat(found.get(1).start()).isEqualTo("2026-12-21T09:00:00Z");
        assertThat(found.get(0).method()).isEqualTo("PUBLISH");
    }

    @Test
    void anAnswerIsThatOfTheOneWhoAnswers() {
        Invitation reply = event(
                "REPLY",
                "ATTENDEE;PARTSTAT=TENTATIVE;CN=\"Ann, Example\":mailto:ann@b.example\nUID:1\nSUMMARY:a\\, b\\n c\nDTSTART;VALUE=DATE:20261121");

        assertThat(reply.answer()).isEqualTo("TENTATIVE");
        assertThat(reply.attendees()).containsExactly(new Address("Ann, Example", "ann@b.example"));
        assertThat(reply.summary()).isEqualTo("a, b\n c");
        assertThat(reply.allDay()).isTrue();
        assertThat(reply.end()).isEqualTo("2026-11-22T00:00:00Z");
    }

    @Test
    void aReminderWithinAnEventChangesNothing() {
        Invitation found = event(
                "REQUEST", "SUMMARY:event\nBEGIN:VALARM\nSUMMARY:alarm\nEND:VALARM\nLOCATION:here\n and\n  there");

        assertThat(found.summary()).isEqualTo("event");
        assertThat(found.location()).isEqualTo("hereand there");
    }

    @Test
    void nonsenseIsNoEvent() {
        assertThat(Calendars.read(List.of("", "BEGIN", "END:VEVENT\n", ":::;;;===", "BEGIN:VTIMEZONE\nRRULE:BYDAY=XX")))
                .isEmpty();
        assertThat(Calendars.read(List.of("BEGIN:VEVENT\nSUMMARY:cut"))).hasSize(1);
    }
}
