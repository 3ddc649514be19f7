package org.postroom.simulator.organisation;

/**
 * Exchange Online's limits.
 *
 * @param imapConnections open at once per mailbox
 * @param smtpConnections submitting at once per mailbox
 * @param messageSize octets of one message
 * @param recipients of one message
 */
public record Limits(int imapConnections, int smtpConnections, long messageSize, int recipients) {
    /** As documented: 20 IMAP and 3 SMTP connections, 150 MB, 500 recipients. */
    public static final Limits DOCUMENTED = new Limits(20, 3, 157_286_400L, 500);
}
