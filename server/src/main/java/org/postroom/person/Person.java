package org.postroom.person;

import java.time.Instant;

/**
 * Somebody who works here. The password is not in here.
 *
 * @param email the address they sign in with, in lower case
 * @param enabled whether they may sign in
 */
public record Person(String id, String email, String name, Role role, boolean enabled, Instant createdAt) {}
