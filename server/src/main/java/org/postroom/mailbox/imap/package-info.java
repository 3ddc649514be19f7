/** Mailboxes by IMAP (RFC 9051, RFC 3501). Knows no framework. */
@NullMarked
package org.postroom.mailbox.imap;

import org.jspecify.annotations.NullMarked;
