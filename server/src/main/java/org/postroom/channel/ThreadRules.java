package org.postroom.channel;

import java.util.List;

/**
 * How a channel's mail finds its conversation, where that can be chosen.
 *
 * @param secureUpdate who may write into a conversation by an id or number of ours
 * @param updateByCreate whether mail that may not says in the new conversation which one it meant
 * @param subjectNumber whether the subject of answers carries the conversation's number, in the first of the forms
 * @param numberForms how a number may stand in a subject: text with {@code {number}} in it, and {@code {date}} (year, month,
 *     day of the conversation's beginning, two digits each) if wanted; none: subjects are not looked at
 * @param numberInBody whether new text and names of attachments are looked at too
 * @param reopen whether an answer opens a closed conversation again
 * @param referenceLine whether answers in plain text end with a line that carries the signed id
 */
public record ThreadRules(
        SecureUpdate secureUpdate,
        boolean updateByCreate,
        boolean subjectNumber,
        List<String> numberForms,
        boolean numberInBody,
        Reopening reopen,
        boolean referenceLine) {
    /** Where a form holds the number. */
    public static final String NUMBER = "{number}";

    /** Where a form holds the date. */
    public static final String DATE = "{date}";

    /** What holds unless chosen otherwise. */
    public static final ThreadRules DEFAULT = new ThreadRules(
            SecureUpdate.PEOPLE,
            true,
            false,
            List.of("[#{number}]", "Case {number}", "Case #{number}", "[Incident: {date}-{number}]"),
            false,
            new Reopening.Always(),
            false);

    /** Copies the forms. */
    public ThreadRules {
        numberForms = List.copyOf(numberForms);
    }

    /** Who may write into a conversation by an id or number of ours; Oracle's modes 0, 1 and 2. */
    public enum SecureUpdate {
        /** 0: a number in the subject is enough, whoever writes. */
        NUMBER,
        /** 1: anybody by a signed id of ours; by a number only who takes part. */
        SIGNED,
        /** 2: by either only who takes part. */
        PEOPLE;

        /** The mode's number. */
        public int mode() {
            return ordinal();
        }
    }
}
