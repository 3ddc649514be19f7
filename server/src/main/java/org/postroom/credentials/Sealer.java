package org.postroom.credentials;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.postroom.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals and opens secrets (authenticated encryption, AES-256-GCM). The row's identity is bound into the seal, so that a
 * sealed value copied to another row does not open there. Safe for use by many threads.
 */
public final class Sealer {
    private static final Logger log = LoggerFactory.getLogger(Sealer.class);

    private final Aead aead;

    private Sealer(Aead aead) {
        this.aead = aead;
    }

    /**
     * A sealer with the given key, or with the one in the data folder, which is made if there is none.
     *
     * @param key a Tink key set as JSON, or null
     */
    public static Sealer open(@Nullable String key, Path dataFolder) {
        try {
            AeadConfig.register();
            String json = key == null || key.isBlank() ? fromFolder(dataFolder.resolve("postroom.key")) : key;
            KeysetHandle handle = TinkJsonProtoKeysetFormat.parseKeyset(json, InsecureSecretKeyAccess.get());
            return new Sealer(handle.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException e) {
            throw new StoreException(
                    "The key that seals secrets cannot be read: POSTROOM_KEY or postroom.key in the data folder is not"
                            + " a Tink key set",
                    e);
        } catch (IOException e) {
            throw new StoreException("The key file in the data folder cannot be read or made: " + e.getMessage(), e);
        }
    }

    private static String fromFolder(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return Files.readString(file);
        }
        KeysetHandle made = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(made, InsecureSecretKeyAccess.get());
        Files.write(file, new byte[0], StandardOpenOption.CREATE_NEW);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(file, json, StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        log.info("A key that seals secrets was made: {}. Keep a copy of it apart from the database's", file);
        return json;
    }

    /** Seals a value for the row of that identity. */
    public byte[] seal(String value, String identity) {
        try {
            return aead.encrypt(bytes(value), bytes(identity));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing failed", e);
        }
    }

    /** Opens what {@link #seal} made for the same identity. */
    public String open(byte[] sealed, String identity) {
        try {
            return new String(aead.decrypt(sealed, bytes(identity)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new StoreException(
                    "A stored secret does not open: the key in the data folder is not the one it was sealed with."
                            + " Bring back postroom.key, or enter the secret again",
                    e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
