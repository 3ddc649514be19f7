package org.postroom.secure;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.postroom.mail.ParsedMessage;
import org.postroom.mail.Protection;
import org.postroom.parse.MessageParser;
import org.postroom.parse.ParseLimits;
import org.postroom.secure.ChannelKey.Purpose;

/** Parses mail by the keys it was given. */
final class Reader {
    private final List<KeyMaterial> keys = new ArrayList<>();
    private Clock clock = Clock.fixed(TestAuthority.NOW, ZoneOffset.UTC);

    Reader trusts(X509CertificateHolder authority) {
        keys.add(new KeyMaterial.Certificate(Purpose.AUTHORITY, authority, null));
        return this;
    }

    Reader has(TestAuthority.Identity own) {
        keys.add(new KeyMaterial.Certificate(Purpose.OWN, own.certificate(), own.key()));
        return this;
    }

    Reader has(byte[] file, String passphrase) {
        try {
            keys.addAll(KeyFile.read(file, passphrase));
            return this;
        } catch (KeyFile.WrongKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    Reader at(Clock now) {
        clock = now;
        return this;
    }

    ParsedMessage read(byte[] mail) {
        KeyRing ring = KeyRing.of(keys);
        return new MessageParser(ParseLimits.DEFAULT, new KeyedOpener(() -> ring, clock)).parse(mail);
    }

    ParsedMessage read(String mail) {
        return read(mail.getBytes(StandardCharsets.UTF_8));
    }

    static Protection of(ParsedMessage message) {
        Protection found = message.findings().protection();
        if (found == null) {
            throw new AssertionError("nothing was recognised; problems " + message.problems());
        }
        return found;
    }
}
