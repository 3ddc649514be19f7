package org.postroom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files that a command was given, folders opened: everything below, sorted by name, folder by folder. */
final class MailPaths {
    private MailPaths() {}

    /** Visits a file, or every file of a folder; symbolic links to folders are not followed. */
    static void visit(Path start, Consumer<Path> file, BiConsumer<Path, IOException> failed) {
        if (!Files.isDirectory(start)) {
            file.accept(start);
            return;
        }
        List<Path> entries;
        try (Stream<Path> listed = Files.list(start)) {
            entries = listed.sorted().toList();
        } catch (IOException e) {
            failed.accept(start, e);
            return;
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                visit(entry, file, failed);
            } else if (!Files.isDirectory(entry)) {
                file.accept(entry);
            }
        }
    }
}
