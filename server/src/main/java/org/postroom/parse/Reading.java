package org.postroom.parse;

import org.postroom.mail.ParsedMessage;

/** All that reading a message gave: what everyone uses, and its header. */
public record Reading(ParsedMessage message, Headers headers) {}
