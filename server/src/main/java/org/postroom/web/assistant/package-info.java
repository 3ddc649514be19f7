/** The set-up assistant for Microsoft 365: what an administrator does there, written out, and ticked off by testing. */
@NullMarked
package org.postroom.web.assistant;

import org.jspecify.annotations.NullMarked;
