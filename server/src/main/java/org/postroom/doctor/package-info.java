/** The diagnosis: steps, causes, remedies; behind Test connection, the command and health. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "wire", "credentials", "channel", "mailbox", "send"})
package org.postroom.doctor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
