package org.postroom.parse;

import java.util.Set;

/**
 * What mail programs write before the subject of a message that is passed on. {@code VS:} is not among them: it marks
 * an answer in Finnish.
 */
final class ForwardMarks {
    private static final Set<String> MARKS = Words.set("""
            fw fwd wg tr rv i enc vb vl pd doorst ilt i̇lt fs 转发 轉寄 轉發 転送 전달 пересл πρθ továbbítva""");

    /** Characters in the longest. */
    private static final int LONGEST = 12;

    private ForwardMarks() {}

    /** Whether the subject begins with one; tags in brackets may come before it. */
    static boolean begin(String subject) {
        String normal = Phrases.normal(subject).strip();
        while (normal.startsWith("[") && normal.indexOf(']') > 0) {
            normal = normal.substring(normal.indexOf(']') + 1).strip();
        }
        int colon = normal.replace('：', ':').indexOf(':');
        return colon > 0
                && colon <= LONGEST
                && MARKS.contains(normal.substring(0, colon).strip());
    }
}
