package org.postroom.simulator.control;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postroom.simulator.exchange.Transport;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.mailbox.Flag;
import org.postroom.simulator.mailbox.Folder;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.mailbox.MessageContent;
import org.postroom.simulator.mailbox.StoredMessage;
import org.postroom.simulator.mime.EncodedWords;
import org.postroom.simulator.mime.Headers;
import org.postroom.simulator.mime.MailWriter;
import org.postroom.simulator.organisation.Customer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Mail put in and looked at without a mail protocol. */
record MailCalls(Control.Parts parts) {
    /** JSON, or the raw message itself as {@code message/rfc822} with the rest in the query. */
    Response deliver(Request request) {
        boolean plain = request.header("Content-Type").orElse("").startsWith("message/rfc822");
        Body body = plain
                ? new Body(fromQuery(request))
                : Body.of(request, "to", "from", "raw", "rawBase64", "folder", "count");
        byte[] raw = plain ? request.body() : raw(body);
        String to = body.requiredText("to");
        int count = body.number("count", 1, 1, 100_000);
        Optional<String> folder = body.text("folder");
        if (folder.isPresent()) {
            Folder target = mailbox(to).create(folder.get());
            for (int n = 1; n <= count; n++) {
                target.append(
                        new MessageContent(numbered(raw, n)),
                        Set.of(),
                        parts.organisation().clock().instant());
            }
        } else {
            if (!parts.transport().accepts(to)) {
                throw BadRequestException.field("to", "there is no mailbox " + to);
            }
            for (int n = 1; n <= count; n++) {
                parts.transport().deliver(body.text("from").orElse(""), List.of(to), numbered(raw, n));
            }
        }
        return Response.json(200, Json.object().put("delivered", count));
    }

    private static ObjectNode fromQuery(Request request) {
        ObjectNode json = Json.object();
        Map<String, String> fields = request.query().fields();
        fields.forEach((name, value) -> {
            if (name.equals("count") && value.matches("[0-9]{1,9}")) {
                json.put(name, Integer.parseInt(value));
            } else {
                json.put(name, value);
            }
        });
        return json;
    }

    private static byte[] raw(Body body) {
        try {
            Optional<String> base64 = body.text("rawBase64");
            return base64.isPresent()
                    ? Base64.getMimeDecoder().decode(base64.get())
                    : body.requiredText("raw").replaceAll("\r?\n", "\r\n").getBytes(UTF_8);
        } catch (IllegalArgumentException e) {
            throw BadRequestException.field("rawBase64", "is not base64");
        }
    }

    /** {@code {n}} in the message counts copies, so that each can have its own Message-ID. */
    private static byte[] numbered(byte[] raw, int n) {
        String text = new String(raw, ISO_8859_1);
        return text.contains("{n}") ? text.replace("{n}", Integer.toString(n)).getBytes(ISO_8859_1) : raw;
    }

    void startCustomers(String action) {
        if (!action.equals("start")) {
            throw BadRequestException.notFound("call customers/" + action);
        }
        parts.customers().start();
    }

    Response write(String address, Request request) {
        Customer customer = parts.organisation()
                .customer(address)
                .orElseThrow(() -> BadRequestException.notFound("customer " + address));
        Body body = Body.of(request, "to", "subject", "text", "html", "attachments");
        String to = body.requiredText("to");
        if (!parts.transport().accepts(to)) {
            throw BadRequestException.field("to", "there is no mailbox " + to);
        }
        List<MailWriter.Part> files = new ArrayList<>();
        for (ObjectNode file : body.objects("attachments")) {
            files.add(file(file));
        }
        String id = parts.customers()
                .write(
                        customer,
                        to,
                        body.text("subject").orElse(""),
                        body.text("text").orElse(""),
                        body.text("html").orElse(null),
                        files);
        return Response.json(200, Json.object().put("messageId", id));
    }

    private static MailWriter.Part file(ObjectNode json) {
        try {
            return new MailWriter.Part(
                    json.path("name").asString("file.bin").replaceAll("[\r\n\"]", "_"),
                    json.path("type").asString("application/octet-stream").replaceAll("[\r\n]", ""),
                    Base64.getMimeDecoder().decode(json.path("base64").asString("")),
                    json.path("contentId").asString(null));
        } catch (IllegalArgumentException e) {
            throw BadRequestException.field("attachments.base64", "is not base64");
        }
    }

    Response catchAll() {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (Transport.Outside outside : parts.transport().catchAll()) {
            ObjectNode item = items.addObject()
                    .put("at", outside.at().toString())
                    .put("from", outside.from())
                    .put("to", outside.to())
                    .put("raw", new String(outside.content().octets(), ISO_8859_1));
            describe(item, outside.content().parsed().headers());
        }
        return Response.json(200, json);
    }

    Response folders(String address) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (Folder folder : mailbox(address).folders()) {
            items.addObject()
                    .put("name", folder.name())
                    .put("messages", folder.messages().size())
                    .put("uidValidity", folder.uidValidity())
                    .put("uidNext", folder.uidNext());
        }
        return Response.json(200, json);
    }

    Response list(String address, String name) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (StoredMessage message : folder(address, name).messages()) {
            ObjectNode item = items.addObject().put("uid", message.uid());
            item.set(
                    "flags",
                    Json.array(message.flags().stream().sorted().map(Flag::word).toList()));
            item.put("size", message.content().size())
                    .put("received", message.internalDate().toString());
            describe(item, message.content().parsed().headers());
        }
        return Response.json(200, json);
    }

    private static void describe(ObjectNode item, Headers headers) {
        for (String[] field : new String[][] {
            {"fromHeader", "From"},
            {"toHeader", "To"},
            {"subject", "Subject"},
            {"messageId", "Message-ID"},
            {"inReplyTo", "In-Reply-To"},
            {"references", "References"},
            {"date", "Date"}
        }) {
            String key = field[0].endsWith("Header") && !item.has(field[0].replace("Header", ""))
                    ? field[0].replace("Header", "")
                    : field[0];
            item.put(key, headers.first(field[1]).map(EncodedWords::decode).orElse(null));
        }
    }

    Response raw(String address, String name, String uid) {
        StoredMessage message = Optional.of(uid)
                .filter(text -> text.matches("[0-9]{1,10}"))
                .flatMap(text -> folder(address, name).find(Long.parseLong(text)))
                .orElseThrow(() -> BadRequestException.notFound("message " + uid + " in " + name));
        return new Response(200, "message/rfc822", message.content().octets(), Map.of());
    }

    void clear(String address, String name) {
        Folder folder = folder(address, name);
        folder.remove(folder.messages().stream().map(StoredMessage::uid).toList());
    }

    void renumber(String address, String name) {
        folder(address, name).renumber();
    }

    private Mailbox mailbox(String address) {
        return parts.organisation()
                .mailbox(address)
                .orElseThrow(() -> BadRequestException.notFound("mailbox " + address));
    }

    private Folder folder(String address, String name) {
        return mailbox(address)
                .folder(name)
                .orElseThrow(() -> BadRequestException.notFound("folder " + name + " in " + address));
    }
}
