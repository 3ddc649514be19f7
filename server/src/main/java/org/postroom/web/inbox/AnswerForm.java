package org.postroom.web.inbox;

import java.util.List;
import org.postroom.channel.FieldProblem;
import org.postroom.reply.Recipients;

/** The answer box as it is shown, with what is wrong in it. */
record AnswerForm(String to, String cc, String text, boolean quote, List<Problem> problems) {
    /** Something wrong, and the field where it can be put right; an empty field where it cannot. */
    record Problem(String field, String name, String message) {
        static Problem of(FieldProblem problem) {
            return switch (problem.field()) {
                case "to" -> new Problem("answer-to", "To", problem.message());
                case "cc" -> new Problem("answer-cc", "Cc", problem.message());
                case "text" -> new Problem("answer-text", "Answer", problem.message());
                case "attachments" -> new Problem("answer-files", "Attachments", problem.message());
                case "channel" -> new Problem("", "Channel", problem.message());
                default -> new Problem("", problem.field(), problem.message());
            };
        }
    }

    static AnswerForm fresh(Recipients recipients) {
        return new AnswerForm(AddressLine.of(recipients.to()), AddressLine.of(recipients.cc()), "", true, List.of());
    }

    AnswerForm wrong(List<FieldProblem> found) {
        return new AnswerForm(
                to, cc, text, quote, found.stream().map(Problem::of).toList());
    }
}
