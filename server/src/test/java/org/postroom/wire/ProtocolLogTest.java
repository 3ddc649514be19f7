package org.postroom.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolLogTest {
    private final List<String> lines = new ArrayList<>();
    private final ProtocolLog log = new ProtocolLog(lines::add);

    @Test
    void masksWhatSignsInOnOneLine() {
        log.sent("P1 LOGIN \"joe\" \"s3cret pass\"");
        log.came("P1 NO joe/s3cret is wrong", false);
        log.sent("P2 NOOP");

        assertThat(lines).containsExactly("> P1 LOGIN ***", "< P1 NO joe/*** is wrong", "> P2 NOOP");
    }

    @Test
    void masksEveryLineUntilTheSignInEnds() {
        log.sent("AUTH LOGIN");
        log.came("334 VXNlcm5hbWU6", true);
        log.sent("am9lam9l");
        log.came("334 UGFzc3dvcmQ6", true);
        log.sent("czNjcmV0");
        log.came("535 5.7.8 czNjcmV0 refused", false);
        log.sent("QUIT");

        assertThat(lines)
                .containsExactly(
                        "> AUTH LOGIN",
                        "< 334 VXNlcm5hbWU6",
                        "> ***",
                        "< 334 UGFzc3dvcmQ6",
                        "> ***",
                        "< 535 5.7.8 *** refused",
                        "> QUIT");
    }

    @Test
    void masksTokensAndKeepsControlCharactersOut() {
        log.sent("P1 AUTHENTICATE XOAUTH2 dXNlcj1q");
        log.came("* still thinking\u001b[31m", true);
        log.came("+ eyJz", true);
        log.sent("");
        log.came("P1 OK", false);
        log.sent("P2 SELECT \"INBOX\"");

        assertThat(lines)
                .containsExactly(
                        "> P1 AUTHENTICATE XOAUTH2 ***",
                        "< * still thinking?[31m",
                        "< + eyJz",
                        "> ***",
                        "< P1 OK",
                        "> P2 SELECT \"INBOX\"");
    }
}
