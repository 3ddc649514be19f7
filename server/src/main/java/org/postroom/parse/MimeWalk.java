package org.postroom.parse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/** One pass over a message's parts, in order, within the limits. For one message and one thread. */
final class MimeWalk {
    private static final MimeConfig CONFIG = MimeConfig.custom()
            .setMaxLineLen(8 << 20)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxContentLen(-1)
            .setCountLineNumbers(false)
            .build();
    private static final int LOOK_FOR_BOUNDARY = 4096;
    private static final Set<String> KINDS = Words.set("""
            multipart/mixed multipart/alternative multipart/related multipart/report multipart/digest multipart/signed
            """);

    /** RFC 2046 section 5.1.1, with something that is no dash. */
    private static final Pattern BOUNDARY = Pattern.compile("--(?=-*[^-])[A-Za-z0-9'+_,./:=?-]+");

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

    void run(InputStream in) throws IOException {
        LenientFields fields = new LenientFields(limits, problems);
        MimeTokenStream tokens =
                new MimeTokenStream(CONFIG, null, fields, new PartType.Builder(false, unsealing.opens()));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(in);
        walk(tokens, fields, true);
        unsealing.flush(this);
    }

    /** Walks what was inside a protected part: its header and its body. */
    void entity(InputStream in) throws IOException {
        LenientFields fields = new LenientFields(limits, problems);
        MimeTokenStream tokens =
                new MimeTokenStream(CONFIG, null, fields, new PartType.Builder(false, unsealing.opens()));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(in);
        depth++;
        walk(tokens, fields, true);
        unsealing.flush(this);
        depth--;
    }

    /** Walks parts between boundaries. */
    void within(InputStream in, String boundary) throws IOException {
        LenientFields fields = new LenientFields(limits, problems);
        MimeTokenStream tokens =
                new MimeTokenStream(CONFIG, null, fields, new PartType.Builder(false, unsealing.opens()));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        String quoted = boundary.replace("\\", "\\\\").replace("\"", "\\\"");
        tokens.parseHeadless(in, "multipart/mixed; boundary=\"" + quoted + "\"");
        walk(tokens, fields, false);
    }

    /** Shows a part without asking whether it is protected. */
    void show(Part part, InputStream content) throws IOException {
        visitor.leaf(part, content);
    }

    private void walk(MimeTokenStream tokens, LenientFields fields, boolean root) throws IOException {
        int opened = 0;
        Headers headers = new Headers();
        byte[] skipped = new byte[0];
        boolean first = root;
        try {
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && !stopped && !visitor.done();
                    state = tokens.next()) {
                switch (state) {
                    case T_START_HEADER -> {
                        headers = new Headers();
                        fields.takeSkipped();
                    }
                    case T_FIELD -> field(tokens, headers);
                    case T_END_HEADER -> {
                        skipped = fields.takeSkipped();
                        if (first) {
                            begun(headers);
                            first = false;
                        }
                    }
                    case T_START_MULTIPART -> {
                        opened++;
                        start(tokens);
                    }
                    case T_PREAMBLE -> visitor.preamble(tokens.getInputStream());
                    case T_END_MULTIPART -> {
                        opened--;
                        end(tokens);
                    }
                    case T_BODY -> body(tokens, headers, skipped);
                    case T_START_MESSAGE,
                            T_END_MESSAGE,
                            T_START_BODYPART,
                            T_END_BODYPART,
                            T_EPILOGUE,
                            T_RAW_ENTITY,
                            T_END_OF_STREAM -> {}
                }
            }
        } catch (MimeException | RuntimeException e) {
            problems.add("structure not readable to its end: " + Problems.quote(String.valueOf(e.getMessage())));
            if (first) {
                begun(headers);
            }
        }
        while (opened-- > 0) {
            depth--;
            visitor.endMultipart();
        }
    }

    private void begun(Headers headers) {
        if (unsealing.header(headers)) {
            visitor.message(headers);
        }
    }

    private void field(MimeTokenStream tokens, Headers headers) {
        if (headers.size() >= limits.maxHeaders()) {
            problems.add("more than " + limits.maxHeaders() + " header fields: the rest was left out");
            return;
        }
        String body = tokens.getField().getBody();
        headers.add(tokens.getField().getName(), body == null ? "" : body);
    }

    private void start(MimeTokenStream tokens) {
        depth++;
        PartType type = (PartType) tokens.getBodyDescriptor();
        unsealing.multipart(type);
        visitor.startMultipart(type);
        if (depth >= limits.maxDepth()) {
            tokens.setRecursionMode(RecursionMode.M_FLAT);
        }
    }

    private void end(MimeTokenStream tokens) {
        depth--;
        visitor.endMultipart();
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
    }

    private void body(MimeTokenStream tokens, Headers headers, byte[] skipped) throws IOException {
        if (++parts > limits.maxParts()) {
            problems.add("more than " + limits.maxParts() + " parts: the rest was left out");
            stopped = true;
            return;
        }
        PartType type = (PartType) tokens.getBodyDescriptor();
        InputStream raw = tokens.getInputStream();
        if (type.isWhole() && depth < limits.maxDepth()) {
            visitor.startMultipart(type);
            unsealing.signed(this, type, raw);
            visitor.endMultipart();
            return;
        }
        if (type.isMultipart() && depth < limits.maxDepth()) {
            unbounded(type, headers, raw);
            return;
        }
        if (type.isMultipart()) {
            problems.add("parts nested deeper than " + limits.maxDepth() + ": not opened");
        }
        if (skipped.length > 0 && type.encoding().length() < 5) {
            raw = new SequenceInputStream(new ByteArrayInputStream(skipped), raw);
            problems.add("no blank line between header and body");
        }
        Part part = Part.of(headers, type, skipped);
        InputStream content = Transfer.decoded(raw, type.encoding());
        if (!unsealing.leaf(this, part, content)) {
            visitor.leaf(part, content);
        }
    }

    /** A multipart that names no boundary: the first line that looks like one is taken. */
    private void unbounded(PartType type, Headers headers, InputStream raw) throws IOException {
        byte[] start = raw.readNBytes(LOOK_FOR_BOUNDARY);
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), raw);
        String boundary = boundaryIn(new String(start, StandardCharsets.ISO_8859_1));
        if (boundary == null) {
            problems.add(type.type().value() + " without boundary: read as text");
            PartType text = new PartType(HeaderValue.parse("text/plain"), type.encoding());
            visitor.leaf(Part.of(headers, text, new byte[0]), whole);
            return;
        }
        problems.add(type.type().value() + " without boundary: " + Problems.quote(boundary) + " taken");
        LenientFields fields = new LenientFields(limits, problems);
        MimeTokenStream tokens =
                new MimeTokenStream(CONFIG, null, fields, new PartType.Builder(false, unsealing.opens()));
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        String kind = KINDS.contains(type.type().value()) ? type.type().value() : "multipart/mixed";
        tokens.parseHeadless(whole, kind + "; boundary=\"" + boundary + "\"");
        walk(tokens, fields, false);
    }

    private static @Nullable String boundaryIn(String text) {
        for (String line : text.split("\r?\n")) {
            String stripped = line.stripTrailing();
            if (stripped.length() > 4
                    && stripped.length() < 200
                    && BOUNDARY.matcher(stripped).matches()) {
                return stripped.substring(2);
            }
        }
        return null;
    }
}
