package org.postroom.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How mail programs mark quoted parts and signatures in HTML: Gmail, Outlook (Windows, Mac, web, mobile), Apple Mail,
 * Thunderbird, Yahoo, AOL, GMX and web.de, Mail.ru, Yandex, QQ, NetEase, Proton, Tutanota, Zoho, Zimbra, Front, Spark,
 * Airmail, eM Client, Evolution, Roundcube, Samsung, K-9 and others.
 */
final class HtmlQuotes {
    /** What an element is to the reader of a reply. */
    enum Mark {
        NONE,
        QUOTE,
        SIGNATURE,
        /** All that follows was written before: Outlook puts no element around what it quotes, only something before. */
        REST
    }

    private static final Set<String> QUOTES = Words.set("""
            gmail_quote; gmail_attr; gmail_quote_container; yahoo_quoted; yahooquoted; moz-cite-prefix;
            protonmail_quote; tutanota_quote; zmail_extra; quoted_reply; quotedreply; freshdesk_quote; missive_quote;
            ms-outlook-mobile-reference-message; iloo_org_quote; history_container; airmail_ext_on;
            mailru-blockquote; mail-quote-collapse; reply-intro; bloop_original_html; freebirdoriginalmessage;
            front-blockquote; nylas-quote; superhuman-quote; sh-quoted-content; cite2; qmbox;
            xm_compose_origin_mail_container; xm_mail_oringinal_describe; ntes-mailmaster-quote; isreplycontent;
            __pbconvbody; mailru-quote; mail-app-auto-quote; mail-editor-reference-message-container;
            replymessageblock; orc-full-body-initial-text; origbody; isforwardcontent; aolmail_quote;
            olk_src_body_section; messagereplysection""");
    private static final Set<String> RESTS = Words.set("""
            divrplyfwdmsg; appendonsend; stopspelling; outlookmessageheader; zwchr; __pbconvhr;
            ms-outlook-mobile-body-separator-line; replysplit; lightreplymarker; _____replyseparator;
            zmail_extra_hr""");
    private static final Set<String> SIGNATURES = Words.set("""
            gmail_signature; moz-signature; protonmail_signature_block; bloop_sign; k9mail-signature;
            front-signature; sh-signature; ntes_mail_signature; spneditorsign; ntes-pcmac-signature;
            imail_signature; -x-evo-signature; signature; applemailsignature; ms-outlook-mobile-signature;
            ymail_android_signature; _rc_sig; zmsignature; tutanota-signature; composer_signature; zmail_signature;
            zm-_id_-sgn; zm-_id_-sgn1; messagesignaturesection""");

    /** Names that are too plain to mean anything but on these. */
    private static final Set<String> QUOTED_DIVISIONS = Words.set("quote; quoted-content");

    private static final int LONGEST = 500;
    private static final NameTable NAMES;
    private static final Mark[] MARKS;

    static {
        List<String> names = new ArrayList<>(QUOTES);
        names.addAll(RESTS);
        names.addAll(SIGNATURES);
        NAMES = new NameTable(names);
        MARKS = new Mark[names.size()];
        for (int i = 0; i < MARKS.length; i++) {
            MARKS[i] = i < QUOTES.size() ? Mark.QUOTE : i < QUOTES.size() + RESTS.size() ? Mark.REST : Mark.SIGNATURE;
        }
    }

    private HtmlQuotes() {}

    static Mark of(HtmlElement element, HtmlAttributes attributes) {
        for (int i = 0; i < attributes.count(); i++) {
            HtmlAttribute attribute = attributes.get(i);
            Mark mark = switch (attribute) {
                case CLASS, ID -> ofWords(attributes, attribute);
                case NAME -> ofName(element, attributes);
                case DATA_MARKER -> ofZimbra(attributes.value(attribute));
                case DATA_SIGNATURE_WIDGET -> Mark.SIGNATURE;
                case DATA_SMARTMAIL ->
                    attributes.value(attribute).equals("gmail_signature") ? Mark.SIGNATURE : Mark.NONE;
                case STYLE -> isOutlookHeader(element, attributes) ? Mark.REST : Mark.NONE;
                default -> Mark.NONE;
            };
            if (mark != Mark.NONE) {
                return mark;
            }
        }
        return Mark.NONE;
    }

