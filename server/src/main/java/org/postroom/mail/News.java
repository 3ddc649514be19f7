package org.postroom.mail;

import java.util.Map;

/**
 * Something that happened and that others may want to know: a small record in the past tense, carrying ids. Published
 * inside the transaction that made it true, and recorded in the event log by that same transaction.
 */
public interface News {
    /** The end of the event's type, such as {@code message.received}. */
    String type();

    /** What it is about, such as {@code conversation/0198…}. */
    String subject();

    /** Ids and short facts; never a secret, never a message's text. */
    Map<String, Object> data();
}
