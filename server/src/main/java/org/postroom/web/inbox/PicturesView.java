package org.postroom.web.inbox;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * What is said of pictures above a message.
 *
 * @param remote how many are on other servers
 * @param shown whether they are loaded, because the sender's always are
 * @param sender whose pictures may be shown always; null if that cannot be told
 */
record PicturesView(
        int remote, boolean shown, String words, @Nullable String sender) {
    private static final Pattern REMOTE = Pattern.compile(" data-remote-(?:src|background)=\"([^\"]*)\"");
    private static final int NAMED = 3;

    /** Null if there is nothing to say. */
    static @Nullable PicturesView of(
            @Nullable String html, List<String> trackers, String sender, boolean plausible, boolean always) {
        if (html == null) {
            return null;
        }
        int remote = 0;
        Set<String> hosts = new LinkedHashSet<>();
        Matcher matcher = REMOTE.matcher(html);
        while (matcher.find()) {
            remote++;
            String host = host(HtmlUtils.htmlUnescape(matcher.group(1)));
            if (!host.isEmpty() && hosts.size() <= 50) {
                hosts.add(host);
            }
        }
        if (remote == 0 && trackers.isEmpty()) {
            return null;
        }
        String words = (remote == 0 ? "" : blocked(remote, List.copyOf(hosts), always))
                + (remote == 0 || trackers.isEmpty() ? "" : " ")
                + (trackers.isEmpty() ? "" : removed(trackers));
        return new PicturesView(remote, always, words, plausible ? sender : null);
    }

    private static String blocked(int count, List<String> hosts, boolean shown) {
        String from = hosts.isEmpty() ? "" : " from " + named(hosts);
        String verb = count == 1 ? (shown ? " is" : " is not") : (shown ? " are" : " are not");
        String how =
                shown ? " shown, as always for this sender." : " loaded: the sender would learn that you read this.";
        return count + (count == 1 ? " picture" : " pictures") + from + verb + how;
    }

    private static String removed(List<String> trackers) {
        return (trackers.size() == 1 ? "A tracking pixel of " : "Tracking pixels of ")
                + named(trackers)
                + (trackers.size() == 1 ? " was removed." : " were removed.");
    }

    private static String named(List<String> hosts) {
        if (hosts.size() <= NAMED) {
            int last = hosts.size() - 1;
            return last == 0 ? hosts.getFirst() : String.join(", ", hosts.subList(0, last)) + " and " + hosts.get(last);
        }
        return String.join(", ", hosts.subList(0, NAMED - 1)) + " and " + (hosts.size() - NAMED + 1) + " others";
    }

    private static String host(String address) {
        try {
            String host = new URI(address.strip().replace(" ", "%20")).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
