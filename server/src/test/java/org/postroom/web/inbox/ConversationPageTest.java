package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.store.tables.Tables.OUTGOING;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.postroom.reply.ReplyInput;

class ConversationPageTest extends InboxFixture {
    @Test
    void opensByItsAddressAsAWholePageAndAsAPart() throws Exception {
        var row = data.arrives(channel, Letters.plain("Ann <ann@example.com>", "Deep link", "First line\n\n> quoted"));

        String whole = see("/inbox/" + row.id()).getContentAsString();
        String part = part("/inbox/" + row.id()).getContentAsString();
        String history = answer(get("/inbox/" + row.id())
                        .header("HX-Request", "true")
                        .header("HX-History-Restore-Request", "true"))
                .getContentAsString();

        assertThat(whole).contains("<html", "Deep link", "id=\"rows\"", "aria-current=\"true\"", "Known since");
        assertThat(part).doesNotContain("<html", "id=\"rows\"").contains("id=\"conversation\"", "hx-swap-oob=\"true\"");
        assertThat(history).contains("<html");
    }

    @Test
    void anUnknownConversationSaysSoKindly() throws Exception {
        var page = see("/inbox/no-such-conversation");

        assertThat(page.getStatus()).isEqualTo(404);
        assertThat(page.getContentAsString()).contains("This conversation does not exist", "Go to the inbox");
    }

    @Test
    void tellsAnswersFromLettersAndNamesWhoWrote() throws Exception {
        var row = data.arrives(channel, Letters.plain("Ann <ann@example.com>", "Two sides", "Question"));
        desk.answer(row.id(), ReplyInput.ofText("Our answer"), agent.id());

        String page = see("/inbox/" + row.id()).getContentAsString();

        assertThat(page).contains("message-in", "message-out", "Our answer", "Maya Chen", "Quoted text", "Sending");
    }

    @Test
    void offersToTryAgainWhatFailed() throws Exception {
        var row = data.arrives(channel, Letters.plain("Fay <fay@example.com>", "Fails", "Question"));
        desk.answer(row.id(), ReplyInput.ofText("Answer"), agent.id());
        String message = desk.open(row.id()).orElseThrow().messages().getLast().id();
        awaitFirstTry(message);
        database.write(sql -> sql.update(OUTGOING)
                .set(OUTGOING.STATE, "failed")
                .set(OUTGOING.LAST_REPLY, "550 5.1.1 <b>User</b> unknown")
                .where(OUTGOING.MESSAGE_ID.eq(message))
                .execute());

        String failed = see("/inbox/" + row.id()).getContentAsString();
        String again = press("/inbox/messages/" + message + "/try-again").getContentAsString();

        assertThat(failed).contains("Failed", "550 5.1.1 &lt;b&gt;User", "Try again");
        assertThat(again).contains("Sending").doesNotContain("Try again");
    }

    /** The real one, in the background: what it finds must not overwrite what a test puts. */
    private void awaitFirstTry(String message) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(30);
        while (database.read(sql ->
                        sql.fetchCount(OUTGOING, OUTGOING.MESSAGE_ID.eq(message).and(OUTGOING.LAST_REPLY.isNotNull())))
                == 0) {
            assertThat(Instant.now()).as("the first try ends").isBefore(end);
            Thread.sleep(20);
        }
    }
}
