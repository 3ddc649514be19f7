/** The server: a channel for email between customers and the people who answer them. */
@NullMarked
package org.postroom;

import org.jspecify.annotations.NullMarked;
