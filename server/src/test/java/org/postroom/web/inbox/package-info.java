@NullMarked
package org.postroom.web.inbox;

import org.jspecify.annotations.NullMarked;
