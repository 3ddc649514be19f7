package org.postroom.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Protection;
import org.postroom.mail.Protection.Standard;
import org.postroom.parse.Opener.Form;
import org.postroom.parse.Opener.Guarded;
import org.postroom.parse.Opener.Opened;
import org.postroom.parse.Opener.Spool;

/**
 * Signed and encrypted parts on the walk through a message: recognised always, checked and opened where there is an
 * {@link Opener}. What is shown as signed is walked from the very bytes that were checked. For one message and one thread.
 */
final class Unsealing {
    /** Protected parts within each other. */
    private static final int MAX_LEVEL = 8;
    /** Protected parts in one message. */
    private static final int MAX_PARTS = 30;

    private static final int MAX_SIGNATURE = 2 << 20;
    private static final int MAX_VERSION = 64 << 10;

    private final @Nullable Opener opener;
    private final ParseLimits limits;
    private final Problems problems;
    private final long deadline;
    private final Layers layers = new Layers();
    private boolean begun;
    private Headers outer = new Headers();
    private boolean inline;
    private @Nullable Headers inner;
    private @Nullable Part version;
    private byte[] versionContent = new byte[0];
    private int parts;
    private long budget;

    Unsealing(@Nullable Opener opener, ParseLimits limits, Problems problems, long deadline) {
        this.opener = opener;
        this.limits = limits;
        this.problems = problems;
        this.deadline = deadline;
        budget = limits.maxBytes();
    }

    /** Nothing is opened, and nobody asks what was recognised. */
    static Unsealing none(ParseLimits limits, Problems problems) {
        return new Unsealing(null, limits, problems, 0);
    }

    /** The header of the message, or of what was inside a protected part; true if it is the message's. */
    boolean header(Headers headers) {
        if (!begun) {
            begun = true;
            outer = headers;
            return true;
        }
        if (inner == null
                && layers.opened()
                && GuardedHeaders.areMeant(headers, GuardedHeaders.isObscured(outer.text("subject")))) {
            inner = headers;
        }
        return false;
    }

    private List<Address> from() {
        return MessageParser.addresses(outer, "from");
    }

    /** The header that was encrypted with the message in place of one that tells nothing (RFC 9788). */
    @Nullable
    Headers inner() {
        return inner;
    }

    @Nullable
    Protection protection() {
        return layers.all();
    }

    /** Something was shown or kept as a file. */
    void shown(Part part, boolean blank) {
        if (inline) {
            inline = false; // what of it is not protected was told already
        } else if (!blank && !Recognised.isSignature(part) && !part.type().equals("application/pgp-encrypted")) {
            layers.loose();
        }
    }

    /** Whether anything can be opened or checked. */
    boolean opens() {
        return opener != null;
    }

    /** A multipart that is walked as any other. */
    void multipart(PartType type) {
        if (opener == null && Recognised.isSigned(type)) {
            layers.beside(Recognised.signed(Recognised.standard(type)));
        }
    }

    private boolean mayOpen() {
        if (layers.level() >= MAX_LEVEL || parts >= MAX_PARTS) {
            problems.add("more than " + (parts >= MAX_PARTS ? MAX_PARTS : MAX_LEVEL)
                    + (parts >= MAX_PARTS ? " protected parts" : " protected parts within each other")
                    + ": the rest was not opened");
            return false;
        }
        return true;
    }

    /** A multipart/signed: its first part is checked and walked, then what follows it. */
    void signed(MimeWalk walk, PartType type, InputStream raw) throws IOException {
        String boundary = type.boundary();
        if (opener == null || boundary == null) {
            throw new IllegalStateException("only a whole multipart with a boundary, and only if it can be checked");
        }
        if (!mayOpen()) {
            layers.beside(Recognised.signed(Recognised.standard(type)));
            walk.within(raw, boundary);
            return;
        }
        parts++;
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        try (Spool body = kept(opener, raw)) {
            SignedParts place;
            try (InputStream in = body.open()) {
                place = SignedParts.find(in, delimiter);
            }
            if (place == null) {
                layers.beside(Recognised.unsigned(Recognised.standard(type)));
                walk.within(timed(body.open()), boundary);
                return;
            }
            Opener.Content rest = body.slice(place.rest(), body.size());
            SignatureLeaf signature = new SignatureLeaf(MAX_SIGNATURE);
            new MimeWalk(limits, new Problems(), signature, none(limits, problems)).within(rest.open(), boundary);
            Opener.Content content = body.slice(place.from(), place.to());
            Protection found = check(opener, type, content, signature);
            inside(walk, found, content);
            walk.within(timed(rest.open()), boundary);
        }
    }

    private Protection check(Opener by, PartType type, Opener.Content content, SignatureLeaf leaf) throws IOException {
        byte[] signature = leaf.content();
        Standard standard = Recognised.standard(type, leaf.type());
        if (signature.length == 0) {
            return Recognised.unsigned(standard);
        }
        Form form = standard == Standard.SMIME ? Form.SMIME_DETACHED : Form.PGP_DETACHED;
        try (Opened opened = asked(by, new Guarded(form, content, signature, from()), standard)) {
            Protection protection = opened.protection();
            return protection == null ? Recognised.unsigned(standard) : protection;
        }
    }

