package org.postroom.simulator.mailbox;

import java.lang.ref.SoftReference;
import org.postroom.simulator.mime.MimePart;

/** A message's octets and what was read from them. Shared by all copies of the message; safe for all threads. */
public final class MessageContent {
    private final byte[] octets;
    private volatile SoftReference<MimePart> parsed = new SoftReference<>(null);

    /** Takes the octets over; the caller does not change them afterwards. */
    public MessageContent(byte[] octets) {
        this.octets = octets;
    }

    /** The octets themselves, not a copy: not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Length in octets. */
    public int size() {
        return octets.length;
    }

    /** The message's structure, read when first asked for. */
    public MimePart parsed() {
        MimePart known = parsed.get();
        if (known == null) {
            known = MimePart.parse(octets);
            parsed = new SoftReference<>(known);
        }
        return known;
    }
}
