package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, what goes out holds nothing but what is allowed, to another reader as well, and is stable. */
class SafeHtmlPropertyTest {
    private static final List<String> PIECES = Words.list("""
            <p>; </p>; <div>; </div>; <b>; </b>; <i>; </i>; <a href=https://x.example/>; </a>; <table>; </table>; <tr>;
            </tr>; <td>; </td>; <th>; <tbody>; </tbody>; <ul>; <li>; </ul>; </li>; <ol>; <dl>; <dt>; <dd>; <h1>; </h2>;
            <span style="color:red">; </span>; <font color=red>; </font>; <pre>; </pre>; <br>; <hr>; <img src=cid:1>;
            <img src=//x.example/a onerror=alert(1)>; <svg>; </svg>; <math>; </math>; <style>; </style>; <script>;
            </script>; <title>; </title>; <textarea>; </textarea>; <noscript>; </noscript>; <xmp>; </xmp>; <iframe>;
            </iframe>; <template>; </template>; <select>; <option>; </select>; <form>; </form>; <!--; -->; <!; <?; </;
            <; >; &; &lt&#59; &#60; &#x3c; "; '; =; `; <plaintext>; <body dir=rtl bgcolor=red>; </body>; <html>;
            <caption>; <col>; <colgroup>; <center>; <blockquote>; </blockquote>; <nobr>; <ruby>; <rt>; <details>;
            <summary>; <object>; <foreignObject>; <mglyph>; <annotation-xml encoding="text/html">; <desc>; ]]>;
            <![CDATA[; text; words with blanks; a\u00A0b; שלום; 🙂; \u0000; onerror=alert(1); javascript:alert(1);
            <p title="; <a title=' ; <td style="background:url(x);color:red">; <p class=MsoNormal>; <image>; <isindex>""");

    private static final Set<String> KEPT = Set.copyOf(HtmlElement.kept());
    private static final Set<String> ATTRIBUTES = Words.set("""
            align; alt; bgcolor; border; bordercolor; cellpadding; cellspacing; color; colspan; data-link-host;
            data-remote-background; data-remote-src; dir; face; height; href; hspace; lang; noshade; nowrap; rel;
            rowspan; scope; size; span; src; start; style; target; title; type; valign; value; vspace; width""");

    private static String clean(String html) {
        return SafeHtml.clean(html, Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomHtmlGivesSafeAndStableHtml(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_500; i++) {
            StringBuilder html = new StringBuilder();
            int length = 1 + random.nextInt(40);
            for (int k = 0; k < length; k++) {
                html.append(PIECES.get(random.nextInt(PIECES.size())).replace("&lt&#59", "&lt;"));
            }

            check(html.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12})
    void randomCharactersGiveSafeAndStableHtml(int seed) {
        Random random = new Random(seed);
        String characters = "<<<>>>//!--??&&;;##xX0123\"'`= \t\n\r\f\0abpstyleitdr[]{}():-\u00a0\uE001\uD83D\uFFFEא";
        for (int i = 0; i < 3_000; i++) {
            StringBuilder html = new StringBuilder();
            for (int k = random.nextInt(120); k >= 0; k--) {
                html.append(characters.charAt(random.nextInt(characters.length())));
            }

            check(html.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("org.postroom.parse.HostileHtml#vectors")
    void knownAttacksGiveSafeAndStableHtml(String attack) {
        check(attack);
        check("<table><tr><td>" + attack + "</table>x");
        check("<p title='" + attack + "'>x");
        check("<svg>" + attack + "</svg>");
        check("<math><mtext>" + attack);
        check("<style>" + attack + "</style>" + attack);
    }

    private static void check(String html) {
        String clean = clean(html);

        Document read = Jsoup.parse(clean);
        for (Element element : read.body().getAllElements()) {
            if (!element.normalName().equals("body")) {
                assertThat(KEPT).as("%s from %s", clean, html).contains(element.normalName());
            }
            for (Attribute attribute : element.attributes()) {
                assertThat(ATTRIBUTES).as("%s from %s", clean, html).contains(attribute.getKey());
                checkValue(attribute, clean);
            }
        }
        assertThat(read.head().children()).as(clean).isEmpty();
        assertThat(clean(withoutMarks(clean))).as("again, from %s", html).isEqualTo(clean);
    }

    /** The page's own mark is the one thing that is not taken from outside. */
    private static String withoutMarks(String clean) {
        return clean.replaceAll("<small data-link-host=\"\">[^<]*</small>", "");
    }

    private static void checkValue(Attribute attribute, String clean) {
        String value = attribute.getValue().toLowerCase(Locale.ROOT);
        switch (attribute.getKey()) {
            case "href" -> assertThat(value).as(clean).matches("(?s)(https?:|mailto:|tel:).*");
            case "src" -> assertThat(value).as(clean).matches("(?s)(cid:|data:image/(png|jpe?g|gif|webp);base64,).*");
            case "data-remote-src", "data-remote-background" ->
                assertThat(value).as(clean).matches("(?s)https?:.*");
            case "style" ->
                assertThat(value)
                        .as(clean)
                        .doesNotContain(
                                "url", "expression", "position", "behavior", "binding", "\\", "<", "@", "/*", "import");
            default -> {}
        }
    }
}
