package org.postroom.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The work folder of one rig: configuration made from the templates in {@code rig/}, mail, queue, logs. */
record RigFolder(Path root) {

    /** Dovecot's sockets lie up to 45 characters below the work folder; the system allows 107. */
    private static final int LONGEST_PATH = 60;

    static RigFolder create(Path work) throws IOException {
        Path root = Files.createDirectories(work).toRealPath();
        if (root.toString().length() > LONGEST_PATH) {
            throw new IllegalArgumentException(
                    "Work folder %s: choose a path of at most %d characters, for socket names"
                            .formatted(root, LONGEST_PATH));
        }
        RigFolder folder = new RigFolder(root);
        folder.openToMailUser();
        for (String name : new String[] {"tls", "dovecot/run", "dovecot/state", "postfix/queue", "postfix/data"}) {
            Files.createDirectories(root.resolve(name));
        }
        return folder;
    }

    /** The server processes run as other users, who must be able to pass through every folder above. */
    private void openToMailUser() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toRealPath();
        for (Path at = root; at != null; at = at.getParent()) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(at));
            if (!permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                continue;
            }
            if (!at.equals(root) && !at.startsWith(temporary)) {
                throw new IllegalArgumentException(
                        "Work folder %s: the mail servers' users may not enter %s; choose one below %s"
                                .formatted(root, at, temporary));
            }
            Files.setPosixFilePermissions(at, permissions);
        }
    }

    /** Writes {@code target} from the template {@code source} of {@code rig/}, each {@code @NAME@} replaced. */
    void fill(String source, String target, Map<String, String> values) throws IOException {
        String text = Files.readString(templates().resolve(source));
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        Path file = path(target);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    /** The repository's {@code rig/}: property {@code postroom.rig}, or found from the current folder upwards. */
    static Path templates() {
        String given = System.getProperty("postroom.rig");
        Path start =
                given == null ? Path.of("").toAbsolutePath() : Path.of(given).toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            for (Path candidate : new Path[] {at, at.resolve("rig")}) {
                if (Files.isRegularFile(candidate.resolve("dovecot/dovecot.conf"))) {
                    return candidate;
                }
            }
        }
        throw new IllegalStateException(
                "No rig/dovecot/dovecot.conf in %s or above; set -Dpostroom.rig".formatted(start));
    }
}
