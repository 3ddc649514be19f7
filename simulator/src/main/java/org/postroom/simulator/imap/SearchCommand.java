package org.postroom.simulator.imap;

import java.io.IOException;
import java.util.Locale;

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4). */
final class SearchCommand {
    private SearchCommand() {}

    static String search(ImapSession session, Arguments arguments) throws ImapRefusal, IOException {
        return run(session, arguments, false);
    }

    static String run(ImapSession session, Arguments arguments, boolean byUid) throws ImapRefusal, IOException {
        arguments.space();
        Selected selected = session.selected();
        SearchKeys keys = new SearchKeys(arguments, selected.count(), selected.largestUid());
        SearchKeys.Key key = keys.all(true);
        arguments.end();
        StringBuilder found = new StringBuilder("* SEARCH");
        for (Selected.Numbered one : selected.all()) {
            if (key.fits(one)) {
                found.append(' ').append(byUid ? one.message().uid() : one.number());
            }
        }
        session.out().line(found.toString());
        return "OK SEARCH completed.";
    }

    static ImapRefusal badCharset(String name) {
        return new ImapRefusal("NO [BADCHARSET (US-ASCII UTF-8)] The specified charset is not supported: "
                + name.toUpperCase(Locale.ROOT));
    }
}
