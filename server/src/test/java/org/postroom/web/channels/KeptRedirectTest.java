package org.postroom.web.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which redirect address of another product may be kept. */
class KeptRedirectTest {
    @Test
    void anyPathByHttpsOrOnThisMachine() {
        KeptRedirect kept = new KeptRedirect(" https://mail.example.com/AgentWeb/Bookmark/Mailboxes/Auth ");

        assertThat(kept.address()).hasToString("https://mail.example.com/AgentWeb/Bookmark/Mailboxes/Auth");
        assertThat(kept.origin()).isEqualTo("https://mail.example.com");
        assertThat(kept.isAt("/AgentWeb/Bookmark/Mailboxes/Auth")).isTrue();
        assertThat(kept.isAt("/agentweb/bookmark/mailboxes/auth")).isFalse();
        assertThat(new KeptRedirect("http://localhost:8025/old/").isAt("/old/")).isTrue();
        assertThat(new KeptRedirect("").address()).isNull();
        assertThat(new KeptRedirect("https://mail.example.com" + ConnectAddress.PATH).isAt(ConnectAddress.PATH))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.com/Auth",
                "https:///Auth",
                "https://a b/Auth",
                "http://mail.example.com/Auth",
                "ftp://mail.example.com/Auth",
                "https://u:p@mail.example.com/Auth",
                "https://mail.example.com/Auth?x=1",
                "https://mail.example.com/Auth#x",
                "https://mail.example.com",
                "https://mail.example.com/",
                "https://mail.example.com/a/../sign-in",
                "https://mail.example.com/a//b",
                "https://mail.example.com/a;b=c",
                "https://mail.example.com/%73ign-in"
            })
    void whatIsNoneIsRefusedInOneLine(String entered) {
        assertThatThrownBy(() -> new KeptRedirect(entered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POSTROOM_OAUTH_REDIRECT")
                .message()
                .doesNotContain("\n");
    }
}
