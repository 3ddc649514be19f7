/**
 * The HTTP interface by which tests and people change the organisation while it runs. Imports every package but the root.
 */
@NullMarked
package org.postroom.simulator.control;

import org.jspecify.annotations.NullMarked;
