package org.postroom.web.shell;

import org.postroom.person.Role;

/**
 * An entry of the rail; each screen brings its own as a bean. The first that somebody may see is where they start.
 *
 * @param order the smaller, the higher
 * @param icon the id of a symbol in {@code postroom-icons.svg}
 * @param role who may see it
 */
public record RailItem(int order, String href, String name, String icon, Role role) {}
