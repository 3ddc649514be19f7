package org.postroom.parse;

import java.io.IOException;

/** Byte order marks before a message. */
final class Marks {
    private Marks() {}

    /** Leaves a mark behind; what is in UTF-16, marked or plainly so, is read as such. */
    static void pass(PartSource source, Problems problems) throws IOException {
        source.look(4);
        byte[] window = source.window();
        int at = source.at();
        int length = source.end() - at;
        if (length >= 3
                && window[at] == (byte) 0xEF
                && window[at + 1] == (byte) 0xBB
                && window[at + 2] == (byte) 0xBF) {
            source.pass(3);
            source.restartLine();
            problems.add("a byte order mark before the header was left out");
        } else if (length >= 4) {
            int first = window[at] & 0xff;
            int second = window[at + 1] & 0xff;
            boolean marked = first + second == 0xFE + 0xFF && Math.abs(first - second) == 1;
            boolean little = marked ? first == 0xFF : second == 0 && window[at + 3] == 0 && first > ' ';
            boolean big = marked ? first == 0xFE : first == 0 && window[at + 2] == 0 && second > ' ';
            if (little || big) {
                source.pass(marked ? 2 : 0);
                source.restartLine();
                source.narrow(big);
                problems.add("the whole message is in utf-16");
            }
        }
    }
}
