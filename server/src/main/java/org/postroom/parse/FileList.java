package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Attachment;

/** The attachments of one message as they are found: numbered, digested, no two of one name. For one thread. */
final class FileList {
    /** Where the content of an attachment goes, if anywhere. */
    interface Target {
        @Nullable
        OutputStream open(int number);
    }

    /** What is known of a file beside its content. */
    record Label(
            @Nullable String name, String type, @Nullable String contentId, boolean inline) {}

    /** How long a file is and its digest. */
    record Content(long size, String sha256) {}

    private final Target target;
    private final int most;
    private final Problems problems;
    private final List<Attachment> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean written;

    FileList(Target target, int most, Problems problems) {
        this.target = target;
        this.most = most;
        this.problems = problems;
    }

    /** Reads the content of the next file, before its label is known. */
    Content read(InputStream content, byte[] buffer, @Nullable OutputStream copy) throws IOException {
        OutputStream to = target.open(files.size());
        MessageDigest digest = Digests.sha256();
        long size = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            digest.update(buffer, 0, n);
            size += n;
            if (copy != null) {
                copy.write(buffer, 0, n);
            }
            if (to != null) {
                to.write(buffer, 0, n);
            }
        }
        written |= to != null;
        return new Content(size, Digests.hex(digest));
    }

    /** Adds the file whose content was read last. */
    void add(Label label, Content content) {
        String safe = apart(FileNames.safe(label.name, label.type, files.size() + 1));
        files.add(new Attachment(safe, label.type, content.size, content.sha256, label.contentId, label.inline));
    }

    /** Adds a file that was in another. */
    void add(Label label, byte[] bytes, int from, int to) throws IOException {
        if (files.size() >= most) {
            problems.add("more than " + most + " attachments: the rest was left out");
            return;
        }
        OutputStream out = target.open(files.size());
        if (out != null) {
            out.write(bytes, from, to - from);
            written = true;
        }
        MessageDigest digest = Digests.sha256();
        digest.update(bytes, from, to - from);
        add(label, new Content(to - from, Digests.hex(digest)));
    }

    private String apart(String name) {
        String found = name;
        int dot = name.lastIndexOf('.');
        for (int k = 2; !names.add(found.toLowerCase(Locale.ROOT)); k++) {
            String number = " (" + k + ")";
            found = dot > 0
                    ? FileNames.shortened(name.substring(0, dot), number + name.substring(dot))
                    : FileNames.shortened(name, number);
        }
        return found;
    }

    /** Whether an attachment has gone to its target. */
    boolean written() {
        return written;
    }

    List<Attachment> files() {
        return files;
    }
}
