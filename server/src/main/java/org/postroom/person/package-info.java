/** People who work here. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store"})
package org.postroom.person;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
