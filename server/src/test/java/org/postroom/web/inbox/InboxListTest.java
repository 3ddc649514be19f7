package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InboxListTest extends InboxFixture {
    @Test
    void showsWhoWroteWhatAndWhere() throws Exception {
        var row = data.arrives(
                channel, Letters.plain("Ann Baker <ann.baker@example.com>", "Order 17", "Where is my order?"));

        var page = see("/inbox?channel=" + channel.id());

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString())
                .contains(
                        "Ann Baker", "Order 17", "Where is my order?", channel.name(), "#" + row.number(), "is-unread")
                .contains("href=\"/inbox/" + row.id() + "?channel=" + channel.id() + "\"")
                .contains("<time class=\"small muted\" datetime=\"");
    }

    @Test
    void closedConversationsLeaveOpenWorkAndStandUnderClosed() throws Exception {
        var row = data.arrives(channel, Letters.plain("Bob <bob@example.com>", "Done soon", "Thanks"));
        desk.close(row.id(), agent.id());

        String here = "&channel=" + channel.id();

        assertThat(part("/inbox/list?view=open" + here).getContentAsString())
                .doesNotContain(row.id())
                .contains("Nothing found");
        assertThat(part("/inbox/list?view=waiting" + here).getContentAsString()).doesNotContain(row.id());
        assertThat(part("/inbox/list?view=closed" + here).getContentAsString()).contains(row.id());
        assertThat(part("/inbox/list?view=all" + here).getContentAsString()).contains(row.id());
    }

    @Test
    void findsByWordsAndByNumber() throws Exception {
        var wanted = data.arrives(channel, Letters.plain("Cleo <cleo@example.com>", "Zebra crossing", "Hello"));
        var other = data.arrives(channel, Letters.plain("Dan <dan@example.com>", "Something else", "Hello"));

        assertThat(part("/inbox/list?q=zebra").getContentAsString())
                .contains(wanted.id())
                .doesNotContain(other.id());
        assertThat(part("/inbox/list?q=%23" + wanted.number()).getContentAsString())
                .contains(wanted.id())
                .doesNotContain(other.id());
        var order = data.arrives(channel, Letters.plain("Flo <flo@example.com>", "Order 48213731", "Hello"));
        assertThat(part("/inbox/list?q=48213731").getContentAsString())
                .as("digits may be an order's number as well")
                .contains(order.id());
        assertThat(part("/inbox/list?q=no-such-thing").getContentAsString()).contains("Nothing found", "Clear search");
    }

    @Test
    void goesOnByCursor() throws Exception {
        for (int i = 0; i < 3; i++) {
            data.arrives(channel, Letters.plain("Eve <eve@example.com>", "Page " + i, "Hello"));
        }

        String first = part("/inbox/list?size=2&channel=" + channel.id()).getContentAsString();
        String cursor = first.replaceAll("(?s).*cursor=([^\"&]+).*", "$1");
        String second = part("/inbox/list?size=2&channel=" + channel.id() + "&cursor=" + cursor)
                .getContentAsString();

        assertThat(first).contains("Page 2", "Page 1", "Show more").doesNotContain("Page 0");
        assertThat(second).contains("Page 0").doesNotContain("Page 1", "Show more", "<nav");
    }

    @Test
    void takesNonsenseInTheAddressForThePlainList() throws Exception {
        assertThat(see("/inbox?view=sideways&cursor=%00nonsense&channel=").getStatus())
                .isEqualTo(200);
    }

    @Test
    void strangersWordsStayWords() throws Exception {
        var row = data.arrives(
                channel,
                Letters.plain(
                        "\"<img src=x onerror=alert(1)>\" <evil@example.com>",
                        "<script>alert('s')</script>",
                        "<svg onload=alert(2)> http://ok.example/\"onmouseover=\"alert(3)"));

        String page = see("/inbox/" + row.id()).getContentAsString();

        assertThat(page)
                .doesNotContain("<img src=x", "<script>alert", "<svg onload", "\"onmouseover")
                .contains("&lt;script&gt;alert(", "&lt;svg onload");
    }
}
