/** Whole-system measurements against other programs, run by hand. */
@NullMarked
package org.postroom.bench;

import org.jspecify.annotations.NullMarked;
