package org.postroom.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recipients a bounce names in its explanation, each with the lines about it. */
final class BounceBlocks {
    private static final int MAX = 200;
    private static final int LINES_ABOUT = 8;

    /** Characters of the next line that may belong to an address before them. */
    private static final int HELP = 12;

    private static final List<String> HELP_WORDS = List.of(
            "please contact",
            "send mail to",
            "ご連絡",
            "お問い合わせ",
            "お問合せ",
            "문의",
            "请联系",
            "請聯絡",
            "wenden sie sich",
            "kontaktieren",
            "veuillez contacter",
            "contatti",
            "contattare",
            "póngase en contacto",
            "entre em contato",
            "neem contact",
            "обратитесь",
            "свяжитесь");
    private static final String LETTER = "A-Za-z0-9\\u00C0-\\u04FF";
    private static final String MAIL = "[" + LETTER + "!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:(?:[" + LETTER + "](?:[" + LETTER
            + "-]{0,62})\\.){1,8}[" + LETTER + "-]{2,24}|\\[\\d{1,3}(?:\\.\\d{1,3}){3}\\])";
    private static final Pattern ADDRESS = Pattern.compile(MAIL);

    /** A forwarding server names the address before its own change. */
    private static final List<String> PASSED_ON =
            List.of("expanded", "generated", "forwarded", "redirected", "aliased", "weitergeleitet", "transféré");

    private static final Pattern ORIGIN =
            Pattern.compile("(?i)(?:" + String.join("|", PASSED_ON) + ") (?:from|von|de):?\\s{0,3}<?(" + MAIL + ")");

    /** How that begins, looked for first: it costs less. */
    private static final Phrases ORIGIN_WORDS = Phrases.of("[origin]\n" + String.join(";", PASSED_ON));

    private static final Pattern REPLY =
            Pattern.compile("\\s{0,8}[45]\\d\\d (?:[45]\\.\\d\\.\\d{1,3} )?<[^<>\\s]{3,320}>\\.\\.\\. ");

    private static final Set<String> LEAD_INS = Words.set("""
            to rcpt recipient recipients for user address final-recipient mailbox addressee destination an empfänger à
            destinataire para destinatario a per smtp host failed recipient(s) address(es) addressed unknown size für
            naar til till do adresu адресу получателю 宛先 收件人 rfc822 addresses account users email
            """);

    /** @param about the lines that concern this address */
    record Block(String address, String about) {}

    /** How clearly a line names a failed recipient. */
    private enum Clarity {
        BEGINS_LINE,
        /** Behind a reply code, before three dots: as Sendmail writes what it was told. */
        REPLIED,
        LED_IN,
        MENTIONED
    }

    private record Mention(String address, int line, Clarity clarity) {}

    private final List<String> lines;
    private final List<Mention> mentions = new ArrayList<>();

    private BounceBlocks(List<String> lines) {
        this.lines = lines;
    }

    /**
     * @param own addresses that belong to the report itself, in lower case
     * @param domain of the server, for recipients named without one
     */
    static BounceBlocks read(String explanation, Set<String> own, String domain) {
        BounceBlocks blocks = new BounceBlocks(explanation.lines().limit(500).toList());
        for (int i = 0; i < blocks.lines.size() && blocks.mentions.size() < MAX; i++) {
            blocks.line(i, own);
        }
        if (blocks.mentions.isEmpty() && !domain.isEmpty()) {
            blocks.bareNames(domain);
        }
        return blocks;
    }

    private void line(int number, Set<String> own) {
        String line = lines.get(number);
        if (line.indexOf('@') < 0 || isSenderLine(line) || isHelp(line, number)) {
            return;
        }
        Matcher matcher = ADDRESS.matcher(line);
        while (mentions.size() < MAX && matcher.find()) {
            String address = trimmed(matcher.group());
            String key = address.toLowerCase(Locale.ROOT);
            boolean robot = key.startsWith("postmaster@") || key.startsWith("mailer-daemon@");
            boolean inUrl = line.lastIndexOf("://", matcher.start()) >= 0
                    && line.indexOf(' ', line.lastIndexOf("://", matcher.start())) < 0;
            if (!own.contains(key) && !robot && !inUrl) {
                String named = ReportAddress.unwrapped(address);
                mentions.add(new Mention(named, number, clarity(line, matcher.start())));
            }
        }
    }

    private static String trimmed(String address) {
        int start = 0;
        while (start < address.length() && "'`*=.".indexOf(address.charAt(start)) >= 0) {
            start++;
        }
        return address.substring(start);
    }

