package org.postroom.simulator.mime;

/**
 * One header field, unfolded. Characters are bytes: a value is ISO-8859-1 text of whatever octets the message had.
 *
 * @param name as written, without the colon
 * @param value without leading and trailing white space
 */
public record HeaderField(String name, String value) {}
