package org.postroom.simulator.imap;

/** A command answered with {@code NO} or {@code BAD}; the message is the whole answer but for the tag. */
final class ImapRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    ImapRefusal(String answer) {
        super(answer);
    }

    String answer() {
        return String.valueOf(getMessage());
    }

    static ImapRefusal badArguments() {
        return new ImapRefusal("BAD Command Argument Error. 12");
    }

    static ImapRefusal noFolder(String name) {
        return new ImapRefusal("NO " + name.replaceAll("[\\p{Cntrl}]", "?") + " doesn't exist.");
    }
}
