/** Connections to servers outside: which addresses may be reached, whom TLS trusts, how long to wait. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.postroom.wire;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
