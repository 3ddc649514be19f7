/** A configured mailbox-and-sender pair: protocol, addresses, authentication, state. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "wire", "store", "credentials"})
package org.postroom.channel;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
