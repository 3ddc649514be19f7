package org.postroom.web.inbox;

import org.jspecify.annotations.Nullable;

/**
 * Why a message did not arrive and what to do, in plain words.
 *
 * @param brief a few words for beside a name
 */
record BounceReasonWords(String brief, String why, String todo) {
    /** @param reason a word of the contract's list; any other reads as unknown */
    static BounceReasonWords of(@Nullable String reason) {
        return switch (reason == null ? "unknown" : reason) {
            case "no-such-user" ->
                new BounceReasonWords(
                        "no such address",
                        "There is no such address.",
                        "Look for a slip of the pen in it, or ask for the right one in another way.");
            case "mailbox-full" ->
                new BounceReasonWords(
                        "mailbox full",
                        "The mailbox is full.",
                        "Send it again in some days, or reach the customer in another way.");
            case "disabled" ->
                new BounceReasonWords(
                        "mailbox closed",
                        "The mailbox is closed or suspended.",
                        "Ask for another address in another way.");
            case "blocked" ->
                new BounceReasonWords(
                        "our server is blocked",
                        "The other side takes no mail from our mail server: it stands on a block list, or its name is bad.",
                        "Tell an administrator; the words of the server below name the list.");
            case "spam" ->
                new BounceReasonWords(
                        "taken for spam",
                        "The other side took the message for spam.",
                        "Send it again with fewer links, pictures and files. If that happens often, an administrator should"
                                + " look at SPF, DKIM and DMARC of our domain.");
            case "too-big" ->
                new BounceReasonWords(
                        "too large",
                        "The message is larger than the other side takes.",
                        "Send smaller files, or a link in their place.");
            case "policy" ->
                new BounceReasonWords(
                        "not allowed there",
                        "A rule of the other side does not allow the message.",
                        "Read the words of the server below; often only an administrator of one side can change it.");
            case "expired" ->
                new BounceReasonWords(
                        "given up after days",
                        "The other side could not be reached for days, and the mail server gave up.",
                        "Send it again; if that fails too, reach the customer in another way.");
            case "rate-limited" ->
                new BounceReasonWords(
                        "too many messages",
                        "The other side got too many messages in a short time.",
                        "Send it again in an hour.");
            case "network" ->
                new BounceReasonWords(
                        "server not found",
                        "The other side's mail server cannot be found or reached.",
                        "Look at the part of the address behind the @; if that is right, send it again later.");
            case "system" ->
                new BounceReasonWords(
                        "fault of their server", "The other side's mail server has a fault.", "Send it again later.");
            case "content" ->
                new BounceReasonWords(
                        "content refused",
                        "The other side does not take such content, for instance a kind of file.",
                        "Send it without the files, or in another format.");
            case "relay-denied" ->
                new BounceReasonWords(
                        "server not responsible",
                        "The mail server that was asked does not take mail for that address.",
                        "Look at the part of the address behind the @. If that is right, an administrator should look at the"
                                + " outgoing mail server.");
            default ->
                new BounceReasonWords(
                        "reason not told",
                        "The other side does not say why in words that are understood.",
                        "Read its report below; send it again, or reach the customer in another way.");
        };
    }
}
