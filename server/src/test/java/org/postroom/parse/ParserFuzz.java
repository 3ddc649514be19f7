package org.postroom.parse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.postroom.mail.Attachment;
import org.postroom.mail.ParsedMessage;

/** Whole mails: nothing is thrown, and what is listed as a file can be read as a file again. */
public final class ParserFuzz {
    private static final MessageParser PARSER = new MessageParser();

    private ParserFuzz() {}

    /** Called by Jazzer before the first input, whose time is then its own and not that of loading classes. */
    public static void fuzzerInitialize() {
        PARSER.parse("From: ann@example.com\r\n\r\nHello".getBytes(StandardCharsets.US_ASCII));
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] raw) {
        try {
            ParsedMessage message = PARSER.parse(raw);
            List<Attachment> files = message.attachments();
            for (int i = 0; i < files.size() && i < 3; i++) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                Attachment again = PARSER.attachment(new ByteArrayInputStream(raw), i, content)
                        .orElseThrow(() -> new AssertionError("a listed attachment cannot be read"));
                if (content.size() != files.get(i).size()
                        || !again.sha256().equals(files.get(i).sha256())) {
                    throw new AssertionError("attachment " + i + " reads differently the second time");
                }
            }
        } catch (IOException e) {
            throw new AssertionError("an array does not fail", e);
        }
    }
}
