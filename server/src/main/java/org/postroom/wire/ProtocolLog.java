package org.postroom.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines exchanged with a mail server, for a channel with {@code mail.debug}: commands and answers, never a message's
 * text, and secrets masked. From a command that signs in to its end, whatever the client sends is taken for a secret, and
 * a server that repeats it is masked too. Used by one thread.
 */
public final class ProtocolLog {
    private static final Logger log = LoggerFactory.getLogger(ProtocolLog.class);
    private static final String MASK = "***";
    private static final int LONGEST = 1000;

    /** IMAP's LOGIN and AUTHENTICATE behind a tag, SMTP's AUTH, POP3's USER, PASS and APOP. */
    private static final Pattern SIGN_IN = Pattern.compile(
            "(?i)^((?:\\S+ )?(?:LOGIN|AUTHENTICATE \\S+)|AUTH \\S+|USER|PASS|APOP)\\b(.*)$", Pattern.DOTALL);

    private final Consumer<String> lines;
    private final List<String> secrets = new ArrayList<>();
    private boolean signingIn;

    /** Writes to any place. */
    ProtocolLog(Consumer<String> lines) {
        this.lines = lines;
    }

    /** A log into the server's own, or none. */
    public static ProtocolLog of(boolean wanted, String who) {
        return new ProtocolLog(wanted ? line -> log.info("{} {}", who, line) : line -> {});
    }

    /** A line that is sent. */
    public void sent(String line) {
        if (signingIn) {
            remember(line);
            write("> " + MASK);
            return;
        }
        Matcher signIn = SIGN_IN.matcher(line);
        if (signIn.matches()) {
            signingIn = true;
            remember(signIn.group(2));
            write("> " + signIn.group(1) + (signIn.group(2).isBlank() ? "" : " " + MASK));
        } else {
            write("> " + line);
        }
    }

    /**
     * A line that came.
     *
     * @param asksOn whether the server wants more of a sign-in that is going on
     */
    public void came(String line, boolean asksOn) {
        String masked = line;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        write("< " + masked);
        if (signingIn && !asksOn) {
            signingIn = false;
        }
    }

    private void remember(String text) {
        for (String word : text.strip().split("\\s+")) {
            String bare = word.replaceAll("^\"|\"$", "");
            if (bare.length() >= 4) {
                secrets.add(bare);
                secrets.add(bare.toLowerCase(Locale.ROOT));
            }
        }
    }

    private void write(String line) {
        String clean = line.replaceAll("\\p{Cntrl}", "?");
        lines.accept(clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean);
    }
}
