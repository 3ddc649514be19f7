package org.postroom.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Users, grants and senders as files that the running servers read at every login. Safe across threads. */
final class Accounts {

    private final RigFolder folder;
    private final Path users;
    private final Path grants;
    private final Map<String, Set<String>> ownersBySender = new TreeMap<>();

    Accounts(RigFolder folder) throws IOException {
        this.folder = folder;
        this.users = Files.createDirectories(folder.path("dovecot/dict/users"));
        this.grants = Files.createDirectories(folder.path("dovecot/dict/grants"));
        writeMaps();
    }

    synchronized void add(String address, String password) throws IOException {
        String user = lower(address);
        String json = TokenIssuer.json(
                Map.of("password", "{PLAIN}" + password, "home", home(user).toString()));
        replace(users.resolve(user), json);
        ownersBySender.computeIfAbsent(user, any -> new TreeSet<>()).add(user);
        writeMaps();
    }

    synchronized void grantFullAccess(String owner, String mailbox) throws IOException {
        replace(grant(owner, mailbox), "{\"nopassword\":\"y\"}");
    }

    synchronized void revokeFullAccess(String owner, String mailbox) throws IOException {
        Files.deleteIfExists(grant(owner, mailbox));
    }

    synchronized void grantSendAs(String owner, String sender) throws IOException {
        ownersBySender.computeIfAbsent(lower(sender), any -> new TreeSet<>()).add(lower(owner));
        writeMaps();
    }

    synchronized void revokeSendAs(String owner, String sender) throws IOException {
        ownersBySender.getOrDefault(lower(sender), Set.of()).remove(lower(owner));
        writeMaps();
    }

    /** Where Dovecot keeps the mail of a user. */
    Path home(String address) {
        String[] parts = lower(address).split("@", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("Not an address with a domain: " + address);
        }
        return folder.path("mail").resolve(parts[1]).resolve(parts[0]);
    }

    private Path grant(String owner, String mailbox) {
        return grants.resolve(lower(owner) + "|" + lower(mailbox));
    }

    private void writeMaps() throws IOException {
        replace(
                folder.path("postfix/users"),
                ownersBySender.keySet().stream().map(user -> user + " exists\n").collect(Collectors.joining()));
        replace(
                folder.path("postfix/senders"),
                ownersBySender.entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> entry.getKey() + " " + String.join(",", entry.getValue()) + "\n")
                        .collect(Collectors.joining()));
    }

    /** A reader sees the old content or the new, never a part. */
    private static void replace(Path file, String content) throws IOException {
        Path next = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
