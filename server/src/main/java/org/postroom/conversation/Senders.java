package org.postroom.conversation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postroom.mail.Address;
import org.postroom.mail.ParsedMessage;
import org.postroom.store.tables.tables.records.ContactRecord;

/**
 * Whose mail it is: whoever of Reply-To, From and Sender, in this order, is a contact already; else the first of them. Passed
 * over as long as there is another: addresses of our own (a form on our site writes as us), a Reply-To that is a recipient
 * too (a list asks for answers to itself), and addresses that nobody reads.
 */
final class Senders {
    private static final Address UNKNOWN = Address.of("unknown@sender.invalid");
    private static final int MOST = 10;
    private static final Pattern UNREAD = Pattern.compile(
            "(no|not|donot|dont|do-not|do_not|nicht|ne-?pas)[-_.]?(reply|answer|respond|response|responder|repondre)"
                    + "([-_.+].*)?|keine[-_.]?antwort|nicht[-_.]?antworten|mailer-daemon|postmaster|bounces?([-_.+].*)?",
            Pattern.CASE_INSENSITIVE);

    private Senders() {}

    /** Who may have written, the likeliest first; at least one. */
    static List<Address> of(ParsedMessage parsed, Set<String> ownAddresses) {
        Set<String> recipients = Stream.concat(parsed.to().stream(), parsed.cc().stream())
                .map(Address::key)
                .collect(Collectors.toSet());
        Set<String> asked = parsed.replyTo().stream().map(Address::key).collect(Collectors.toSet());
        List<Address> likely = new ArrayList<>();
        List<Address> rather = new ArrayList<>();
        List<Address> last = new ArrayList<>();
        for (List<Address> some : List.of(parsed.replyTo(), parsed.from(), parsed.sender())) {
            for (Address one : some) {
                if (!Address.plausible(one.address()) || likely.size() + rather.size() + last.size() >= MOST) {
                    continue;
                }
                boolean listed = asked.contains(one.key()) && recipients.contains(one.key());
                if (ownAddresses.contains(one.key())) {
                    last.add(one);
                } else if (listed || unread(one)) {
                    rather.add(one);
                } else {
                    likely.add(one);
                }
            }
        }
        likely.addAll(rather);
        return likely.isEmpty() ? (last.isEmpty() ? List.of(UNKNOWN) : last) : likely;
    }

    private static boolean unread(Address one) {
        int at = one.address().lastIndexOf('@');
        return UNREAD.matcher(one.address().substring(0, at)).matches();
    }

    /** The one among them who is known already, else the first. */
    static Address chosen(List<Address> candidates, Map<String, ContactRecord> contacts) {
        return candidates.stream()
                .filter(one -> contacts.containsKey(one.key()) && !unread(one))
                .findFirst()
                .orElse(candidates.getFirst());
    }
}
