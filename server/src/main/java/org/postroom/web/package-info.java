/** Pages and REST, one sub-package per screen. Imports everything but mailbox and parse. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "mail",
            "wire",
            "store",
            "credentials",
            "channel",
            "secure",
            "person",
            "send",
            "doctor",
            "fetch",
            "conversation",
            "reply",
            "desk",
            "intake",
            "event",
            "access"
        })
package org.postroom.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
