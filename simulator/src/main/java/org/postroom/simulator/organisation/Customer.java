package org.postroom.simulator.organisation;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.mailbox.Mailbox;

/**
 * Somebody outside who writes to the organisation.
 *
 * @param mailbox where the organisation's mail to the customer ends
 * @param password opens the mailbox by IMAP
 * @param writes what the customer writes once started
 * @param answers whether and how each mail the customer gets is answered
 */
public record Customer(Mailbox mailbox, String password, List<Writing> writes, Answers answers) {
    public Customer {
        writes = List.copyOf(writes);
    }

    /** The customer's address in lower case. */
    public String address() {
        return mailbox.address();
    }

    /**
     * A mail the customer writes.
     *
     * @param html null for plain text alone
     * @param attachment file name of the bundled sample to attach, null for none
     * @param after pause after the customers are started
     * @param every pause until it is written again; null for once
     */
    public record Writing(
            String to,
            String subject,
            String text,
            @Nullable String html,
            @Nullable String attachment,
            Duration after,
            @Nullable Duration every) {}

    /**
     * Whether and how a customer answers.
     *
     * @param delay pause between a mail and its answer
     * @param most answers in one conversation
     */
    public record Answers(boolean on, Duration delay, int most) {}
}
