/** S/MIME and OpenPGP: keys per channel, signatures checked, encrypted mail opened. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "parse", "store", "credentials", "channel"})
package org.postroom.secure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
