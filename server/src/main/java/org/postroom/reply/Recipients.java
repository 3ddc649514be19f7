package org.postroom.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Address;

/**
 * Who gets an answer: derived from the message being answered (RFC 5322 section 3.6.3), everybody kept, none of our own
 * addresses, nobody twice.
 */
public record Recipients(List<Address> to, List<Address> cc) {
    /** Copies the lists. */
    public Recipients {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
    }

    /**
     * For an answer to this message.
     *
     * @param own addresses of all channels, in lower case
     */
    static Recipients answering(Message message, Set<String> own) {
        Set<String> taken = new HashSet<>(own);
        List<Address> to = new ArrayList<>();
        List<Address> cc = new ArrayList<>();
        if (message.direction().equals("out")) {
            add(to, message.to(), taken);
        } else {
            add(to, message.replyTo().isEmpty() ? List.of(message.from()) : message.replyTo(), taken);
            add(cc, message.to(), taken);
        }
        add(cc, message.cc(), taken);
        return new Recipients(to, cc);
    }

    private static void add(List<Address> list, List<Address> more, Set<String> taken) {
        for (Address one : more) {
            if (Address.plausible(one.address()) && taken.add(one.key())) {
                list.add(one);
            }
        }
    }
}
