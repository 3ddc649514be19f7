package org.postroom.parse;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as reports write it, {@code type; address}: rfc822 with xtext (RFC 3461 section 4), utf-8 with its escapes
 * (RFC 6533 section 3), x400 with a mail address within, and the wrapping of Exchange for addresses foreign to it.
 *
 * @param text readable, empty if there is none
 */
record ReportAddress(String text) {
    private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})\\}");
    private static final Pattern WITHIN_X400 =
            Pattern.compile("(?i)DDA?[.:]?(?:RFC-?822|SMTP)[=:]([^;/]{1,64}?)\\(a\\)([^;/]{1,250})");
    private static final Pattern IMCEA =
            Pattern.compile("(?i)IMCEA(?:SMTP|INVALID|RFC822|MAILTO|UNDEFINED)-(.{3,300})@[^@]{1,250}");

    static ReportAddress of(String field) {
        String value = EncodedWords.decode(untyped(field)).strip();
        int open = value.indexOf('<');
        int close = value.lastIndexOf('>');
        if (open >= 0 && close > open) {
            value = value.substring(open + 1, close).strip();
        } else if (open < 0 && close == value.length() - 1 && close > 0) {
            value = value.substring(0, close); // one bracket of two
        }
        Matcher x400 = WITHIN_X400.matcher(value);
        if (x400.find()) {
            value = x400.group(1) + "@" + x400.group(2);
        }
        if (value.contains("\\x{")) {
            value = ESCAPE.matcher(value).replaceAll(m -> Matcher.quoteReplacement(character(m.group(1))));
        }
        return new ReportAddress(unwrapped(xtext(withoutComment(value))));
    }

    /** {@code type; value} without its type. */
    static String untyped(String field) {
        int semicolon = field.indexOf(';');
        String type = semicolon < 0 ? "" : field.substring(0, semicolon).strip();
        boolean typed = !type.isEmpty() && type.length() < 32 && type.indexOf(' ') < 0 && type.indexOf('@') < 0;
        return (typed ? field.substring(semicolon + 1) : field).strip();
    }

    private static String character(String hexadecimal) {
        int point = Integer.parseInt(hexadecimal, 16);
        return Character.isValidCodePoint(point) && point >= ' ' ? Character.toString(point) : "";
    }

    /** The one word with an at sign; a quoted local part stays whole. */
    private static String withoutComment(String value) {
        if (value.indexOf(' ') < 0 || value.startsWith("\"")) {
            return value;
        }
        for (String word : value.split("[\\s,]+")) {
            if (word.indexOf('@') > 0) {
                return word.replaceAll("^[(\\[']+|[)\\]';:]+$", "");
            }
        }
        return value;
    }

    /** Only what cannot be part of an address by itself is decoded: {@code ann+42@b.example} stays. */
    private static String xtext(String value) {
        if (value.indexOf('+') < 0) {
            return value;
        }
        String text = value.replace("+2B", "+").replace("+3D", "=");
        return text.indexOf('@') < 0 ? text.replace("+40", "@").replace("+2E", ".") : text;
    }

    /** {@code IMCEASMTP-ann+40b+2Eexample@exchange.example} is {@code ann@b.example}. */
    static String unwrapped(String address) {
        Matcher matcher = IMCEA.matcher(address);
        if (!matcher.matches()) {
            return address;
        }
        Matcher escapes = Pattern.compile("\\+([0-9A-Fa-f]{2})").matcher(matcher.group(1));
        String inner = escapes.replaceAll(m -> Matcher.quoteReplacement(character(m.group(1))));
        return inner.indexOf('@') > 0 && inner.indexOf(' ') < 0 ? inner : address;
    }

    boolean isMail() {
        int at = text.indexOf('@');
        return at > 0 && at < text.length() - 1;
    }

    /** To compare. */
    String key() {
        return text.toLowerCase(Locale.ROOT);
    }
}
