package org.postroom.simulator.control;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postroom.simulator.exchange.Sessions;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.log.ProtocolLog;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What goes over the wire, and who is connected. */
record WireCalls(Control.Parts parts) {
    Response log(Request request) {
        String protocol = request.query().get("protocol").orElse("");
        String session = request.query().get("session").orElse("");
        long after = number(request, "after", 0);
        int limit = (int) Math.min(10_000, number(request, "limit", 500));
        List<ProtocolLog.Entry> entries = parts.log()
                .since(
                        after,
                        limit,
                        entry -> (protocol.isEmpty() || protocol.equals(entry.protocol()))
                                && (session.isEmpty() || session.equals(entry.session())));
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (ProtocolLog.Entry entry : entries) {
            items.addObject()
                    .put("number", entry.number())
                    .put("at", entry.at().toString())
                    .put("protocol", entry.protocol())
                    .put("session", entry.session())
                    .put("speaker", entry.speaker().name().toLowerCase(Locale.ROOT))
                    .put("text", entry.text());
        }
        return Response.json(200, json);
    }

    private static long number(Request request, String name, long otherwise) {
        String text = request.query().get(name).orElse(Long.toString(otherwise));
        if (!text.matches("[0-9]{1,15}")) {
            throw BadRequestException.field(name, "must be a whole number");
        }
        return Long.parseLong(text);
    }

    Response sessions() {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (Sessions.Session session : parts.sessions().all()) {
            items.addObject()
                    .put("id", session.id())
                    .put("protocol", session.protocol())
                    .put("since", session.since().toString())
                    .put("mailbox", session.mailbox())
                    .put("user", session.user())
                    .put(
                            "tokenExpires",
                            session.tokenExpires() == null
                                    ? null
                                    : session.tokenExpires().toString());
        }
        return Response.json(200, json);
    }

    /** Ends the tokens of IMAP sessions, those of one mailbox or all: Exchange says BYE. */
    void expire(Request request) {
        Optional<String> mailbox = Body.of(request, "mailbox").text("mailbox");
        parts.sessions().all().stream()
                .filter(session -> session.tokenExpires() != null
                        && (mailbox.isEmpty() || mailbox.get().equalsIgnoreCase(session.mailbox())))
                .forEach(session -> session.expired().run());
    }

    void drop() {
        parts.imap().dropConnections();
        parts.smtp().dropConnections();
    }
}
