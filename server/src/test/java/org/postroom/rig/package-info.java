/**
 * Real mail servers for tests: Dovecot and Postfix as the files in {@code rig/} configure them, and generated mail.
 *
 * <p>Independent of the product's own classes, so that measurements and tests of any package can use it.
 */
@NullMarked
package org.postroom.rig;

import org.jspecify.annotations.NullMarked;
