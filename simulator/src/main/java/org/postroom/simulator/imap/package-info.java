/**
 * Exchange Online by IMAP4rev1 (RFC 3501), in Exchange's words. Imports exchange, organisation, mailbox, mime, log.
 */
@NullMarked
package org.postroom.simulator.imap;

import org.jspecify.annotations.NullMarked;
