/**
 * Tenants, users, apps and customers with their switches, each changeable while the simulator runs. Imports mailbox.
 */
@NullMarked
package org.postroom.simulator.organisation;

import org.jspecify.annotations.NullMarked;
