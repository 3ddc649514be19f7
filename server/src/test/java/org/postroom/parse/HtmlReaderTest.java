package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How tags, references and comments are read, and how elements come to be nested. */
class HtmlReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a<!-- x -->b<!-->c<!--->d<!-- y --!>e                        | abcde
            a<!-- x > y                                                  | a y
            a<!DOCTYPE html "x">b<?xml version="1.0"?>c</ x>d</>e        | abcde
            a<![CDATA[b]]>c                                              | ac
            <!--[if mso]>a<![endif]--><![if !mso]>b<![endif]>c           | bc
            <!--[if !mso]><!-->a<!--<![endif]-->b                        | ab
            1 < 2 <3 &lt;b&gt; "q"                                       | 1 &lt; 2 &lt;3 &lt;b&gt; &quot;q&quot;
            &amp &copy &copyx &notit; &nosuch; &#x41; &#65 &#150; &#0;   | &amp; © ©x ¬it; &amp;nosuch; A A – \uFFFD
            &#xD800; &#x110000; &#99999999999;                           | \uFFFD \uFFFD \uFFFD
            <p title="a&ltb &lt=c &copy;">x                              | <p title="a&amp;ltb &amp;lt=c ©">x</p>
            <p align=left ALIGN=right align='x'>x                        | <p align="left">x</p>
            <p align = "left"title='a"b'/lang=de>x                       | <p align="left" title="a&quot;b" lang="de">x</p>
            <p title="a>b">x</p title="y>z">y                            | <p title="a&gt;b">x</p>y
            <script>a</script ><style>p{</style x>b<title>c</title>d     | bd
            <textarea><b>x&amp;</textarea>y                              | <div>&lt;b&gt;x&amp;</div>y
            <xmp><b>&amp;</xmp>y                                         | <pre>&lt;b&gt;&amp;amp;</pre>y
            <iframe><p>x</iframe><noscript><p></noscript><noembed>z</noembed>y | y
            a<plaintext><b>c                                             | a<pre>&lt;b&gt;c</pre>
            <o:p>a</o:p><foo bar=1>b</foo>                               | ab
            a<b                                                          | a
            <p>a<p>b<div>c                                               | <p>a</p><p>b</p><div>c</div>
            <ul><li>a<li>b<ul><li>c</ul><li>d</ul>                       | <ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>
            <dl><dt>a<dd>b<dt>c</dl>                                     | <dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>
            <b>a<i>b</b>c</i>d                                           | <b>a<i>b</i></b><i>c</i>d
            <p><b>a<p>b</b>c                                             | <p><b>a</b></p><p><b>b</b>c</p>
            <b><div>a</b>b</div>c                                        | <b><div>ab</div></b>c
            <a href=http://x.example>a<a href=tel:1>b</a>c               | <a href="http://x.example" target="_blank" rel="noopener noreferrer" title="x.example">a</a><a href="tel:1" target="_blank" rel="noopener noreferrer">b</a>c
            <table><td>a<td>b<tr><th>c</table>d                          | <table><tbody><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></tbody></table>d
            <table>a<tr><td>b                                            | <table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>
            <table><tr><td><b>a<td>b</table>c                            | <table><tbody><tr><td><b>a</b></td><td>b</td></tr></tbody></table>c
            <table><tr><td></div></p>a</td></tr></table>                 | <table><tbody><tr><td><p></p>a</td></tr></tbody></table>
            <div><table><tr><td></div>a</table></div>b                   | <div><table><tbody><tr><td>a</td></tr></tbody></table></div>b
            <tr><td>a<td>b                                               | ab
            <h1>a<h2>b</h1>c                                             | <h1>a</h1><h2>b</h2>c
            a</br>b<image src=cid:1 alt=c>                               | a<br>b<img src="cid:1" alt="c">
            <svg><text>a</text><p>b</p></svg>c                           | <p>b</p>c
            <div><svg><g>a</div>b                                        | <div></div>b
            <video><source src=x><p>a</video>b                           | <p>ab</p>
            <picture><source srcset=x><img src=cid:1 alt=b></picture>    | <img src="cid:1" alt="b">
            <form action=x>a<input value=b><button>c</button></form>d    | <div>ac</div>d
            """)
    void isReadAsBrowsersDo(String html, String expected) {
        String clean = SafeHtml.clean(unescaped(html), Duration.ofSeconds(5));

        assertThat(clean).isEqualTo(unescaped(expected));
        assertThat(SafeHtml.clean(clean, Duration.ofSeconds(5))).isEqualTo(clean);
    }

    private static String unescaped(String text) {
        return text.replace("\\uFFFD", "\uFFFD").stripTrailing();
    }
}
