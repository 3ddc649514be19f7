package org.postroom.simulator.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postroom.simulator.http.Json;
import org.postroom.simulator.http.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON object of a call, read field by field. */
record Body(ObjectNode json) {
    static Body of(Request request, String... known) {
        String text = request.text();
        ObjectNode json = Json.read(text.isBlank() ? "{}" : text)
                .orElseThrow(() -> new BadRequestException(400, "the body must be a JSON object"));
        Set<String> names = Set.of(known);
        Iterator<String> fields = json.propertyNames().iterator();
        while (fields.hasNext()) {
            String field = fields.next();
            if (!names.contains(field)) {
                throw BadRequestException.field(field, "is not known here; known are " + String.join(", ", known));
            }
        }
        return new Body(json);
    }

    boolean has(String field) {
        return json.has(field);
    }

    boolean isNull(String field) {
        return json.path(field).isNull();
    }

    Optional<String> text(String field) {
        JsonNode node = json.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            throw BadRequestException.field(field, "must be text");
        }
        return Optional.of(node.asString());
    }

    String requiredText(String field) {
        return text(field).orElseThrow(() -> BadRequestException.field(field, "is missing"));
    }

    Optional<Boolean> flag(String field) {
        JsonNode node = json.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isBoolean()) {
            throw BadRequestException.field(field, "must be true or false");
        }
        return Optional.of(node.asBoolean());
    }

    int number(String field, int otherwise, int least, int most) {
        JsonNode node = json.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isInt() || node.asInt() < least || node.asInt() > most) {
            throw BadRequestException.field(field, "must be a whole number from " + least + " to " + most);
        }
        return node.asInt();
    }

    Optional<Duration> duration(String field) {
        return text(field).map(value -> {
            try {
                return Duration.parse(value);
            } catch (DateTimeException e) {
                throw BadRequestException.field(field, "must be a duration such as PT2H, not '" + value + "'");
            }
        });
    }

    /** A duration that is not negative. */
    Optional<Duration> span(String field) {
        Optional<Duration> value = duration(field);
        if (value.filter(Duration::isNegative).isPresent()) {
            throw BadRequestException.field(field, "must not be negative");
        }
        return value;
    }

    List<String> texts(String field) {
        JsonNode node = json.path(field);
        if (!node.isArray()) {
            throw BadRequestException.field(field, "must be a list of texts");
        }
        List<String> values = new ArrayList<>();
        for (JsonNode item : node) {
            if (!item.isString()) {
                throw BadRequestException.field(field, "must be a list of texts");
            }
            values.add(item.asString());
        }
        return List.copyOf(values);
    }

    List<ObjectNode> objects(String field) {
        List<ObjectNode> values = new ArrayList<>();
        for (JsonNode item : json.path(field)) {
            if (!(item instanceof ObjectNode object)) {
                throw BadRequestException.field(field, "must be a list of objects");
            }
            values.add(object);
        }
        return List.copyOf(values);
    }
}
