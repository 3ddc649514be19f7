package org.postroom.secure;

import java.io.IOException;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postroom.parse.Opener;

/** Opens and checks by the keys of one channel, which are had when the first protected part comes. For one message. */
final class KeyedOpener implements Opener {
    /** More than any message has. */
    private static final long LARGEST = 128L << 20;

    private final Supplier<KeyRing> keys;
    private final Clock clock;
    private @Nullable KeyRing ring;

    KeyedOpener(Supplier<KeyRing> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @Override
    public Spool spool() {
        return new Spooled(LARGEST);
    }

    @Override
    public Opened open(Guarded part, long most) throws IOException {
        KeyRing by = ring;
        if (by == null) {
            by = keys.get();
            ring = by;
        }
        return switch (part.form()) {
            case SMIME -> smime(by).open(part.content(), part.from(), most);
            case SMIME_DETACHED -> smime(by).check(part.content(), signature(part), part.from());
            case PGP -> pgp(by).open(part.content(), part.from(), most);
            case PGP_DETACHED -> pgp(by).check(part.content(), signature(part), part.from());
            case PGP_CLEARTEXT -> new Cleartext(new PgpSigners(by, clock)).open(part.content(), part.from(), most);
        };
    }

    private Smime smime(KeyRing by) {
        return new Smime(new SmimeSigners(by, new SmimeTrust(by), clock), new SmimeRecipients(by));
    }

    private Pgp pgp(KeyRing by) {
        return new Pgp(new PgpSigners(by, clock), new PgpRecipients(by));
    }

    private static byte[] signature(Guarded part) {
        byte[] signature = part.signature();
        return signature == null ? new byte[0] : signature;
    }
}
