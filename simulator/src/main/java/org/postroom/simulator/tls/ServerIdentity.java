package org.postroom.simulator.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate the mail servers show, and the authority behind it. Made at first start in a folder and found there
 * again later, so that whoever trusts the authority need not trust anew.
 *
 * @param context for server sockets
 * @param trusting for clients that trust this authority alone
 * @param authorityFile the authority's certificate as PEM
 */
public record ServerIdentity(SSLContext context, SSLContext trusting, Path authorityFile) {
    private static final char[] STORE_PASSWORD = "simulator".toCharArray();
    private static final String AUTHORITY = "Postroom Simulator CA";
    private static final List<String> HOSTS = List.of("localhost", "outlook.office365.com", "smtp.office365.com");

    /**
     * Loads the identity from the folder, or makes it there.
     *
     * @throws IOException if the folder cannot be written or what is in it cannot be used
     */
    public static ServerIdentity in(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path store = folder.resolve("server.p12");
        Path pem = folder.resolve("ca.pem");
        try {
            KeyStore keys = Files.exists(store) && Files.exists(pem) ? load(store) : make(store, pem);
            return new ServerIdentity(serverContext(keys), clientContext(keys), pem);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use " + store + "; remove it to have it made anew", e);
        }
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD);
        }
        return keys;
    }

    private static KeyStore make(Path store, Path pem) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair authorityKeys = generator.generateKeyPair();
        KeyPair serverKeys = generator.generateKeyPair();
        X509Certificate authority = CertificateMaker.authority(AUTHORITY, authorityKeys);
        X509Certificate server = CertificateMaker.server(
                "outlook.office365.com", HOSTS, serverKeys.getPublic(), AUTHORITY, authorityKeys);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", serverKeys.getPrivate(), STORE_PASSWORD, new Certificate[] {server, authority});
        keys.setCertificateEntry("ca", authority);
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, STORE_PASSWORD);
        }
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(authority.getEncoded());
        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n", US_ASCII);
        return keys;
    }

    private static SSLContext serverContext(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static SSLContext clientContext(KeyStore keys) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
