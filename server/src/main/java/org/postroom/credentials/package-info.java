/** Postroom proving itself to mail servers: passwords, OAuth 2.0 grants, tokens and their renewal, sealed secrets. */
@NullMarked
@ApplicationModule(allowedDependencies = {"mail", "wire", "store"})
package org.postroom.credentials;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
