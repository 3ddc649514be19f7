package org.postroom.mailbox.imap;

import java.util.List;

/** Writes UIDs as a sequence-set (RFC 9051 section 9), neighbours as ranges. */
final class UidSet {
    private UidSet() {}

    /** For UIDs in ascending order, at least one. */
    static String of(List<Long> uids) {
        StringBuilder set = new StringBuilder();
        int i = 0;
        while (i < uids.size()) {
            long first = uids.get(i);
            long last = first;
            while (i + 1 < uids.size() && uids.get(i + 1) == last + 1) {
                last = uids.get(++i);
            }
            set.append(set.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                set.append(':').append(last);
            }
            i++;
        }
        return set.toString();
    }
}
