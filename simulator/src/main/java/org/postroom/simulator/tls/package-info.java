/**
 * The simulator's own certificate authority and server certificate. Imports nothing.
 */
@NullMarked
package org.postroom.simulator.tls;

import org.jspecify.annotations.NullMarked;
