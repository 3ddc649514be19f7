/** The inbound journey, spelled out in one method. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store", "parse", "secure", "fetch", "conversation", "reply"})
package org.postroom.intake;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
