/**
 * What IMAP and SMTP share: who may open which mailbox, who may send as whom, and delivery. Imports entra, organisation, mailbox, mime.
 */
@NullMarked
package org.postroom.simulator.exchange;

import org.jspecify.annotations.NullMarked;
