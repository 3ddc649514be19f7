package org.postroom.parse;

import java.util.List;
import org.postroom.mail.Bounce;

/** Mail from programs that hold a message back until its sender proves himself: automatic, and no bounce. */
final class Challenges {
    private static final int LOOK = 4_000;

    private Challenges() {}

    /** A report in form, but the message waits until its sender has proved himself. */
    static boolean isOne(List<Bounce.Recipient> recipients, String explanation) {
        return recipients.stream().allMatch(BounceWords::isChallenge)
                || (recipients.stream()
                                .allMatch(r -> r.status() != null && r.status().startsWith("4"))
                        && BounceWords.told(Phrases.normal(explanation)).mayChallenge());
    }

    /** Its subject or its headers raise the question, its text answers it. */
    static boolean isOne(ReportSource source) {
        Headers headers = source.headers();
        boolean named = headers.has("x-boxbe-verification")
                || headers.has("x-tmda-confirm")
                || headers.has("x-tmda-fingerprint")
                || headers.has("x-spamarrest-id")
                || headers.has("x-choicemail-registration-request")
                || headers.has("x-mailinblack");
        if (named) {
            return true;
        }
        boolean program = source.nobody() || headers.has("auto-submitted") || headers.has("precedence");
        boolean asks = source.subject().length() < 300 && BounceWords.subjectChallenges(source);
        if (!asks && !source.nobody()) {
            return false;
        }
        String text = source.text();
        String opening = text.length() > LOOK ? text.substring(0, LOOK) : text;
        BounceWords.Told told = BounceWords.told(Phrases.normal(opening));
        return told.challenge() || (program && asks && told.mayChallenge());
    }
}
