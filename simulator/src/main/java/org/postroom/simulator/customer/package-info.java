/**
 * People outside who write and answer. Imports exchange, organisation, mailbox, mime, scenario.
 */
@NullMarked
package org.postroom.simulator.customer;

import org.jspecify.annotations.NullMarked;
