package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.conversation.Views.Whole;

/** Merging and splitting on the page. */
class RearrangingActionsTest extends InboxFixture {
    private String one = "";
    private String two = "";

    @BeforeEach
    void twoLetters() {
        one = data.arrives(channel, Letters.plain("Ann Baker <ann@example.com>", "Order 17", "Where is it?"))
                .id();
        two = data.arrives(channel, Letters.plain("Ann Baker <ann@example.com>", "Order 18", "And this one?"))
                .id();
    }

    private Whole whole(String id) {
        return desk.open(id).orElseThrow();
    }

    @Test
    void mergedConversationIsShownInPlaceWithAWayBack() throws Exception {
        var sent =
                send("/inbox/" + one + "/merge", "into", "" + whole(two).row().number());

        assertThat(sent.getStatus()).isEqualTo(200);
        assertThat(sent.getHeader("HX-Push-Url")).isEqualTo("/inbox/" + two);
        assertThat(sent.getHeader("HX-Trigger-After-Swap")).contains("inbox:rearranged", "/inbox/" + one + "/unmerge");
        assertThat(sent.getContentAsString()).contains("Where is it?", "And this one?", "Split off");
        assertThat(send("/inbox/" + one + "/unmerge").getStatus()).isEqualTo(200);
        assertThat(whole(one).messages()).hasSize(1);
    }

    @Test
    void splitMessageIsShownAndMergedBackAtOnce() throws Exception {
        send("/inbox/" + one + "/merge", "into", two);
        String message = whole(two).messages().getFirst().id();

        var sent = send("/inbox/" + two + "/split", "messages", message);

        String fresh = desk.message(message).orElseThrow().conversationId();
        assertThat(fresh).isNotEqualTo(two);
        assertThat(sent.getHeader("HX-Push-Url")).isEqualTo("/inbox/" + fresh);
        assertThat(sent.getHeader("HX-Trigger-After-Swap")).contains("/inbox/" + fresh + "/merge", two);
        assertThat(whole(two).messages()).hasSize(1);
    }

    @Test
    void whatCannotBeMergedIsSaidBesideTheField() throws Exception {
        var sent = send("/inbox/" + one + "/merge", "into", one);

        assertThat(sent.getStatus()).isEqualTo(422);
        assertThat(sent.getHeader("HX-Retarget")).isEqualTo("#rearrange-problem");
        assertThat(sent.getContentAsString()).contains("cannot be merged into itself");
    }
}
