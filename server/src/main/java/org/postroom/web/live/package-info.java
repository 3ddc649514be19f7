/** Live news for open pages, as server-sent events. */
@NullMarked
package org.postroom.web.live;

import org.jspecify.annotations.NullMarked;
