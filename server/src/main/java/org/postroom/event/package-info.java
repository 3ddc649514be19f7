/** The log of what happened; live updates. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store", "conversation"})
package org.postroom.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
