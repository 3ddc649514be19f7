package org.postroom.web.rest;

import java.util.List;
import org.postroom.channel.FieldProblem;
import org.springframework.http.HttpStatus;

/** A call that cannot be done, in words for whoever made it; nothing was changed. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient List<FieldProblem> errors;

    private Refusal(HttpStatus status, String detail, List<FieldProblem> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    /** There is no such thing. */
    static Refusal notFound(String what, String id) {
        return new Refusal(HttpStatus.NOT_FOUND, "There is no " + what + " '" + id + "'.", List.of());
    }

    /** It does not go with how things are now. */
    static Refusal conflict(String detail) {
        return new Refusal(HttpStatus.CONFLICT, detail, List.of());
    }

    /** A parameter or field that cannot be read. */
    static Refusal unreadable(String field, String message) {
        return new Refusal(
                HttpStatus.BAD_REQUEST, field + ": " + message + ".", List.of(new FieldProblem(field, message)));
    }

    /** Fields that can be read but not taken. */
    static Refusal wrong(List<FieldProblem> errors) {
        String detail = errors.size() == 1 ? "One field is wrong." : errors.size() + " fields are wrong.";
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, detail, errors);
    }

    /** One field that can be read but not taken. */
    static Refusal wrong(String field, String message) {
        return wrong(List.of(new FieldProblem(field, message)));
    }

    /** Any other. */
    static Refusal of(HttpStatus status, String detail) {
        return new Refusal(status, detail, List.of());
    }

    HttpStatus status() {
        return status;
    }

    List<FieldProblem> errors() {
        return errors;
    }
}
