package org.postroom.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The formatting elements in force, as the HTML standard's list of active formatting elements: one that a block has cut
 * off is opened again where text goes on. Each table cell begins afresh. A bounded number; for one thread.
 */
final class HtmlFormats {
    private static final int MOST_IN_FORCE = 12;
    private static final int MOST = 400;
    private static final int MOST_ALIKE = 3;

    /** A start tag that stands in the output, and whether its element is open there. */
    static final class Format {
        final HtmlElement element;
        final @Nullable String link;
        final String host;
        final int tagFrom;
        final int tagTo;
        final boolean saysDirection;
        boolean open = true;

        /** Its end tag has come, but a block within it is still open. */
        boolean over;

        Format(HtmlElement element, @Nullable String link, String host, int tagFrom, int tagTo, boolean saysDirection) {
            this.saysDirection = saysDirection;
            this.element = element;
            this.link = link;
            this.host = host;
            this.tagFrom = tagFrom;
            this.tagTo = tagTo;
        }
    }

    private @Nullable Format[] formats = new @Nullable Format[16];
    private int count;
    private int base;

    /** Number of those that wait to be opened again. */
    private int waiting;

    boolean anyWaiting() {
        return waiting > 0;
    }

    /** From here on the ones before do not count; {@link #leaveCell} undoes it. */
    int enterCell() {
        int before = base;
        base = count;
        waiting = 0;
        return before;
    }

    void leaveCell(int before) {
        count = base;
        base = before;
        waiting = 0;
        for (int i = base; i < count; i++) {
            Format format = formats[i];
            waiting += format != null && !format.open ? 1 : 0;
        }
    }

    /** The first that waits to be opened again, null if none does. */
    @Nullable
    Format firstWaiting() {
        for (int i = base; i < count && waiting > 0; i++) {
            Format format = formats[i];
            if (format != null && !format.open) {
                return format;
            }
        }
        return null;
    }

    /** The last of this kind that is in force here, null if none is. */
    @Nullable
    Format last(HtmlElement element) {
        for (int i = count - 1; i >= base; i--) {
            Format format = formats[i];
            if (format != null && format.element == element && !format.over) {
                return format;
            }
        }
        return null;
    }

    void add(Format format, HtmlOutput out) {
        int alike = 0;
        int oldest = -1;
        for (int i = count - 1; i >= base; i--) {
            Format other = formats[i];
            if (other != null
                    && other.element == format.element
                    && out.isSame(other.tagFrom, other.tagTo, format.tagFrom, format.tagTo)) {
                alike++;
                oldest = i;
            }
        }
        if (alike >= MOST_ALIKE) {
            removeAt(oldest);
        }
        if (count - base >= MOST_IN_FORCE || count >= MOST) {
            if (count == base) {
                return;
            }
            removeAt(base);
        }
        if (count == formats.length) {
            formats = Arrays.copyOf(formats, 2 * count);
        }
        formats[count++] = format;
    }

    void remove(Format format) {
        for (int i = count - 1; i >= base; i--) {
            if (formats[i] == format) {
                removeAt(i);
                return;
            }
        }
    }

    private void removeAt(int at) {
        Format gone = formats[at];
        waiting -= gone != null && !gone.open && at >= base ? 1 : 0;
        System.arraycopy(formats, at + 1, formats, at, count - at - 1);
        formats[--count] = null;
    }

    /** Its element was closed by a block around it. */
    void cutOff(Format format) {
        if (format.over) {
            remove(format);
            format.open = false;
            return;
        }
        format.open = false;
        for (int i = count - 1; i >= base; i--) {
            if (formats[i] == format) {
                waiting++;
                return;
            }
        }
    }

    void opened(Format format) {
        format.open = true;
        waiting--;
    }

    void forgetWaiting() {
        for (int i = count - 1; i >= base; i--) {
            Format format = formats[i];
            if (format != null && !format.open) {
                removeAt(i);
            }
        }
    }
}
