package org.postroom.secure;

import java.util.ArrayList;
import java.util.List;
import org.postroom.secure.ChannelKey.Purpose;

/** The keys by which the mail of one channel is checked and opened. Immutable. */
record KeyRing(List<KeyMaterial.Certificate> certificates, List<KeyMaterial.Pgp> pgp) {
    static final KeyRing EMPTY = new KeyRing(List.of(), List.of());

    KeyRing {
        certificates = List.copyOf(certificates);
        pgp = List.copyOf(pgp);
    }

    static KeyRing of(List<KeyMaterial> all) {
        List<KeyMaterial.Certificate> certificates = new ArrayList<>();
        List<KeyMaterial.Pgp> pgp = new ArrayList<>();
        for (KeyMaterial one : all) {
            switch (one) {
                case KeyMaterial.Certificate certificate -> certificates.add(certificate);
                case KeyMaterial.Pgp key -> pgp.add(key);
            }
        }
        return new KeyRing(certificates, pgp);
    }

    List<KeyMaterial.Certificate> certificates(Purpose purpose) {
        return certificates.stream().filter(c -> c.purpose() == purpose).toList();
    }
}
