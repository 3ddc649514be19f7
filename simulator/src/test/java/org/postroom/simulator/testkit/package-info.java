/** What the tests of several packages share. */
@NullMarked
package org.postroom.simulator.testkit;

import org.jspecify.annotations.NullMarked;
