/** Reconnecting a mailbox by a link, without an account here. */
@NullMarked
package org.postroom.web.reconnect;

import org.jspecify.annotations.NullMarked;
