package org.postroom.parse;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * What of a sender's HTML is kept. No script, form, frame, event handler, style sheet, position or CSS address; links
 * lead to http, https, mailto and tel in a window of their own; pictures come from the mail itself. Remote pictures stay
 * as {@code data-remote-src} and {@code data-remote-background}, which no browser loads.
 */
final class HtmlRules {
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,5}(\\.[0-9]{1,3})?(%|px)?");
    private static final Pattern COLOUR = Pattern.compile("#?[0-9A-Za-z]{1,20}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]{1,30}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z0-9-]{1,35}");
    private static final Pattern FACE = Pattern.compile("[\\p{L}0-9 ,'_-]{1,200}");
    private static final Pattern PICTURE_DATA =
            Pattern.compile("data:image/(png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=\\s]*+", Pattern.CASE_INSENSITIVE);

    private static final String[] ELEMENTS = {
        "abbr",
        "acronym",
        "address",
        "article",
        "aside",
        "b",
        "bdi",
        "bdo",
        "big",
        "blockquote",
        "br",
        "caption",
        "center",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nav",
        "nobr",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "summary",
        "sup",
        "tbody",
        "tfoot",
        "thead",
        "time",
        "tr",
        "tt",
        "u",
        "ul",
        "var",
        "wbr"
    };

    static final PolicyFactory FACTORY = new HtmlPolicyBuilder()
            .allowElements(ELEMENTS)
            .allowElements(HtmlRules::link, "a")
            .allowElements(HtmlRules::picture, "img")
            .allowElements(HtmlRules::background, "table", "td", "th")
            .allowWithoutAttributes("span", "font")
            .allowUrlProtocols("http", "https", "mailto", "tel", "cid", "data")
            .allowAttributes("href")
            .matching((element, name, value) -> linkTarget(value))
            .onElements("a")
            .allowAttributes("src")
            .matching((element, name, value) -> source(value))
            .onElements("img")
            .allowAttributes("data-remote-src")
            .matching((element, name, value) -> remote(value))
            .onElements("img")
            .allowAttributes("background", "data-remote-background")
            .matching((element, name, value) -> remote(value))
            .onElements("table", "td", "th")
            .allowAttributes("alt")
            .onElements("img")
            .allowAttributes("title")
            .globally()
            .allowAttributes("dir")
            .matching(true, "ltr", "rtl", "auto")
            .globally()
            .allowAttributes("lang")
            .matching(LANGUAGE)
            .globally()
            .allowAttributes("align", "valign")
            .matching(WORD)
            .globally()
            .allowAttributes("width", "height", "border", "cellpadding", "cellspacing", "hspace", "vspace")
            .matching(NUMBER)
            .onElements("table", "td", "th", "tr", "col", "colgroup", "img", "hr", "pre")
            .allowAttributes("colspan", "rowspan", "span", "start", "value", "size")
            .matching(NUMBER)
            .onElements("td", "th", "col", "colgroup", "ol", "li", "font", "hr")
            .allowAttributes("bgcolor", "bordercolor", "color")
            .matching(COLOUR)
            .onElements("table", "td", "th", "tr", "tbody", "thead", "tfoot", "font", "hr", "div", "span")
            .allowAttributes("face")
            .matching(FACE)
            .onElements("font")
            .allowAttributes("type", "scope", "nowrap", "noshade")
            .matching(WORD)
            .onElements("ol", "ul", "li", "td", "th", "hr")
            .allowAttributes("style")
            .matching((element, name, value) -> Styles.clean(value))
            .onElements(Stream.concat(Arrays.stream(ELEMENTS), Stream.of("a", "img", "table", "td", "th"))
                    .toArray(String[]::new))
            .toFactory();

    private HtmlRules() {}

    /** A link opens elsewhere and tells the other side nothing; without a target it is text. */
    private static String link(String element, List<String> attributes) {
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            if (attributes.get(i).equals("href")) {
                attributes.add("target");
                attributes.add("_blank");
                attributes.add("rel");
                attributes.add("noopener noreferrer");
                break;
            }
        }
        return element;
    }

    private static @Nullable String picture(String element, List<String> attributes) {
        move(attributes, "src", "data-remote-src");
        return element;
    }

    private static String background(String element, List<String> attributes) {
        move(attributes, "background", "data-remote-background");
        return element;
    }

    private static void move(List<String> attributes, String from, String to) {
        for (int i = 0; i + 1 < attributes.size(); i += 2) {
            if (attributes.get(i).equals(from) && isRemote(attributes.get(i + 1))) {
                attributes.set(i, to);
            }
        }
    }

    private static @Nullable String linkTarget(String value) {
        String target = strip(value);
        String scheme = scheme(target);
        return switch (scheme) {
            case "http", "https", "mailto", "tel" -> target;
            default -> null;
        };
    }

    private static @Nullable String source(String value) {
        String source = strip(value);
        return switch (scheme(source)) {
            case "http", "https", "cid" -> source;
            case "data" -> PICTURE_DATA.matcher(source).matches() ? source : null;
            default -> source.startsWith("//") ? "https:" + source : null;
        };
    }

    private static @Nullable String remote(String value) {
        String source = strip(value);
        return isRemote(source) ? source : null;
    }

    private static boolean isRemote(String value) {
        return switch (scheme(value)) {
            case "http", "https" -> true;
            default -> false;
        };
    }

    private static String scheme(String url) {
        int colon = url.indexOf(':');
        return colon <= 0 || colon > 10 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    }

    private static String strip(String url) {
        String text = url.strip();
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && text.indexOf('\t') < 0
                ? text
                : text.replace("\n", "").replace("\r", "").replace("\t", "");
    }
}
