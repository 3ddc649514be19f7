package org.postroom.rig;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Keycloak as Maven unpacked it into {@code server/target/keycloak}. It is made ready once: its classes are put together
 * for our database, and an empty database is laid down that each server starts from; both last until {@code target} is
 * removed.
 */
record KeycloakDistribution(Path home) {

    /** The administrator in the database that every server starts with. */
    static final String ADMINISTRATOR = "rig";

    static final String PASSWORD = "rig-administrator";

    private static final String DATABASE = "kc.mv.db";
    private static final List<String> BUILD =
            List.of("build", "--db=dev-file", "--features-disabled=account,admin,impersonation,kerberos,organization");

    /** The distribution, ready to run; the first call takes a minute. */
    static KeycloakDistribution ready() throws IOException {
        KeycloakDistribution distribution = new KeycloakDistribution(unpacked());
        Path lock = distribution.home.resolve("rig.lock");
        // Test processes run side by side.
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (held.isValid() && !Files.exists(distribution.emptyDatabase())) {
                distribution.prepare();
            }
        }
        return distribution;
    }

    private static Path unpacked() throws IOException {
        Path target = RigFolder.templates().resolveSibling("server/target/keycloak");
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> versions = Files.newDirectoryStream(target, "keycloak-*")) {
                for (Path home : versions) {
                    return home.toRealPath();
                }
            }
        }
        throw new IllegalStateException(
                "No Keycloak in %s: run ./mvnw -pl server process-test-resources".formatted(target));
    }

    private void prepare() throws IOException {
        Path log = home.resolve("rig.log");
        Path made = home.resolve("rig-new");
        Files.createDirectories(made);
        Files.deleteIfExists(made.resolve(DATABASE));
        KeycloakProcess.run(this, log, BUILD);
        KeycloakProcess.start(this, made, log, RigPorts.one()).stop();
        Files.createDirectories(emptyDatabase().getParent());
        Files.move(made.resolve(DATABASE), emptyDatabase(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path emptyDatabase() {
        return home.resolve("rig").resolve(DATABASE);
    }

    /** Puts an empty database into {@code folder} unless there is one. */
    void layDatabase(Path folder) throws IOException {
        Path database = folder.resolve(DATABASE);
        if (!Files.exists(database)) {
            Files.copy(emptyDatabase(), database);
        }
    }

    /** What its script has to know. A small heap and the quick compiler: it lives for a minute. */
    Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS",
                "-Xms64m -Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                PASSWORD);
    }

    String script() {
        return home.resolve("bin/kc.sh").toString();
    }
}
