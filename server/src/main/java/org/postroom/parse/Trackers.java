package org.postroom.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.postroom.parse.Styles.Style;

/** Pictures that only tell a sender who reads: too small to be seen, hidden, or fetched from where opening is counted. */
final class Trackers {
    private static final int MOST = 50;

    /** A picture of up to this many pixels each way shows nothing. */
    private static final int TINY = 3;

    private static final List<String> PATHS = Words.list("""
            /wf/open; /track/open; /trackopen; /open.aspx; /open.php; /open.gif; /open/log; /o.gif; /o.aspx; /pixel.gif;
            /pixel.png; /pixel?; /tracking/pixel; /trackingpixel; /tracking-pixel; /beacon.gif; /beacon?; /ss/o/;
            /e2t/to/; /e3t/to/; /email/open; /emailopen; /mail/open; /message/open; /q/open; /e/o/; /e/open; /oo/;
            /img.gif?; /1x1.; /spacer.gif?; /clear.gif?; /track.gif; /tracker.gif; /tracking.gif; /imp?; /impression;
            /read-receipt; /readreceipt; /mailtrack""");

    private final Set<String> hosts = new LinkedHashSet<>();

    /** Whether a remote picture is one; its host is kept then. */
    boolean isOne(String source, HtmlAttributes attributes, Style style) {
        int width = style.width() >= 0 ? style.width() : pixels(attributes, HtmlAttribute.WIDTH);
        int height = style.height() >= 0 ? style.height() : pixels(attributes, HtmlAttribute.HEIGHT);
        boolean found = style.hidden() || isTiny(width, height) || isOpeningCounted(source);
        if (found && hosts.size() < MOST) {
            String host = LinkHosts.of(source);
            if (!host.isEmpty()) {
                hosts.add(host);
            }
        }
        return found;
    }

    private static boolean isTiny(int width, int height) {
        boolean both = width >= 0 && height >= 0 && width <= TINY && height <= TINY;
        boolean nothing = width == 0 || height == 0;
        boolean one = (width == 1 && height < 0) || (height == 1 && width < 0);
        return both || nothing || one;
    }

    private static int pixels(HtmlAttributes attributes, HtmlAttribute name) {
        return attributes.has(name) ? HtmlValues.pixels(attributes.value(name)) : -1;
    }

    private static boolean isOpeningCounted(String source) {
        int path = source.indexOf('/', source.indexOf("//") + 2);
        if (path < 0) {
            return false;
        }
        String lower = source.substring(path).toLowerCase(Locale.ROOT);
        for (String known : PATHS) {
            int at = lower.indexOf(known);
            if (at >= 0 && endsWord(lower, at + known.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWord(String path, int at) {
        boolean wasLetter = Character.isLetter(path.charAt(at - 1));
        return !wasLetter || at == path.length() || (!Character.isLetter(path.charAt(at)) && path.charAt(at) != '-');
    }

    List<String> hosts() {
        return new ArrayList<>(hosts);
    }
}
