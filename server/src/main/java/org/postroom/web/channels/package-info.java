/** Channels, as administrators see them: list, form, state, Connect, Test connection. */
@NullMarked
package org.postroom.web.channels;

import org.jspecify.annotations.NullMarked;
