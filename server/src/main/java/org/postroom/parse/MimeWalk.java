package org.postroom.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One pass over a message's parts, in order, within the limits. For one message and one thread. */
final class MimeWalk {
    /** How far into a multipart its delimiter is looked for before another is taken, in bytes. */
    private static final int LOOK_FOR_BOUNDARY = 16 << 10;

    /** What is told on the way. */
    interface Visitor {
        /** The header of the message itself. */
        void message(Headers headers);

        void startMultipart(PartType type);

        void endMultipart();

        /** @param content decoded from its transfer encoding, to be read before this returns */
        void leaf(Part part, InputStream content) throws IOException;

        /** Text before the first part of a multipart, worth showing only if there is no part. */
        void preamble(InputStream content) throws IOException;

        /** Nothing more is wanted. */
        boolean done();
    }

    private final ParseLimits limits;
    private final Problems problems;
    private final Visitor visitor;
    private final Unsealing unsealing;
    private int depth;
    private int parts;
    private boolean stopped;

    MimeWalk(ParseLimits limits, Problems problems, Visitor visitor, Unsealing unsealing) {
        this.limits = limits;
        this.problems = problems;
        this.visitor = visitor;
        this.unsealing = unsealing;
    }

    void run(InputStream in, Buffers buffers) throws IOException {
        PartSource source = new PartSource(in, buffers);
        Marks.pass(source, problems);
        entity(source, new HeaderReader(source, limits, problems), false, true);
        unsealing.flush(this);
    }

    /** Walks what was inside a protected part: its header and its body. */
    void entity(InputStream in) throws IOException {
        PartSource source = new PartSource(in, new Buffers());
        depth++;
        entity(source, new HeaderReader(source, limits, problems), false, true);
        unsealing.flush(this);
        depth--;
    }

    /** Walks parts between boundaries. */
    void within(InputStream in, String boundary) throws IOException {
        PartSource source = new PartSource(in, new Buffers());
        PartType mixed = new PartType(HeaderValue.parse("multipart/mixed"), "");
        open(source, new HeaderReader(source, limits, problems), mixed, boundary, null);
    }

    /** Shows a part without asking whether it is protected. */
    void show(Part part, InputStream content) throws IOException {
        visitor.leaf(part, content);
    }

    private void entity(PartSource source, HeaderReader reader, boolean digest, boolean root) throws IOException {
        Headers headers = reader.read(root);
        source.startContent();
        if (root) {
            if (unsealing.header(headers)) {
                visitor.message(headers);
            }
            if (visitor.done()) {
                return;
            }
        }
        if (++parts > limits.maxParts()) {
            problems.add("more than " + limits.maxParts() + " parts: the rest was left out");
            stopped = true;
            return;
        }
        PartType type = PartType.of(headers, digest);
        if (type.isMultipart() && depth < limits.maxDepth()) {
            if (unsealing.opens() && Recognised.isSigned(type) && type.boundary() != null) {
                visitor.startMultipart(type);
                unsealing.signed(this, type, source.content());
                visitor.endMultipart();
                return;
            }
            multipart(source, reader, headers, type);
            return;
        }
        if (type.isMultipart()) {
            problems.add("parts nested deeper than " + limits.maxDepth() + ": not opened");
        } else if (root && !headers.has("content-type")) {
            String boundary = Boundaries.undeclared(source.peek(LOOK_FOR_BOUNDARY));
            if (boundary != null) {
                problems.add("header without content type: read as multipart");
                open(source, reader, new PartType(HeaderValue.parse("multipart/mixed"), ""), null, boundary);
                return;
            }
        }
        Part part = Part.of(headers, type);
        InputStream content =
                Transfer.decoded(source, type.encoding(), type.type().value(), problems);
        if (!unsealing.leaf(this, part, content)) {
            visitor.leaf(part, content);
        }
    }

    private void multipart(PartSource source, HeaderReader reader, Headers headers, PartType type) throws IOException {
        String declared = type.boundary();
        int end = source.ahead(LOOK_FOR_BOUNDARY);
        String taken = declared != null && Boundaries.contains(source.window(), source.at(), end, declared)
                ? null
                : Boundaries.guessed(source.peek(LOOK_FOR_BOUNDARY), declared != null);
        if (declared == null && taken == null) {
            problems.add(type.type().value() + " without boundary: read as text");
            PartType text = new PartType(HeaderValue.parse("text/plain"), type.encoding());
            visitor.leaf(Part.of(headers, text), Transfer.decoded(source, type.encoding(), "text/plain", problems));
            return;
        }
        if (taken != null) {
            problems.add(type.type().value() + (declared == null ? " without" : " with another") + " boundary: "
                    + Problems.quote(taken) + " taken");
        }
        open(source, reader, type, declared, taken);
    }

    /** @param taken a boundary in the place of the declared one, null if that is right */
    private void open(
            PartSource source, HeaderReader reader, PartType type, @Nullable String declared, @Nullable String taken)
            throws IOException {
        int level = depth++;
        if (declared != null) {
            source.delimiters().open(declared.getBytes(StandardCharsets.UTF_8), level);
        }
        if (taken != null) {
            source.delimiters().open(taken.getBytes(StandardCharsets.ISO_8859_1), level);
        }
        source.startContent();
        unsealing.multipart(type);
        visitor.startMultipart(type);
        visitor.preamble(source.content());
        source.skipContent();
        boolean digest = type.type().value().equals("multipart/digest");
        while (!stopped && !visitor.done() && source.delimiter() == level) {
            boolean last = source.passDelimiter();
            if (!last) {
                entity(source, reader, digest, false);
            } else if (source.delimiters().isShared(level)) {
                break; // what follows is a part of the other
            }
            if (!stopped && !visitor.done()) {
                source.skipContent();
            }
        }
        source.delimiters().close(level);
        depth--;
        visitor.endMultipart();
    }
}
