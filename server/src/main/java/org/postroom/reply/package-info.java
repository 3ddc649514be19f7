/** Answers: quoting, reply headers, recipients, the message that leaves. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "store", "channel", "send", "conversation"})
package org.postroom.reply;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
