/** The door in: one Mailbox interface, with a sub-package per protocol behind it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "wire", "credentials", "channel"})
package org.postroom.mailbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
