/** Bytes to a parsed message: MIME, charsets, safe HTML, quoted text, automatic mail, bounces. Pure. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail"})
package org.postroom.parse;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
