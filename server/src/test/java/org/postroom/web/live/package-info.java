@NullMarked
package org.postroom.web.live;

import org.jspecify.annotations.NullMarked;
