/** What every page has: the rail, the start, the page for errors. */
@NullMarked
package org.postroom.web.shell;

import org.jspecify.annotations.NullMarked;
