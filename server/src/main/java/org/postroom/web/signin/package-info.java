/** Signing in and out, and the first administrator. */
@NullMarked
package org.postroom.web.signin;

import org.jspecify.annotations.NullMarked;
