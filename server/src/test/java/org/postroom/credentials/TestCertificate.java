package org.postroom.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * An RSA key with a certificate as an administrator makes one.
 *
 * @param certificate PEM
 * @param key PEM, PKCS#8
 */
public record TestCertificate(String certificate, String key) {
    /** Makes one with the JDK's keytool. */
    public static TestCertificate make(Path folder, int validFromDays, int validForDays)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = Files.createTempDirectory(folder, "certificate").resolve("app.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "app",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=Postroom test",
                        "-startdate",
                        (validFromDays < 0 ? "" : "+") + validFromDays + "d",
                        "-validity",
                        Integer.toString(validForDays),
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (made.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        return new TestCertificate(
                pem("CERTIFICATE", store.getCertificate("app").getEncoded()),
                pem("PRIVATE KEY", store.getKey("app", "changeit".toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    /** Both in one text. */
    public String both() {
        return certificate + key;
    }
}
