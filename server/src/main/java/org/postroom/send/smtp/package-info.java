/** Message submission by SMTP (RFC 5321, RFC 6409). Knows no framework. */
@NullMarked
package org.postroom.send.smtp;

import org.jspecify.annotations.NullMarked;
