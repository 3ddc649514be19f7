package org.postroom.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkHostsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://Shop.Example/a              | shop.example
            https://bank.example@evil.example/  | evil.example
            https:\\\\evil.example\\@bank.example | evil.example
            http:evil.example                   | evil.example
            https:///evil.example:8443/x        | evil.example
            https://%65vil.example/             | evil.example
            https://аpple.com/                  | xn--pple-43d.com
            https://ｅvil。example/             | evil.example
            https://[2001:db8::1]:80/           | [2001:db8::1]
            mailto:a@Evil.example?subject=x@y   | evil.example
            """)
    void theHostIsTheOneABrowserGoesTo(String href, String host) {
        assertThat(LinkHosts.of(href)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            www.bank.example                         | evil.example        | true
            https://bank.example/login               | evil.example        | true
            bank.example                             | evil.example        | true
            Go to https://bank.example now           | evil.example        | true
            (support@bank.example)                   | evil.example        | true
            bank.example                             | bank.example.evil.example | true
            www.bank.example/login                   | login.bank.example  | false
            a.co.uk                                  | b.co.uk             | true
            Click here                               | evil.example        | false
            invoice.pdf                              | files.example       | false
            e.g. this                                | evil.example        | false
            3.50                                     | shop.example        | false
            xn--pple-43d.com                         | xn--pple-43d.com    | true
            """)
    void wordsThatNameAnotherHostAreNoticed(String words, String host, boolean misnamed) {
        assertThat(LinkHosts.isMisnamed(words, host)).isEqualTo(misnamed);
    }

    @Test
    void theTrueHostStandsBehindTheLink() {
        String html = SafeHtml.clean(
                "<a href=\"https://evil.example/x\" title=\"bank.example\">www.<b>bank.example</b></a>",
                Duration.ofSeconds(5));

        assertThat(html)
                .isEqualTo(
                        "<a href=\"https://evil.example/x\" target=\"_blank\" rel=\"noopener noreferrer\""
                                + " title=\"evil.example\">www.<b>bank.example</b></a><small data-link-host=\"\">evil.example</small>");
    }

    @Test
    void sendersCannotForgeTheMark() {
        assertThat(SafeHtml.clean(
                        "<small data-link-host=x data-fold=quote>bank.example</small><details data-fold=quote open>x</details>",
                        Duration.ofSeconds(5)))
                .isEqualTo("<small>bank.example</small><details>x</details>");
    }
}
