package org.postroom.simulator.control;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.organisation.ConditionalAccess;
import org.postroom.simulator.organisation.ConditionalAccess.Demand;
import tools.jackson.databind.node.ObjectNode;

/** The controls of the page: each changes one field by one call as soon as it is left. */
final class Widgets {
    private static final Map<Demand, String> WORDS = Map.of(
            Demand.BLOCK, "Block (53003)",
            Demand.COMPLIANT_DEVICE, "Compliant device (53000)",
            Demand.JOINED_DEVICE, "Joined device (53001)",
            Demand.APPROVED_APP, "Approved app (53002)",
            Demand.DEVICE_AUTHENTICATION, "Device authentication (50097)",
            Demand.MFA_REGISTRATION, "Enrol in MFA (50079)",
            Demand.MFA, "MFA (50076)");

    private Widgets() {}

    /** A switch with its words beside it. */
    static String box(String path, String field, String words, boolean on) {
        return "<label>" + input("checkbox", path, field, "box", "") + (on ? " checked" : "") + "> " + text(words)
                + "</label>";
    }

    /** A switch in a table, whose column says what it is. */
    static String bareBox(String path, String field, String words, boolean on) {
        return input("checkbox", path, field, "box", words) + (on ? " checked" : "") + ">";
    }

    /** A line of text: {@code text}, {@code number} or {@code list}; empty is null or no item. */
    static String line(String path, String field, String words, String kind, String value, String example) {
        return "<label class=\"field\"><span>" + text(words) + "</span>" + input("text", path, field, kind, "")
                + " value=\"" + text(value) + "\" placeholder=\"" + text(example) + "\"></label>";
    }

    /** The same in a table. */
    static String bareLine(String path, String field, String words, String value) {
        return input("text", path, field, "list", words) + " value=\"" + text(value) + "\">";
    }

    /** A choice in a table; the values are JSON. */
    static String choice(String path, String field, String words, List<String> values, List<String> names, String now) {
        StringBuilder html = new StringBuilder("<select id=\"" + id(path, field) + "\" data-path=\"" + text(path)
                + "\" data-field=\"" + field + "\" data-kind=\"json\" aria-label=\"" + text(words) + "\">");
        for (int i = 0; i < values.size(); i++) {
            html.append("<option value=\"" + text(values.get(i)) + "\"")
                    .append(values.get(i).equals(now) ? " selected>" : ">")
                    .append(text(names.get(i)))
                    .append("</option>");
        }
        return html.append("</select>").toString();
    }

    private static String input(String type, String path, String field, String kind, String words) {
        return "<input type=\"" + type + "\" id=\"" + id(path, field) + "\" data-path=\"" + text(path)
                + "\" data-field=\"" + field + "\" data-kind=\"" + kind + "\""
                + (words.isEmpty() ? "" : " aria-label=\"" + text(words) + "\"");
    }

    /** A button that makes a call. */
    static String button(String words, String method, String path, Map<String, String> fields) {
        return button(words, words, method, path, fields);
    }

    /** The same, whose full words are heard where the short ones are seen. */
    static String button(String words, String heard, String method, String path, Map<String, String> fields) {
        ObjectNode body = Json.object();
        fields.forEach(body::put);
        return "<button type=\"button\" id=\"" + id(path, method + heard) + "\" aria-label=\"" + text(heard)
                + "\" data-method=\"" + method
                + "\" data-path=\"" + text(path) + "\" data-body=\"" + text(body.toString()) + "\">" + text(words)
                + "</button>";
    }

    /** Conditional access, folded; the fold says whether there is any. */
    static String access(String path, ConditionalAccess access) {
        Duration frequency = access.signInFrequency();
        Integer code = access.refuseTokensWith();
        StringBuilder demands = new StringBuilder();
        for (Demand demand : Demand.values()) {
            demands.append("<label><input type=\"checkbox\" id=\"" + id(path, demand.word()) + "\" value=\""
                    + demand.word() + "\" data-path=\"" + text(path)
                    + "\" data-field=\"conditionalAccess\" data-kind=\"demand\""
                    + (access.demands().contains(demand) ? " checked" : "") + "> "
                    + text(WORDS.getOrDefault(demand, demand.word())) + "</label>");
        }
        boolean any = !access.demands().isEmpty() || frequency != null || code != null;
        return fold(
                path,
                "Conditional access" + (any ? " <span class=\"on\">on</span>" : ""),
                "<fieldset><legend>Demanded</legend>" + demands + "</fieldset><div class=\"switches\">"
                        + line(path, "signInFrequency", "Sign in again after", "text", orEmpty(frequency), "PT12H")
                        + line(path, "refuseTokensWith", "Refuse tokens with AADSTS", "number", orEmpty(code), "700082")
                        + "</div>");
    }

    /** A part that opens; {@code summary} is HTML. */
    static String fold(String path, String summary, String content) {
        return "<details id=\"" + id(path, "fold") + "\"><summary>" + summary + "</summary>" + content + "</details>";
    }

    static String orEmpty(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String id(String path, String field) {
        return text((path + "-" + field).replaceAll("[^A-Za-z0-9]+", "-"));
    }

    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
