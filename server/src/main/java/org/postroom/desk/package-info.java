/** What an agent does: list, read, answer, close. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store", "person", "conversation", "reply"})
package org.postroom.desk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
