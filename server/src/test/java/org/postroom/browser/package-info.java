/** What people do, in a real browser. */
@NullMarked
package org.postroom.browser;

import org.jspecify.annotations.NullMarked;