    /** A part that may be protected, or belong to one that is; false if it is like any other. */
    boolean leaf(MimeWalk walk, Part part, InputStream content) throws IOException {
        if (layers.level() > 0 && GuardedHeaders.isWrapped(part)) {
            walk.entity(timed(content));
            return true;
        }
        if (part.type().equals("application/pgp-encrypted")) {
            return version(walk, part, content);
        }
        Form form = version != null ? Form.PGP : Recognised.form(part);
        if (form == null) {
            return false;
        }
        if (opener == null) {
            Protection recognised = Recognised.closed(part, form);
            if (recognised != null) {
                layers.beside(recognised);
            }
            return false;
        }
        return mayOpen() && open(opener, walk, part, form, content);
    }

    private boolean open(Opener by, MimeWalk walk, Part part, Form form, InputStream content) throws IOException {
        parts++;
        try (Spool closed = kept(by, content);
                Opened opened = asked(by, new Guarded(form, closed, null, from()), standard(form))) {
            Protection protection = opened.protection();
            Spool inside = opened.content();
            if (inside == null) {
                flush(walk);
                if (protection != null) {
                    layers.beside(protection);
                }
                walk.show(part, closed.open());
                return true;
            }
            version = null;
            budget -= inside.size();
            inside(walk, protection, inside);
            return true;
        }
    }

    private void inside(MimeWalk walk, @Nullable Protection protection, Opener.Content content) throws IOException {
        if (protection == null) {
            walk.entity(timed(content.open()));
            return;
        }
        layers.enter(protection);
        try {
            walk.entity(timed(content.open()));
        } finally {
            layers.leave();
        }
    }

    private Opened asked(Opener by, Guarded part, Standard standard) throws IOException {
        try {
            return by.open(part, budget);
        } catch (RuntimeException e) {
            problems.add("a protected part is damaged: " + Problems.quote(String.valueOf(e.getMessage())));
            return new Opened(
                    part.signature() == null ? Recognised.closed(standard) : Recognised.unsigned(standard), null);
        }
    }

    /** The first part of a multipart/encrypted: kept until it is known whether the second opens. */
    private boolean version(MimeWalk walk, Part part, InputStream content) throws IOException {
        if (opener == null) {
            layers.beside(Recognised.closed(Standard.OPENPGP));
            return false;
        }
        flush(walk);
        byte[] start = content.readNBytes(MAX_VERSION);
        if (new String(start, StandardCharsets.ISO_8859_1).contains(InlinePgp.MESSAGE)) {
            InputStream whole = new java.io.SequenceInputStream(new ByteArrayInputStream(start), content);
            if (mayOpen()) {
                return open(opener, walk, part, Form.PGP, whole);
            }
            walk.show(part, whole);
            return true;
        }
        version = part;
        versionContent = start;
        return true;
    }

    /** Shows what was kept back. */
    void flush(MimeWalk walk) throws IOException {
        Part kept = version;
        if (kept != null) {
            version = null;
            walk.show(kept, new ByteArrayInputStream(versionContent));
        }
    }

    /** Text within which OpenPGP may stand, as it was decoded; the same if it does not. */
    String text(byte[] bytes, int length, @Nullable String charset, String text) throws IOException {
        if (!text.contains(InlinePgp.BEGIN)) {
            return text;
        }
        InlinePgp found = InlinePgp.find(bytes, length);
        if (found == null) {
            return text;
        }
        inline = true;
        if (opener == null || !mayOpen()) {
            layers.beside(found.signed() ? Recognised.signed(Standard.OPENPGP) : Recognised.closed(Standard.OPENPGP));
            return found.signed() ? InlinePgp.readable(text) : text;
        }
        parts++;
        Form form = found.signed() ? Form.PGP_CLEARTEXT : Form.PGP;
        byte[] before = java.util.Arrays.copyOfRange(bytes, 0, found.from());
        byte[] after = java.util.Arrays.copyOfRange(bytes, found.to(), length);
        InputStream block = new ByteArrayInputStream(bytes, found.from(), found.to() - found.from());
        try (Spool closed = kept(opener, block);
                Opened opened = asked(opener, new Guarded(form, closed, null, from()), Standard.OPENPGP)) {
            Spool inside = opened.content();
            if (opened.protection() != null) {
                layers.beside(opened.protection());
            }
            if (inside == null) {
                return found.signed() ? InlinePgp.readable(text) : text;
            }
            String opening = Charsets.decode(before, before.length, charset, problems);
            String rest = Charsets.decode(after, after.length, charset, problems);
            if (!opening.isBlank() || !rest.isBlank()) {
                layers.loose();
            }
            return opening + decoded(inside, found.signed() ? charset : null) + rest;
        }
    }

    private String decoded(Spool inside, @Nullable String charset) throws IOException {
        budget -= inside.size();
        try (InputStream in = inside.open()) {
            byte[] bytes = in.readNBytes(limits.maxTextBytes());
            if (in.read() >= 0) {
                problems.add("text longer than " + limits.maxTextBytes() + " bytes: cut");
            }
            return Charsets.decode(bytes, bytes.length, charset, problems);
        }
    }

    private static Standard standard(Form form) {
        return switch (form) {
            case SMIME, SMIME_DETACHED -> Standard.SMIME;
            case PGP, PGP_DETACHED, PGP_CLEARTEXT -> Standard.OPENPGP;
        };
    }

    private static Spool kept(Opener by, InputStream content) throws IOException {
        Spool spool = by.spool();
        try {
            content.transferTo(spool.out());
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private InputStream timed(InputStream in) {
        return new RawInput(in, limits.maxBytes(), deadline, problems);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
