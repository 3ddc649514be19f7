/** The agent's page: list, conversation, context; answering and closing. */
@NullMarked
package org.postroom.web.inbox;

import org.jspecify.annotations.NullMarked;
