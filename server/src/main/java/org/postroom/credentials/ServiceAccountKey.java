package org.postroom.credentials;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The key file of a Google service account: the JSON that Google's console hands out once. */
public record ServiceAccountKey(String email, String keyId, PrivateKey key) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Never shows the key. */
    @Override
    public String toString() {
        return "ServiceAccountKey[" + email + "]";
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException with words for whoever pasted it
     */
    public static ServiceAccountKey read(String file) {
        JsonNode json = json(file);
        if (!json.path("type").asString("").equals("service_account")) {
            throw new IllegalArgumentException(
                    "this is not the key of a service account; its type would be service_account");
        }
        String email = json.path("client_email").asString("");
        String pem = json.path("private_key").asString("");
        if (email.isEmpty() || pem.isEmpty()) {
            throw new IllegalArgumentException("client_email or private_key is missing; paste the whole file");
        }
        return new ServiceAccountKey(email, json.path("private_key_id").asString(""), key(pem));
    }

    private static JsonNode json(String file) {
        try {
            return JSON.readTree(file);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("this is not JSON; paste the whole key file of the service account", e);
        }
    }

    private static PrivateKey key(String pem) {
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                            .strip());
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw new IllegalArgumentException("private_key cannot be read; paste the whole file", e);
        }
    }
}
