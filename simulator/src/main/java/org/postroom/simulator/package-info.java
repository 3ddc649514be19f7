/**
 * Microsoft 365 as far as mail goes, on loopback: the program and the handle that tests use. Imports every package below.
 */
@NullMarked
package org.postroom.simulator;

import org.jspecify.annotations.NullMarked;
