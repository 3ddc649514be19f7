package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <p>one</p><p>two</p>                                              | one\\n\\ntwo
            one<br>two<br><br>three                                           | one\\ntwo\\n\\nthree
            <div>one</div><div>two</div>                                      | one\\ntwo
            <div><div>one</div></div>  <div> two  three </div>                | one\\ntwo three
            <ul><li>a</li><li>b</li></ul>end                                  | - a\\n- b\\n\\nend
            <ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>                  | 1. a\\n2. b\\n  - c
            <ol><li><p>a</p></li></ol>                                        | 1. a
            <table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table> | a\\tb\\nc\\td
            <table><tr><td><p>a</p></td><td><p>b</p></td></tr><tr><td></td><td><p>d</p></td></tr></table>e | a\\tb\\nd\\ne
            <p>x</p><table><tr><td><p>a</p></td><td></td><td><p>c</p></td></tr></table><p>y</p> | x\\n\\na\\t\\tc\\n\\ny
            <table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table> | a\\n\\nb\\n\\nc
            <a href="https://x.example/">here</a>                             | here <https://x.example/>
            <a href="https://x.example/">https://x.example/</a>               | https://x.example/
            <a href="https://x.example/">x.example</a>                        | x.example
            <a href="mailto:a@b.example?subject=x">Ann</a>                    | Ann <a@b.example>
            <head><title>t</title><style>p{}</style></head><body>x</body>     | x
            <script>var a = "<p>";</script>x                                  | x
            <pre>a  b\\nc</pre>                                               | a  b\\nc
            a&nbsp;&lt;b&gt; &amp; c                                          | a <b> & c
            <blockquote type="cite">q<br>r</blockquote>new                    | > q\\n> r\\nnew
            <blockquote>just indented</blockquote>                            | just indented
            Ann wrote:<blockquote>q</blockquote>                              | Ann wrote:\\n> q
            <h1>Title</h1>text<hr>more                                        | Title\\n\\ntext\\n----------\\nmore
            <p>zero\u200Bwidth so\u00ADft</p>                                 | zerowidth soft
            """)
    void keepsTheShape(String html, String expected) {
        SafeHtml.Cleaned cleaned = SafeHtml.clean(html.replace("\\n", "\n"), System.nanoTime() + 5_000_000_000L);

        assertThat(cleaned.text()).isEqualTo(expected.replace("\\n", "\n").replace("\\t", "\t"));
    }
}
