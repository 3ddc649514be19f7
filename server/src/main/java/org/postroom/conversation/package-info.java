/** Which conversation a message belongs to; its history and state; contacts. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store", "channel", "send"})
package org.postroom.conversation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