    /** Whether a {@code blockquote} is a mail quoted, rather than an indented passage. */
    static boolean isCited(HtmlAttributes attributes) {
        return attributes.count() > 0
                && (attributes.value(HtmlAttribute.TYPE).equalsIgnoreCase("cite")
                        || attributes.value(HtmlAttribute.CITE).startsWith("mid:")
                        || attributes.value(HtmlAttribute.CLASS).equalsIgnoreCase("cite")
                        || attributes
                                .value(HtmlAttribute.STYLE)
                                .toLowerCase(Locale.ROOT)
                                .contains("border-left")
                        || of(HtmlElement.BLOCKQUOTE, attributes) == Mark.QUOTE);
    }

    private static Mark ofName(HtmlElement element, HtmlAttributes attributes) {
        boolean quoted = element == HtmlElement.DIV && QUOTED_DIVISIONS.contains(attributes.value(HtmlAttribute.NAME));
        return quoted ? Mark.QUOTE : ofWords(attributes, HtmlAttribute.NAME);
    }

    private static Mark ofZimbra(String marker) {
        return switch (marker) {
            case "__QUOTED_TEXT__" -> Mark.QUOTE;
            case "__DIVIDER__" -> Mark.REST;
            case "__SIG_PRE__", "__SIG_POST__" -> Mark.SIGNATURE;
            default -> Mark.NONE;
        };
    }

    /** Outlook's line above the header of the mail that is answered. */
    private static boolean isOutlookHeader(HtmlElement element, HtmlAttributes attributes) {
        if (element != HtmlElement.DIV) {
            return false;
        }
        String style = attributes.value(HtmlAttribute.STYLE);
        int top = style.regionMatches(true, 0, "border:none", 0, 11) ? style.indexOf("border-top:") : -1;
        return top > 0
                && style.indexOf("padding:3", top) > 0
                && (style.regionMatches(true, top + 11, "solid #E1E1E1 1", 0, 15)
                        || style.regionMatches(true, top + 11, "solid #B5C4DF 1", 0, 15));
    }

    private static Mark ofWords(HtmlAttributes attributes, HtmlAttribute attribute) {
        char[] s = attributes.chars(attribute);
        int i = attributes.from(attribute);
        int end = Math.min(attributes.to(attribute), i + LONGEST);
        while (i < end) {
            while (i < end && HtmlAttributes.isSpace(s[i])) {
                i++;
            }
            int start = i;
            while (i < end && !HtmlAttributes.isSpace(s[i])) {
                i++;
            }
            Mark mark = i > start ? ofWord(s, start, i) : Mark.NONE;
            if (mark != Mark.NONE) {
                return mark;
            }
        }
        return Mark.NONE;
    }

    private static Mark ofWord(char[] s, int start, int end) {
        int from = start;
        for (int next = afterPrefix(s, from, end); next > from; next = afterPrefix(s, from, end)) {
            from = next;
        }
        int known = NAMES.find(s, from, end);
        if (known >= 0) {
            return MARKS[known];
        }
        return startsWith(s, from, end, "yahoo_quoted_") ? Mark.QUOTE : Mark.NONE;
    }

    /** Programs that forward or answer rename what they find: x_, ecx, aolmail_, m_ and a number, ydp and a hash. */
    private static int afterPrefix(char[] s, int from, int end) {
        if (startsWith(s, from, end, "x_")) {
            return from + 2;
        }
        if (startsWith(s, from, end, "ecx")) {
            return from + 3;
        }
        if (startsWith(s, from, end, "aolmail_") && !startsWith(s, from, end, "aolmail_quote")) {
            return from + 8;
        }
        int i = from;
        if (startsWith(s, from, end, "m_")) {
            i = from + 2;
            while (i < end && (s[i] == '-' || (s[i] >= '0' && s[i] <= '9'))) {
                i++;
            }
        } else if (startsWith(s, from, end, "ydp")) {
            i = Math.min(from + 11, end);
        }
        return i > from + 2 && i < end ? i : from;
    }

    private static boolean startsWith(char[] s, int from, int end, String wanted) {
        if (end - from < wanted.length()) {
            return false;
        }
        for (int i = 0; i < wanted.length(); i++) {
            if ((s[from + i] | 0x20) != (wanted.charAt(i) | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
