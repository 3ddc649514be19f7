@NullMarked
package org.postroom.web.assistant;

import org.jspecify.annotations.NullMarked;
