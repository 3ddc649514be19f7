package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which address Postroom takes for its own. */
class PublicUrlTest {
    @Test
    void theConfiguredAddressWinsOverWhatTheBrowserClaims() {
        PublicUrl url = new PublicUrl("https://mail.example.com/");

        assertThat(url.origin("http", "evil.example", 80)).contains("https://mail.example.com");
        assertThat(url.https()).isTrue();
    }

    @Test
    void withoutItOnlyThisMachinesOwnNamesAreBelieved() {
        PublicUrl url = new PublicUrl("");

        assertThat(url.origin("http", "localhost", 8025)).contains("http://localhost:8025");
        assertThat(url.origin("http", "127.0.0.1", 80)).contains("http://127.0.0.1");
        assertThat(url.origin("http", "::1", 8025)).contains("http://[::1]:8025");
        assertThat(url.origin("https", "mail.example.com", 443)).isEmpty();
        assertThat(url.origin("http", "localhost.evil.example", 8025)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.example.com",
                "ftp://mail.example.com",
                "https://mail.example.com/postroom",
                "https://a b",
                "https://u:p@mail.example.com"
            })
    void whatIsNoAddressIsRefusedByName(String entered) {
        assertThatThrownBy(() -> new PublicUrl(entered))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POSTROOM_PUBLIC_URL");
    }
}
