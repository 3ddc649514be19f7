package org.postroom.web.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import org.junit.jupiter.api.Test;
import org.postroom.access.CurrentPerson;
import org.postroom.person.Role;
import org.postroom.secure.TestAuthority;
import org.postroom.secure.TestMails;
import org.springframework.mock.web.MockMultipartFile;

/** Encrypted mail on its way in, to the agent's page, with keys from the channel's page. */
class ProtectedMailTest extends InboxFixture {
    private static final TestAuthority AUTHORITY = new TestAuthority("Contoso Mail CA");
    private static final TestAuthority.Identity SUPPORT = AUTHORITY.rsaFor("support@contoso.test");
    private static final String ENTITY = "Content-Type: text/plain\r\n\r\nThe parcel is green.\r\n";

    private CurrentPerson administrator() {
        return data.person("Ada", "ada-" + channel.id() + "@contoso.test", Role.ADMINISTRATOR);
    }

    private String channelPage(CurrentPerson by) throws Exception {
        return mvc.perform(get("/channels/email/" + channel.id()).with(authentication(data.signedIn(by))))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private void upload(CurrentPerson by, String passphrase) throws Exception {
        var file = new MockMultipartFile("file", "support.p12", "application/x-pkcs12", SUPPORT.pkcs12("open sesame"));
        var answer = mvc.perform(multipart("/channels/email/" + channel.id() + "/keys")
                        .file(file)
                        .param("passphrase", passphrase)
                        .with(csrf())
                        .with(authentication(data.signedIn(by))))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(302);
    }

    @Test
    void opensOnceTheKeyIsThere() throws Exception {
        var row = data.arrives(channel, TestMails.encrypted(SUPPORT, ENTITY));
        String closed = see("/inbox/" + row.id()).getContentAsString();
        String message = desk.open(row.id()).orElseThrow().messages().getLast().id();

        CurrentPerson ada = administrator();
        upload(ada, "open sesame");
        var pressed = press("/inbox/messages/" + message + "/reread");
        String opened = see("/inbox/" + row.id()).getContentAsString();

        assertThat(closed).contains("cannot be opened", "Contoso Mail CA", "Try again", "smime.p7m");
        assertThat(pressed.getStatus()).isEqualTo(204);
        assertThat(opened).contains("The parcel is green.", "Encrypted, opened").doesNotContain("/reread", "smime.p7m");
    }

    @Test
    void opensOnItsWayInWhereTheKeyIsThereBefore() throws Exception {
        upload(administrator(), "open sesame");

        var row = data.arrives(channel, TestMails.encrypted(SUPPORT, ENTITY));

        assertThat(see("/inbox/" + row.id()).getContentAsString()).contains("The parcel is green.");
    }

    @Test
    void listsKeysOnTheChannelsPageAndDeletesThem() throws Exception {
        CurrentPerson ada = administrator();
        String before = channelPage(ada);
        upload(ada, "open sesame");
        String page = channelPage(ada);
        int at = page.indexOf("/keys/") + 6;
        String key = page.substring(at, page.indexOf("/delete", at));
        mvc.perform(post("/channels/email/" + channel.id() + "/keys/" + key + "/delete")
                .with(csrf())
                .with(authentication(data.signedIn(ada))));
        String after = channelPage(ada);

        assertThat(before).contains("Encryption and signatures", "No keys yet");
        assertThat(page)
                .contains("support@contoso.test", "the channel&#39;s own", "Contoso Mail CA", "an authority&#39;s");
        assertThat(page).doesNotContain("open sesame");
        assertThat(after).doesNotContain(key);
    }

    @Test
    void changesNothingByAWrongPassphrase() throws Exception {
        CurrentPerson ada = administrator();

        upload(ada, "wrong");

        assertThat(channelPage(ada)).contains("No keys yet");
    }
}
