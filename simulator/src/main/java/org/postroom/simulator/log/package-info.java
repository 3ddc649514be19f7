/**
 * What went over the wire, with secrets masked. Imports nothing.
 */
@NullMarked
package org.postroom.simulator.log;

import org.jspecify.annotations.NullMarked;
