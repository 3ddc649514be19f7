/**
 * The YAML file an organisation is made from, and its validation. Imports organisation, mailbox.
 */
@NullMarked
package org.postroom.simulator.scenario;

import org.jspecify.annotations.NullMarked;
