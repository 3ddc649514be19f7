package org.postroom.parse;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How mail programs mark quoted parts and signatures in HTML. */
final class HtmlQuotes {
    private static final Set<String> QUOTE_CLASSES = Words.set("""
            gmail_quote; gmail_attr; gmail_quote_container; yahoo_quoted; yahooquoted; moz-cite-prefix;
            protonmail_quote; tutanota_quote; zmail_extra; quoted_reply;
            ms-outlook-mobile-reference-message; iloo_org_quote; history_container; airmail_ext_on;
            mailru-blockquote; reply-intro; bloop_original_html; freebirdoriginalmessage""");
    private static final Set<String> QUOTE_IDS = Words.set("""
            mailru-quote; yahoo_quoted; mail-editor-reference-message-container; replymessageblock;
            orc-full-body-initial-text; origbody; isforwardcontent; aolmail_quote""");
    private static final Set<String> REST_IDS = Words.set("""
            divrplyfwdmsg; x_divrplyfwdmsg; appendonsend; x_appendonsend; stopspelling;
            outlookmessageheader; ms-outlook-mobile-body-separator-line; replysplit; lightreplymarker""");
    private static final Set<String> REST_CLASSES = Words.set("""
            outlookmessageheader; x_outlookmessageheader""");
    private static final Set<String> SIGNATURE_CLASSES = Words.set("""
            gmail_signature; moz-signature; x_gmail_signature; protonmail_signature_block; bloop_sign""");
    private static final Set<String> SIGNATURE_IDS = Words.set("""
            signature; x_signature; applemailsignature; ms-outlook-mobile-signature;
            ymail_android_signature; bloop_sign; _rc_sig; zmsignature; tutanota-signature""");

    private HtmlQuotes() {}

    static boolean isQuote(String element, List<String> attributes) {
        return any(HtmlText.attribute(attributes, "class"), QUOTE_CLASSES)
                || any(HtmlText.attribute(attributes, "id"), QUOTE_IDS)
                || (element.equals("blockquote")
                        && HtmlText.attribute(attributes, "style").contains("border-left"));
    }

    static boolean isSignature(List<String> attributes) {
        return any(HtmlText.attribute(attributes, "class"), SIGNATURE_CLASSES)
                || any(HtmlText.attribute(attributes, "id"), SIGNATURE_IDS);
    }

    /** Outlook puts no element around what it quotes, only something before it. */
    static boolean restIsQuoted(List<String> attributes) {
        return any(HtmlText.attribute(attributes, "id"), REST_IDS)
                || any(HtmlText.attribute(attributes, "class"), REST_CLASSES);
    }

    private static boolean any(String words, Set<String> known) {
        if (words.isEmpty()) {
            return false;
        }
        String lower = words.toLowerCase(Locale.ROOT);
        if (lower.indexOf(' ') < 0) {
            return known.contains(lower);
        }
        for (String word : lower.split("\\s+")) {
            if (known.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
