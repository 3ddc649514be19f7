/**
 * Mailboxes, folders and messages in memory, with IMAP's unique identifiers. Imports mime.
 */
@NullMarked
package org.postroom.simulator.mailbox;

import org.jspecify.annotations.NullMarked;
