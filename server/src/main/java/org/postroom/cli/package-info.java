/** Commands. Imports everything but web. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "mail",
            "wire",
            "store",
            "credentials",
            "channel",
            "person",
            "parse",
            "secure",
            "mailbox",
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
package org.postroom.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
