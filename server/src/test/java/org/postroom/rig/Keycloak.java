package org.postroom.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A Keycloak of one's own on loopback with the realm of {@code rig/keycloak/realm.json}: two users, an application for
 * each way of proving itself, rotating refresh tokens. One thread at a time.
 */
public final class Keycloak implements AutoCloseable {

    /** The password of the users {@code svc@contoso.test} and {@code ann@contoso.test}. */
    public static final String USER_PASSWORD = "key-cl0ak!";

    /** The secret of the client {@code postroom-secret}. */
    public static final String CLIENT_SECRET = "a secret+with/signs&more%";

    private static final String DOVECOT_SECRET = "of-dovecot";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";

    private final KeycloakDistribution distribution;
    private final Path data;
    private final int port;
    private String clientPem = "";
    private Optional<ServerProcess> process = Optional.empty();

    private Keycloak(KeycloakDistribution distribution, Path data, int port) {
        this.distribution = distribution;
        this.data = data;
        this.port = port;
    }

    /**
     * Starts it without a realm; blocks until it answers: ten seconds, and a minute more the first time.
     *
     * @param data a folder for its database and its log
     * @throws IllegalStateException if Maven has not unpacked it
     */
    public static Keycloak start(Path data) {
        try {
            KeycloakDistribution distribution = KeycloakDistribution.ready();
            distribution.layDatabase(Files.createDirectories(data));
            Keycloak keycloak = new Keycloak(distribution, data, RigPorts.one());
            keycloak.start();
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the realm.
     *
     * @param redirectUri where Postroom waits for the browser
     */
    public KeycloakAdmin createRealm(String redirectUri) {
        try {
            String pem = Certificates.ofApplication(data);
            String certificate = pem.substring(pem.indexOf(BEGIN) + BEGIN.length(), pem.indexOf("-----END CERT"));
            Path templates = RigFolder.templates().resolve("keycloak");
            String json = Files.readString(templates.resolve("realm.json"))
                    .replace("@AUDIENCE@", Files.readString(templates.resolve("audience.json")))
                    .replace("@PASSWORD@", USER_PASSWORD)
                    .replace("@DOVECOT_SECRET@", DOVECOT_SECRET)
                    .replace("@SECRET@", CLIENT_SECRET)
                    .replace("@REDIRECT@", redirectUri)
                    .replace("@CERTIFICATE@", certificate.replaceAll("\\s", ""));
            clientPem = pem;
            KeycloakAdmin admin = new KeycloakAdmin(URI.create("http://127.0.0.1:" + port));
            admin.createRealm(json);
            return admin;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The key and the certificate of the client {@code postroom-certificate}, once there is a realm. */
    public String clientPem() {
        return clientPem;
    }

    /** The realm's issuer, an address under which it describes itself. */
    public String issuer() {
        return "http://127.0.0.1:" + port + "/realms/mail";
    }

    /** How Dovecot asks it for what a token is worth. */
    public RigOptions.Introspection introspection() {
        return new RigOptions.Introspection(
                URI.create(issuer() + "/protocol/openid-connect/token/introspect"), "dovecot", DOVECOT_SECRET);
    }

    /** Starts it again on the same port with the same database; blocks until it answers. */
    public void start() {
        try {
            process = Optional.of(KeycloakProcess.start(distribution, data, log(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it; nobody listens on its port then. */
    public void stop() {
        process.ifPresent(ServerProcess::stop);
        process = Optional.empty();
    }

    public Path log() {
        return data.resolve("keycloak.log");
    }

    @Override
    public void close() {
        stop();
    }
}
