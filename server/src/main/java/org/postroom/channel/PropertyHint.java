package org.postroom.channel;

/**
 * Something people should know of a property that was accepted.
 *
 * @param property its name
 * @param message such as "has no effect …"
 */
public record PropertyHint(String property, String message) {}
