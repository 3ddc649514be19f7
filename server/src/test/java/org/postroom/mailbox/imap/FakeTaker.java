package org.postroom.mailbox.imap;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postroom.mailbox.Mailbox;

/** Keeps what it was given, by source id. */
final class FakeTaker implements Mailbox.MessageTaker<String> {
    final Map<String, String> messages = new LinkedHashMap<>();
    final Map<String, String> threads = new LinkedHashMap<>();
    final Map<String, String> unavailable = new LinkedHashMap<>();
    long largest = 1000;

    @Override
    public long largest() {
        return largest;
    }

    @Override
    public String take(InputStream raw) throws IOException {
        return new String(raw.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void message(Mailbox.SourceMessage source, String taken) {
        messages.put(source.sourceId(), taken);
        if (source.thread() != null) {
            threads.put(source.sourceId(), source.thread());
        }
    }

    @Override
    public void unavailable(Mailbox.SourceMessage source, String why) {
        unavailable.put(source.sourceId(), why);
    }
}
