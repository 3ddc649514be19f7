package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

class MessageFilesTest extends InboxFixture {
    private static final String NAME = "\"><script>alert('ü')</script>.html";

    private String conversation = "";
    private String message = "";

    @BeforeEach
    void aRichMail() {
        conversation = data.arrives(channel, Letters.rich(NAME)).id();
        message = "/inbox/messages/"
                + desk.open(conversation).orElseThrow().messages().getLast().id();
    }

    @Test
    void htmlComesUnderAPolicyOfItsOwn() throws Exception {
        var alone = see(message + "/html");
        var framed = answer(get(message + "/html").header("Sec-Fetch-Dest", "iframe"));

        assertThat(alone.getHeader("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'self'; sandbox allow-popups"
                        + " allow-popups-to-escape-sandbox");
        assertThat(framed.getHeader("Content-Security-Policy"))
                .contains("sandbox allow-same-origin allow-popups")
                .doesNotContain("allow-scripts", "allow-forms", "https:");
        assertThat(alone.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(alone.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(alone.getContentAsString()).contains("<b>broken</b>").doesNotContain("alert(", "javascript:");
    }

    @Test
    void picturesOfOtherServersAreBlockedUntilAskedFor() throws Exception {
        String page = see("/inbox/" + conversation).getContentAsString();
        String blocked = see(message + "/html").getContentAsString();
        MockHttpServletResponse shown = see(message + "/html?images=1");

        assertThat(page)
                .contains(
                        "1 picture from tracker.example is not loaded",
                        "html?images=1",
                        "sandbox=\"allow-same-origin allow-popups");
        assertThat(blocked)
                .contains("data-remote-src=\"https://tracker.example")
                .doesNotContain(" src=\"https:");
        assertThat(shown.getContentAsString())
                .contains(" src=\"https://tracker.example/a.png?x")
                .doesNotContain(" src=\"https://text.example");
        assertThat(shown.getHeader("Content-Security-Policy")).contains("img-src 'self' data: https: http:;");
    }

    @Test
    void itsOwnPictureStandsInTheTextAndIsNoFileBesideIt() throws Exception {
        String html = see(message + "/html").getContentAsString();
        var picture = see(message + "/attachments/0?inline=1");
        String page = see("/inbox/" + conversation).getContentAsString();

        assertThat(html)
                .contains(" src=\"" + message + "/attachments/0?inline=1\"")
                .doesNotContain("cid:");
        assertThat(picture.getHeader("Content-Disposition")).startsWith("inline");
        assertThat(picture.getContentType()).isEqualTo("image/png");
        assertThat(picture.getContentAsByteArray()).startsWith((byte) 0x89, (byte) 'P');
        assertThat(page).doesNotContain(message + "/attachments/0\"").contains(message + "/attachments/1\"");
    }

    @Test
    void aFileIsDownloadedAndNeverShown() throws Exception {
        var file = see(message + "/attachments/1?inline=1");
        String page = see("/inbox/" + conversation).getContentAsString();

        assertThat(file.getHeader("Content-Disposition"))
                .startsWith("attachment;")
                .contains("filename*=UTF-8''");
        assertThat(file.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .endsWith("sandbox");
        assertThat(file.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(file.getContentAsString()).isEqualTo("<script>alert(5)</script>");
        assertThat(file.getHeader("Content-Length")).isEqualTo("25");
        assertThat(page).doesNotContain("<script>alert");
    }

    @Test
    void theSourceIsThereToReadAndToKeep() throws Exception {
        var read = see(message + "/raw");
        var kept = see(message + "/raw?download=1");

        assertThat(read.getContentType()).startsWith("text/plain");
        assertThat(read.getContentAsString()).startsWith("From: Priya");
        assertThat(kept.getHeader("Content-Disposition"))
                .startsWith("attachment")
                .contains(".eml");
        assertThat(kept.getContentType()).isEqualTo("message/rfc822");
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        assertThat(see(message + "/attachments/9").getStatus()).isEqualTo(404);
        assertThat(see(message + "/attachments/-1").getStatus()).isEqualTo(404);
        assertThat(see("/inbox/messages/none/html").getStatus()).isEqualTo(404);
        assertThat(see("/inbox/messages/none/raw").getStatus()).isEqualTo(404);
    }
}
