package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StylesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            color : Red ; font-size:12.5pt                         | color:Red;font-size:12.5pt
            FONT-FAMILY:"Segoe UI", Arial , sans-serif             | font-family:'Segoe UI',Arial,sans-serif
            font:bold 12px/1.5 Arial                               | font:bold 12px/1.5 Arial
            color:rgb( 1, 2 , 3 );color:rgba(0,0,0,.5)             | color:rgb(1,2 ,3 );color:rgba(0,0,0,.5)
            background:#fff url(http://x.example/a.png) no-repeat  | background-color:#fff
            background:url('a;b.png');color:red                    | color:red
            margin:0 auto!important                                | margin:0 auto
            margin-left:-18.0pt;text-indent:-.25in                 | margin-left:-18.0pt;text-indent:-.25in
            border:1px solid #ccc;mso-hide:all;-webkit-x:y         | border:1px solid #ccc
            color:red/**/;/*x;*/width:10px                         | color:red;width:10px
            """)
    void harmlessDeclarationsStay(String style, String expected) {
        String clean = Styles.clean(style);

        assertThat(clean).isEqualTo(expected);
        assertThat(Styles.clean(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "background-image:url(x)",
                "background:url(javascript:alert(1))",
                "color:expression(alert(1))",
                "width:ex\\70ression(alert(1))",
                "c\\6flor:red",
                "color:\\72 ed",
                "position:fixed",
                "pos/**/ition:absolute",
                "top:0;left:0;z-index:99",
                "behavior:url(x.htc)",
                "-moz-binding:url(x.xml#y)",
                "content:'x'",
                "color:var(--x)",
                "--x:red",
                "width:calc(100% + 1px)",
                "list-style:url(x)",
                "cursor:url(x),auto",
                "filter:progid:DXImageTransform.Microsoft.Alpha(1)",
                "font-family:'</style><script>'",
                "font-family:\"a",
                "color:red}body{color:blue",
                "@import 'x'",
                "margin-top:-500px",
                "margin:-100px 0 0 0",
                "margin-left:-9999px",
                "width:9999999px",
                "transform:scale(9)",
                "animation:x 1s",
                "color:attr(title)",
                "width:1url",
                "color:image-set('x' 1x)",
                "color",
                ":",
                "{",
                ""
            })
    void anythingElseGoes(String style) {
        assertThat(Styles.clean(style)).isNull();
    }

    @Test
    void simpleRulesOfASheetAreWrittenIntoTheElements() {
        String html = """
                <style><!-- @import url(x.css); @font-face{font-family:x;src:url(y)}
                /* c */ p.MsoNormal, li.MsoNormal {margin:0cm;font-family:"Calibri",sans-serif}
                .big{font-size:20px;color:red!important} p{color:green} #one{color:blue} td p, p:first-child{color:gray}
                @media screen{p{display:none}} --></style><p class=MsoNormal>a<p class="x BIG" style="color:black;width:1px">b\
                <p id=one>c<div class=MsoNormal>d""";

        assertThat(SafeHtml.clean(html, Duration.ofSeconds(5))).isEqualTo("""
                <p style="color:green;margin:0cm;font-family:'Calibri',sans-serif">a</p>\
                <p style="font-size:20px;width:1px;color:red">b</p><p style="color:blue">c</p><div>d</div>""");
    }

    @Test
    void whatTheBodySaysIsOnADivisionAroundAll() {
        assertThat(SafeHtml.clean(
                        "<style>body{font-family:Arial}</style><html lang=de><body bgcolor=F0F0F0 dir=rtl>a</div>b</body></html>c",
                        Duration.ofSeconds(5)))
                .isEqualTo(
                        "<div lang=\"de\"><div style=\"background-color:#F0F0F0;font-family:Arial\" dir=\"rtl\">abc</div></div>");
    }
}
