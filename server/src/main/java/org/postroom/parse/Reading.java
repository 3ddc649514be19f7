package org.postroom.parse;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.ParsedMessage;

/**
 * All that reading a message gave: what everyone uses, its header, and the complaint if it is one.
 *
 * @param complaint null unless the message's kind is COMPLAINT
 */
public record Reading(
        ParsedMessage message, Headers headers, @Nullable Complaint complaint) {}
