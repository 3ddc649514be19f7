/** When to look, from which cursor, on which node; hands each message on, recognising repeats. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store", "channel", "mailbox"})
package org.postroom.fetch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
