package org.postroom.secure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.postroom.parse.Opener;
import org.postroom.secure.KeyFile.WrongKeyException;

/** Keys from files, for whoever has no channel. Immutable and thread-safe. */
public final class GivenKeys {
    private final KeyRing ring;

    private GivenKeys(KeyRing ring) {
        this.ring = ring;
    }

    /**
     * Reads files of keys.
     *
     * @param passphrase for those that need one; empty if none does
     * @throws IllegalArgumentException with the file and words for whoever named it
     * @throws IOException if one cannot be read
     */
    public static GivenKeys read(List<Path> files, String passphrase) throws IOException {
        List<KeyMaterial> all = new ArrayList<>();
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                all.addAll(KeyFile.read(in.readNBytes(KeyFile.LARGEST + 1), passphrase));
            } catch (WrongKeyException e) {
                throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
            }
        }
        return new GivenKeys(KeyRing.of(all));
    }

    /** Opens one message. */
    public Opener opener(Clock clock) {
        return new KeyedOpener(() -> ring, clock);
    }
}
