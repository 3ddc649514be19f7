package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.FieldProblem;
import org.springframework.http.HttpStatus;

/**
 * Problem details (RFC 9457).
 *
 * @param errors every wrong field, where fields are wrong
 */
@Schema(description = "Problem details, RFC 9457.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable List<FieldProblem> errors) {
    static Problem of(HttpStatus status, String detail, String instance, List<FieldProblem> errors) {
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                detail,
                instance,
                errors.isEmpty() ? null : List.copyOf(errors));
    }
}
