/** The door out: outgoing table, SMTP, retries, delivery results. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "wire", "store", "credentials", "channel"})
package org.postroom.send;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
