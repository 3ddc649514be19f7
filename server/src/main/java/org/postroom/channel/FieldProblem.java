package org.postroom.channel;

/**
 * A field that cannot be taken as it is.
 *
 * @param field its path, such as {@code incoming.host}
 * @param message what is wrong and what to enter instead
 */
public record FieldProblem(String field, String message) {}
