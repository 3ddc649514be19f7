/** Words everyone shares: address, Message-ID, parsed message, news. Pure: no I/O, no framework. */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.postroom.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