    private static boolean isSenderLine(String line) {
        String lower = line.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("from:")
                || lower.startsWith("sender:")
                || lower.startsWith("message-id")
                || lower.startsWith("reply-to:")
                || lower.contains("mail from:")
                || lower.startsWith("contact ")
                || lower.contains("forward this")
                || (lower.startsWith("(") && ORIGIN.matcher(lower).find());
    }

    /** Where to turn to, in words that stand before the address or behind it. */
    private boolean isHelp(String line, int number) {
        String next = number + 1 < lines.size() ? lines.get(number + 1).strip() : "";
        String words = (line + next.substring(0, Math.min(HELP, next.length()))).toLowerCase(Locale.ROOT);
        return HELP_WORDS.stream().anyMatch(words::contains);
    }

    private static Clarity clarity(String line, int start) {
        if (REPLY.matcher(line).lookingAt()) {
            return Clarity.REPLIED;
        }
        String before = line.substring(0, start).strip();
        while (!before.isEmpty() && "<([\"'>*-:;".indexOf(before.charAt(before.length() - 1)) >= 0) {
            before = before.substring(0, before.length() - 1).strip();
        }
        if (before.isEmpty()) {
            return Clarity.BEGINS_LINE;
        }
        String word = before.substring(before.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT);
        return LEAD_INS.contains(word) ? Clarity.LED_IN : Clarity.MENTIONED;
    }

    /** Whether the text may say which address the message was passed on from. */
    static boolean mayNameOrigin(String explanation) {
        return explanation.indexOf('@') >= 0
                && ORIGIN_WORDS.found(Phrases.normal(explanation)) != 0
                && ORIGIN.matcher(explanation).find();
    }

    /** The address the sender wrote to, where the one that failed stands for it; else the same. */
    String origin(String failed) {
        for (Mention mention : mentions) {
            if (mention.address.equalsIgnoreCase(failed)) {
                Matcher matcher = ORIGIN.matcher(about(mention));
                if (matcher.find()) {
                    return trimmed(matcher.group(1));
                }
            }
        }
        return failed;
    }

    /** {@code … the following recipients …:} and then names without a domain. */
    private void bareNames(String domain) {
        boolean listing = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String text = line.strip();
            if (listing && !text.isEmpty()) {
                if (text.matches("[A-Za-z0-9._-]{2,64}")) {
                    mentions.add(new Mention(text + "@" + domain, i, Clarity.BEGINS_LINE));
                } else {
                    listing = false;
                }
            }
            String lower = text.toLowerCase(Locale.ROOT);
            listing |= lower.endsWith(":") && (lower.contains("recipient") || lower.contains("address"));
        }
    }

    /** The recipients named most clearly, each once, under the address that was written to. */
    List<Block> found() {
        Clarity best =
                mentions.stream().map(Mention::clarity).min(Clarity::compareTo).orElse(Clarity.MENTIONED);
        List<Block> found = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Mention mention : mentions) {
            if (mention.clarity == best && seen.add(mention.address.toLowerCase(Locale.ROOT))) {
                String address = origin(mention.address);
                if (found.stream().noneMatch(b -> b.address.equalsIgnoreCase(address))) {
                    found.add(new Block(address, about(mention)));
                }
            }
        }
        return found;
    }

    boolean isEmpty() {
        return mentions.isEmpty();
    }

    /** Whether a line names a recipient as such, not only in passing. */
    boolean isPlain() {
        return mentions.stream().anyMatch(m -> m.clarity != Clarity.MENTIONED);
    }

    /** Whether the recipients stand at the beginning of lines, as in a list of failures. */
    boolean isListing() {
        return mentions.stream().anyMatch(m -> m.clarity.compareTo(Clarity.REPLIED) <= 0);
    }

    /** The lines about an address, or all of the explanation. */
    String about(String address, String explanation) {
        for (Mention mention : mentions) {
            if (mention.address.equalsIgnoreCase(address)) {
                return about(mention);
            }
        }
        return explanation;
    }

    /** From the line that names it to the next paragraph but one, or the next address. */
    private String about(Mention mention) {
        StringBuilder about = new StringBuilder(lines.get(mention.line));
        int gaps = 0;
        for (int k = mention.line + 1; k < lines.size() && k <= mention.line + LINES_ABOUT; k++) {
            String line = lines.get(k);
            int at = k;
            if (mentions.stream()
                    .anyMatch(m -> m.line == at
                            && m.clarity == Clarity.BEGINS_LINE
                            && !m.address.equalsIgnoreCase(mention.address))) {
                break;
            }
            if (line.isBlank() && ++gaps > 1) {
                break;
            }
            about.append('\n').append(line);
        }
        return about.toString();
    }
}
