/**
 * Just enough of RFC 5322 and RFC 2045 to answer IMAP and to write mail; never changes a byte it was given. Imports nothing.
 */
@NullMarked
package org.postroom.simulator.mime;

import org.jspecify.annotations.NullMarked;
