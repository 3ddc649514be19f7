/** Database plumbing: migrations, dialects, transactions, raw-message storage. No business queries. */
@NullMarked
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"mail"})
package org.postroom.store;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
