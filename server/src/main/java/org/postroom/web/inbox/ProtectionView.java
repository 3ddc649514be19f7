package org.postroom.web.inbox;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Protection;

/**
 * How a message was protected on its way.
 *
 * @param badges what is known of signature and encryption
 * @param words what was found, and what to do
 */
record ProtectionView(List<Badge> badges, String words) {
    /** A word with a colour: good, warn or bad. */
    record Badge(String word, String kind) {}

    static @Nullable ProtectionView of(@Nullable Protection protection) {
        if (protection == null) {
            return null;
        }
        List<Badge> badges = new ArrayList<>();
        String by = protection.signer() == null || protection.signer().isBlank() ? "" : " by " + protection.signer();
        switch (protection.signature()) {
            case NONE -> {}
            case VERIFIED -> badges.add(new Badge("Signed" + by + ", verified", "good"));
            case UNTRUSTED -> badges.add(new Badge("Signed" + by + ", signer not trusted", "warn"));
            case BROKEN -> badges.add(new Badge("Signature broken", "bad"));
            case UNCHECKED -> badges.add(new Badge("Signed, not checked", "warn"));
        }
        switch (protection.encryption()) {
            case NONE -> {}
            case DECRYPTED -> badges.add(new Badge("Encrypted, opened", "good"));
            case CLOSED -> badges.add(new Badge("Encrypted, cannot be opened", "bad"));
        }
        return new ProtectionView(List.copyOf(badges), protection.words());
    }
}
