package org.postroom.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts mail straight into a Maildir, as a delivery agent does but without flushing to disk. One thread at a time. */
final class MaildirWriter {

    private final Path maildir;
    private final UserPrincipal owner;
    private final long started = System.currentTimeMillis();
    /** Over all writers: two of them in one second must not use a name twice. */
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The INBOX of the user with this home; folders that are missing are made and given to {@code owner}. */
    MaildirWriter(Path home, UserPrincipal owner) throws IOException {
        this.maildir = home.resolve("Maildir");
        this.owner = owner;
        for (Path folder : new Path[] {
            home.getParent(), home, maildir, maildir.resolve("cur"), maildir.resolve("new"), maildir.resolve("tmp")
        }) {
            if (!Files.isDirectory(folder)) {
                Files.setOwner(Files.createDirectories(folder), owner);
            }
        }
    }

    void write(byte[] rfc822) throws IOException {
        // S and W are the sizes as stored and with CRLF line ends; the same here, and Dovecot need not count.
        int count = COUNT.getAndIncrement();
        String name = "%d.M%06dP%d.rig,S=%d,W=%d"
                .formatted(started / 1000, count, ProcessHandle.current().pid(), rfc822.length, rfc822.length);
        Path file = Files.write(maildir.resolve("tmp").resolve(started + "." + count), rfc822);
        Files.setOwner(file, owner);
        Files.move(file, maildir.resolve("new").resolve(name));
    }
}
