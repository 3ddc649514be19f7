/** People and programs proving themselves to Postroom: sign-in, roles, API keys. */
@NullMarked
@ApplicationModule(allowedDependencies = {"store", "person"})
package org.postroom.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
