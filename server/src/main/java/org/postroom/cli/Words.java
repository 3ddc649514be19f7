package org.postroom.cli;

import org.postroom.mailbox.MailboxException;
import org.postroom.store.StoreException;
import org.postroom.wire.WireException;

/** What an exception says to whoever typed a command: the words that were meant for people, if there are any. */
final class Words {
    private Words() {}

    static String of(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof StoreException || t instanceof MailboxException || t instanceof WireException) {
                return String.valueOf(t.getMessage());
            }
            String name = t.getClass().getSimpleName();
            if (name.equals("PortInUseException")) {
                return t.getMessage() + "; choose another with --port";
            }
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            boolean last = t.getCause() == null;
            if (t instanceof IllegalArgumentException || t instanceof IllegalStateException || last) {
                String message = t.getMessage();
                return message == null
                        ? t.getClass().getSimpleName()
                        : message.lines().findFirst().orElse(message);
            }
        }
        return "it failed";
    }
}
