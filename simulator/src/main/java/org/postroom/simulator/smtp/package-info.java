/**
 * Exchange Online by SMTP submission (RFC 6409), in Exchange's words. Imports exchange, organisation, mailbox, mime, log.
 */
@NullMarked
package org.postroom.simulator.smtp;

import org.jspecify.annotations.NullMarked;
