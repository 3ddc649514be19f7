package org.postroom.web.rest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a body that is not the JSON it should be: the field or the place, never what stood there. */
final class UnreadableBody {
    private UnreadableBody() {}

    static Refusal of(HttpMessageNotReadableException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            switch (t) {
                case UnrecognizedPropertyException unknown -> {
                    return Refusal.unreadable(path(unknown), "there is no such field" + known(unknown));
                }
                case MismatchedInputException mismatch -> {
                    String path = path(mismatch);
                    return path.isEmpty()
                            ? Refusal.of(
                                    HttpStatus.BAD_REQUEST,
                                    "The body must be " + wanted(mismatch.getTargetType()) + "." + place(mismatch))
                            : Refusal.unreadable(path, "this must be " + wanted(mismatch.getTargetType()));
                }
                case StreamReadException malformed -> {
                    return Refusal.of(HttpStatus.BAD_REQUEST, "The JSON is malformed." + place(malformed));
                }
                case JacksonException other -> {
                    String path = path(other);
                    return path.isEmpty()
                            ? Refusal.of(HttpStatus.BAD_REQUEST, "The JSON cannot be read." + place(other))
                            : Refusal.unreadable(path, "this cannot be read");
                }
                default -> {}
            }
        }
        return Refusal.of(HttpStatus.BAD_REQUEST, "A JSON body is needed.");
    }

    private static String known(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return known == null || known.isEmpty()
                ? ""
                : "; there are " + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String wanted(@org.jspecify.annotations.Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type == int.class || type == long.class) {
            return "a whole number";
        }
        if (type == byte[].class) {
            return "base64";
        }
        return List.class.isAssignableFrom(type)
                ? "a list"
                : Map.class.isAssignableFrom(type) || !type.isPrimitive() ? "an object" : "something else";
    }

    private static String place(JacksonException e) {
        TokenStreamLocation where = e.getLocation();
        return where == null || where.getLineNr() < 1
                ? ""
                : " Line " + where.getLineNr() + ", column " + where.getColumnNr() + ".";
    }
}
