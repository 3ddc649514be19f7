package org.postroom.parse;

import java.util.Arrays;

/** All four targets in one process, chosen by the first byte: whole mails, HTML, address fields, other header fields. */
public final class MailFuzz {
    private MailFuzz() {}

    /** Called by Jazzer before the first input, whose time is then its own and not that of loading classes. */
    public static void fuzzerInitialize() {
        ParserFuzz.fuzzerInitialize();
        HtmlFuzz.fuzzerInitialize();
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] raw) {
        if (raw.length == 0) {
            return;
        }
        byte[] input = Arrays.copyOfRange(raw, 1, raw.length);
        switch (raw[0]) {
            case 'H' -> HtmlFuzz.fuzzerTestOneInput(input);
            case 'A' -> AddressFuzz.fuzzerTestOneInput(input);
            case 'F' -> HeaderFuzz.fuzzerTestOneInput(input);
            default -> ParserFuzz.fuzzerTestOneInput(input);
        }
    }
}
