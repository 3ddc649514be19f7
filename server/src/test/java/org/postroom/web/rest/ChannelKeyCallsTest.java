package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postroom.person.Role;
import org.postroom.secure.TestAuthority;
import org.postroom.secure.TestMails;
import org.postroom.store.tables.Tables;

/** Keys of a channel, and messages that open once the key is there. */
class ChannelKeyCallsTest extends RestTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("Contoso Mail CA");
    private static final TestAuthority.Identity SUPPORT = AUTHORITY.rsaFor("support@contoso.test");
    private static final String ENTITY = """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            The parcel is green.
            --b
            Content-Type: application/pdf; name=bill.pdf
            Content-Disposition: attachment; filename=bill.pdf

            %PDF inside
            --b--
            """.replace("\n", "\r\n");

    private static String body(byte[] file, String passphrase) {
        return JSON.writeValueAsString(
                Map.of("file", Base64.getEncoder().encodeToString(file), "passphrase", passphrase));
    }

    @Test
    void listsWhatWasAddedWithoutAnythingSecret() {
        String channel = addChannel();

        Answer added =
                post("/api/v1/channels/" + channel + "/keys", body(SUPPORT.pkcs12("open sesame"), "open sesame"));
        Answer list = get("/api/v1/channels/" + channel + "/keys");

        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(list.at("/items/0/purpose")).isEqualTo("own");
        assertThat(list.at("/items/0/standard")).isEqualTo("smime");
        assertThat(list.at("/items/0/addresses/0")).isEqualTo("support@contoso.test");
        assertThat(list.at("/items/0/validUntil"))
                .isEqualTo(TestAuthority.NOW.plus(Duration.ofDays(300)).toString());
        assertThat(list.at("/items/1/purpose")).isEqualTo("authority");
        assertThat(list.text()).doesNotContain("open sesame", "secret", "sealed", "PRIVATE");
        assertThat(database.read(sql -> sql.fetch(Tables.CHANNEL_KEY)).format())
                .doesNotContain(
                        "open sesame",
                        Base64.getEncoder().encodeToString(SUPPORT.key().getEncoded()));
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        String keys = "/api/v1/channels/" + addChannel() + "/keys";

        assertThat(post(keys, body(SUPPORT.pkcs12("right"), "wrong")).wrongFields())
                .containsExactly("passphrase");
        assertThat(post(keys, body(SUPPORT.pkcs12("right"), "")).wrongFields()).containsExactly("passphrase");
        assertThat(post(keys, body("no key at all".getBytes(StandardCharsets.UTF_8), ""))
                        .wrongFields())
                .containsExactly("file");
        assertThat(post(keys, "{}").wrongFields()).containsExactly("file");
        assertThat(post(keys, JSON.writeValueAsString(Map.of("file", TestAuthority.pem(SUPPORT.key()))))
                        .text())
                .contains("certificate is missing");
        assertThat(post(keys, body(new byte[(1 << 20) + 1], "")).wrongFields()).containsExactly("file");
        assertThat(get(keys).json().path("items").size()).isZero();
    }

    @Test
    void deletesAKey() {
        String keys = "/api/v1/channels/" + addChannel() + "/keys";
        String id = post(keys, JSON.writeValueAsString(Map.of("file", TestAuthority.pem(AUTHORITY.certificate))))
                .at("/items/0/id");

        assertThat(delete(keys + "/" + id).status()).isEqualTo(204);
        assertThat(delete(keys + "/" + id).status()).isEqualTo(404);
        assertThat(get(keys).json().path("items").size()).isZero();
    }

    @Test
    void isForAdministratorsAlone() {
        String keys = "/api/v1/channels/" + addChannel() + "/keys";

        assertThat(call("POST", keys, "{}", keyOf(Role.AGENT), Map.of()).status())
                .isEqualTo(403);
    }

    @Test
    void opensAMessageOnceTheKeyIsThere() {
        String channel = addChannel();
        String conversation =
                receive(channel, TestMails.encrypted(SUPPORT, ENTITY).replace("\r\n", "\n"));
        String message = get("/api/v1/conversations/" + conversation).at("/messages/0/id");
        assertThat(get("/api/v1/messages/" + message).at("/attachments/0/name")).isEqualTo("smime.p7m");

        post("/api/v1/channels/" + channel + "/keys", body(SUPPORT.pkcs12("open sesame"), "open sesame"));
        Answer before = get("/api/v1/messages/" + message + "/attachments/0");
        Answer again = post("/api/v1/messages/" + message + "/reread", null);
        Answer file = get("/api/v1/messages/" + message + "/attachments/0");

        assertThat(before.text()).doesNotContain("%PDF");
        assertThat(again.at("/text")).contains("The parcel is green.");
        assertThat(again.at("/attachments/0/name")).isEqualTo("bill.pdf");
        assertThat(file.text()).contains("%PDF inside");
        assertThat(conversations.message(message).orElseThrow().findings().protection())
                .extracting("encryption")
                .hasToString("DECRYPTED");
    }

    @Test
    void readsNoMessageAgainThatIsNotThere() {
        assertThat(post("/api/v1/messages/none/reread", null).status()).isEqualTo(404);
    }
}
