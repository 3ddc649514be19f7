package org.postroom.parse;

import java.nio.charset.StandardCharsets;
import org.postroom.mail.MessageId;

/** Header fields of every kind: parameters, encoded words, dates, Message-IDs, file names. */
public final class HeaderFuzz {
    private HeaderFuzz() {}

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] raw) {
        String value = new String(raw, StandardCharsets.ISO_8859_1);
        Headers headers = HeaderSection.read(raw);
        for (String name : new String[] {"subject", "from", "date", "content-type"}) {
            headers.text(name);
        }
        HeaderValue parsed = HeaderValue.parse(value);
        parsed.parameters().forEach((name, parameter) -> {
            String file = FileNames.safe(parameter, parsed.value(), 1);
            if (file.isEmpty() || file.indexOf('/') >= 0 || file.indexOf('\\') >= 0 || file.indexOf(0) >= 0) {
                throw new AssertionError("not a safe name: " + file);
            }
        });
        MailDates.parse(value);
        for (MessageId id : MessageId.all(value)) {
            if (id.value().indexOf('\n') >= 0) {
                throw new AssertionError("a Message-ID over two lines");
            }
        }
    }
}
