package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.conversation.State;
import org.postroom.conversation.Views.Message;
import org.postroom.mail.Address;
import org.springframework.mock.web.MockMultipartFile;

class ConversationActionsTest extends InboxFixture {
    private String id = "";

    @BeforeEach
    void aLetter() {
        id = data.arrives(channel, Letters.plain("Ann Baker <ann@example.com>", "Order 17", "Where is it?"))
                .id();
    }

    private State state() {
        return desk.open(id).orElseThrow().row().state();
    }

    private List<Message> messages() {
        return desk.open(id).orElseThrow().messages();
    }

    @Test
    void anAnswerStandsInTheConversationAtOnce() throws Exception {
        var sent = answer(multipart("/inbox/" + id + "/answers")
                .file(new MockMultipartFile("files", "C:\\dir\\plan.txt", "text/plain", new byte[] {1, 2}))
                .with(csrf())
                .header("HX-Request", "true")
                .param("to", "\"Baker, Ann\" <ann@example.com>; bob@example.com")
                .param("cc", "carl@example.com")
                .param("text", "On its way.")
                .param("quote", "1"));

        assertThat(sent.getStatus()).isEqualTo(200);
        assertThat(sent.getHeader("HX-Trigger")).contains("inbox:answered");
        assertThat(sent.getContentAsString()).contains("On its way.", "plan.txt", "Sending", "Waiting");
        Message message = messages().getLast();
        assertThat(message.to())
                .containsExactly(new Address("Baker, Ann", "ann@example.com"), Address.of("bob@example.com"));
        assertThat(message.cc()).containsExactly(Address.of("carl@example.com"));
        assertThat(message.text()).contains("> Where is it?");
        assertThat(message.author()).isEqualTo(agent.id());
    }

    @Test
    void whatIsWrongIsNamedAndNothingIsSent() throws Exception {
        var sent = send("/inbox/" + id + "/answers", "to", "<script>", "text", "");

        assertThat(sent.getStatus()).isEqualTo(422);
        assertThat(sent.getHeader("HX-Retarget")).isEqualTo("#answer-problems");
        assertThat(sent.getContentAsString())
                .contains("write something first", "&lt;script&gt;", "href=\"#answer-to\"", "role=\"alert\"")
                .doesNotContain("<textarea", "<script>");
        assertThat(messages()).hasSize(1);
    }

    @Test
    void withoutScriptThePageComesBackWithAllThatWasTyped() throws Exception {
        var sent = answer(multipart("/inbox/" + id + "/answers")
                .with(csrf())
                .param("to", "nobody")
                .param("text", "Typed with care"));

        assertThat(sent.getStatus()).isEqualTo(422);
        assertThat(sent.getContentAsString())
                .contains("<html", "Typed with care", "value=\"nobody\"", "is not an email address");
    }

    @Test
    void filesThatAreTooBigAreRefusedByName() throws Exception {
        byte[] half = new byte[13 * 1024 * 1024];

        var sent = answer(multipart("/inbox/" + id + "/answers")
                .file(new MockMultipartFile("files", "a.bin", "application/octet-stream", half))
                .file(new MockMultipartFile("files", "b.bin", "application/octet-stream", half))
                .with(csrf())
                .header("HX-Request", "true")
                .param("to", "ann@example.com")
                .param("text", "See attached"));

        assertThat(sent.getStatus()).isEqualTo(422);
        assertThat(sent.getContentAsString()).contains("Attachments", "25 MB");
        assertThat(messages()).hasSize(1);
    }

    @Test
    void sendAndCloseDoesBoth() throws Exception {
        var sent = send("/inbox/" + id + "/answers", "to", "ann@example.com", "text", "Done", "then", "close");

        assertThat(sent.getHeader("HX-Trigger-After-Swap")).contains("inbox:closed", "waiting");
        assertThat(state()).isEqualTo(State.CLOSED);
        assertThat(messages()).hasSize(2);
    }

    @Test
    void closingCanBeTakenBack() throws Exception {
        var closed = press("/inbox/" + id + "/close");
        assertThat(closed.getHeader("HX-Trigger-After-Swap")).contains("\"before\":\"new\"");
        assertThat(closed.getContentAsString()).contains("Reopen");
        assertThat(state()).isEqualTo(State.CLOSED);

        press("/inbox/" + id + "/reopen?to=new");

        assertThat(state()).isEqualTo(State.NEW);
    }

    @Test
    void withoutItsTokenNothingHappens() throws Exception {
        assertThat(answer(post("/inbox/" + id + "/close")).getStatus()).isEqualTo(403);
        assertThat(answer(multipart("/inbox/" + id + "/answers")
                                .param("to", "ann@example.com")
                                .param("text", "Hi"))
                        .getStatus())
                .isEqualTo(403);

        assertThat(state()).isEqualTo(State.NEW);
        assertThat(messages()).hasSize(1);
    }

    @Test
    void signedOutPeopleAreToldSoAndTheirPageStays() throws Exception {
        var sent = mvc.perform(
                        multipart("/inbox/" + id + "/answers").with(csrf()).header("HX-Request", "true"))
                .andReturn()
                .getResponse();

        assertThat(sent.getStatus()).isEqualTo(401);
        assertThat(sent.getHeader("X-Postroom-Session")).isNotBlank();
    }

    @Test
    void whatDoesNotExistIsNotFound() throws Exception {
        assertThat(press("/inbox/none/close").getStatus()).isEqualTo(404);
        assertThat(press("/inbox/none/reopen").getStatus()).isEqualTo(404);
        assertThat(press("/inbox/messages/none/try-again").getStatus()).isEqualTo(404);
        assertThat(send("/inbox/none/answers", "to", "a@b.example", "text", "x").getStatus())
                .isEqualTo(404);
    }
}
