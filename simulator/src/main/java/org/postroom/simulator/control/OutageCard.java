package org.postroom.simulator.control;

import static org.postroom.simulator.control.Widgets.button;
import static org.postroom.simulator.control.Widgets.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.postroom.simulator.entra.Entra;
import org.postroom.simulator.entra.Outage;

/** Outages, lives of tokens and signing keys on the page. */
final class OutageCard {
    private OutageCard() {}

    static void add(StringBuilder page, Entra entra) {
        page.append("<section class=\"card\"><form data-post=\"outage\">")
                .append(select(
                        "endpoint",
                        "What fails",
                        Arrays.stream(Outage.Endpoint.values())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .toList()))
                .append(select(
                        "body",
                        "Answer",
                        Arrays.stream(Outage.Kind.values())
                                .map(Outage.Kind::word)
                                .toList()))
                .append(number("status", "Status", 503))
                .append(number("times", "Times", 1))
                .append(field("retryAfter", "Retry-After", "PT30S"))
                .append(field("wait", "Wait before", "PT2M"))
                .append(field("about", "Only for", "everybody"))
                .append("<button class=\"main\" id=\"outage-begin\">Begin</button></form>");
        List<Outage> outages = entra.outages();
        if (outages.isEmpty()) {
            page.append("<p class=\"fine\">Nothing fails now.</p>");
        } else {
            page.append("<ul>");
            outages.forEach(one -> page.append("<li>" + one.endpoint().name().toLowerCase(Locale.ROOT) + ": "
                    + one.kind().word() + " with status " + one.status() + ", " + one.times() + " more, "
                    + text(one.about() == null ? "for everybody" : "for " + one.about()) + "</li>"));
            page.append("</ul>").append(button("End all", "DELETE", "outage", Map.of()));
        }
        page.append("</section>");
        lives(page, entra);
        page.append("<section class=\"card switches\"><span>Signing keys of tokens</span>")
                .append(button("New key", "POST", "keys", Map.of()))
                .append(button("Withdraw old keys", "DELETE", "keys", Map.of()))
                .append("<span>IMAP sessions</span>")
                .append(button("Expire their tokens", "POST", "sessions/expire", Map.of()))
                .append(button("Drop all connections", "DELETE", "sessions", Map.of()))
                .append("</section>");
    }

    private static void lives(StringBuilder page, Entra entra) {
        page.append("<section class=\"card\"><form data-post=\"tokens/lifetime\">")
                .append(field(
                        "lifetime",
                        "Life of access tokens",
                        entra.tokenLifetime().toString()))
                .append(field("code", "Of codes", entra.tokenLives().code().toString()))
                .append(field(
                        "refreshIdle",
                        "Of unused refresh tokens",
                        entra.tokenLives().refreshIdle().toString()))
                .append("<button id=\"lives-set\">Set for tokens from now on</button></form></section>");
    }

    private static String select(String name, String words, List<String> values) {
        StringBuilder html = new StringBuilder("<label class=\"field\"><span>" + words + "</span><select id=\"outage-"
                + name + "\" name=\"" + name + "\">");
        values.forEach(value -> html.append("<option>" + value + "</option>"));
        return html.append("</select></label>").toString();
    }

    private static String number(String name, String words, int value) {
        return "<label class=\"field\"><span>" + words + "</span><input type=\"number\" id=\"outage-" + name
                + "\" name=\"" + name + "\" value=\"" + value + "\"></label>";
    }

    private static String field(String name, String words, String example) {
        return "<label class=\"field\"><span>" + words + "</span><input type=\"text\" id=\"outage-" + name
                + "\" name=\"" + name + "\" placeholder=\"" + example + "\"></label>";
    }
}
