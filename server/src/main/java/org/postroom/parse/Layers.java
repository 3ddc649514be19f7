package org.postroom.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Encryption;
import org.postroom.mail.Protection.Signature;

/**
 * What is known of the protection of a message from that of its parts, within and beside each other. A signature that
 * covers only a part of what is shown is never called verified.
 */
final class Layers {
    private static final String PART = "The signature covers only a part of this message.";

    /** A protected part that is being walked; the message itself at the bottom. */
    private static final class Layer {
        final @Nullable Protection own;

        @Nullable
        Protection within;

        boolean loose;

        Layer(@Nullable Protection own) {
            this.own = own;
        }
    }

    private final Deque<Layer> open = new ArrayDeque<>();

    Layers() {
        open.push(new Layer(null));
    }

    /** How many protected parts the walk is in. */
    int level() {
        return open.size() - 1;
    }

    /** Whether one of them was encrypted. */
    boolean opened() {
        return open.stream().anyMatch(l -> l.own != null && l.own.encryption() == Encryption.DECRYPTED);
    }

    void enter(Protection own) {
        open.push(new Layer(own));
    }

    void leave() {
        Protection whole = combined(open.pop());
        if (whole != null) {
            beside(whole);
        }
    }

    /** Something stands at this level that nothing here protects. */
    void loose() {
        open.element().loose = true;
    }

    /** A part with nothing to walk, or none that was opened. */
    void beside(Protection found) {
        Layer layer = open.element();
        layer.within = layer.within == null ? found : beside(layer.within, found);
    }

    /** What is known of the message; null if nothing protects it. */
    @Nullable
    Protection all() {
        return combined(open.element());
    }

    private static @Nullable Protection combined(Layer layer) {
        Protection own = layer.own;
        Protection within = layer.within;
        if (within == null) {
            return own;
        }
        if (own == null) {
            return layer.loose ? partly(within) : within;
        }
        boolean ownCounts = within.signature() == Signature.NONE || (layer.loose && own.signature() != Signature.NONE);
        Protection signed = ownCounts ? own : layer.loose ? partly(within) : within;
        return new Protection(
                own.standard(),
                signed.signature(),
                closest(own.encryption(), within.encryption()),
                signed.signer(),
                words(own, ownCounts ? within : signed));
    }

    private static Protection beside(Protection a, Protection b) {
        boolean first = rank(a.signature()) >= rank(b.signature());
        Protection worse = first ? a : b;
        Protection other = first ? b : a;
        Protection signed =
                worse.signature() == Signature.VERIFIED && other.signature() == Signature.NONE ? partly(worse) : worse;
        if (worse.signature() == Signature.VERIFIED
                && !java.util.Objects.equals(worse.signer(), other.signer())
                && other.signature() == Signature.VERIFIED) {
            signed = partly(worse);
        }
        return new Protection(
                a.standard(),
                signed.signature(),
                closest(a.encryption(), b.encryption()),
                signed.signer(),
                words(signed, other));
    }

    private static int rank(Signature signature) {
        return switch (signature) {
            case NONE -> 0;
            case VERIFIED -> 1;
            case UNTRUSTED -> 2;
            case UNCHECKED -> 3;
            case BROKEN -> 4;
        };
    }

    private static Protection partly(Protection whole) {
        return whole.signature() != Signature.VERIFIED
                ? whole
                : new Protection(
                        whole.standard(),
                        Signature.UNTRUSTED,
                        whole.encryption(),
                        whole.signer(),
                        whole.words() + " " + PART);
    }

    private static Encryption closest(Encryption a, Encryption b) {
        return a == Encryption.CLOSED || b == Encryption.CLOSED
                ? Encryption.CLOSED
                : a == Encryption.DECRYPTED || b == Encryption.DECRYPTED ? Encryption.DECRYPTED : Encryption.NONE;
    }

    private static String words(Protection first, Protection second) {
        return first.words().contains(second.words()) ? first.words() : first.words() + " " + second.words();
    }
}
