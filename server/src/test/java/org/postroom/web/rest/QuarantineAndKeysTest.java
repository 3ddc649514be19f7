package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.store.tables.Tables.INBOUND;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postroom.store.RawStore.Staged;

class QuarantineAndKeysTest extends RestTest {
    private String quarantine(String channel, String sha256) {
        return quarantine(channel, sha256, 7);
    }

    private String quarantine(String channel, String sha256, long size) {
        String id = UUID.randomUUID().toString();
        database.write(sql -> sql.insertInto(INBOUND)
                .set(INBOUND.ID, id)
                .set(INBOUND.CHANNEL_ID, channel)
                .set(INBOUND.SOURCE_ID, id)
                .set(INBOUND.SHA256, sha256)
                .set(INBOUND.SIZE, size)
                .set(INBOUND.STORED_AT, Instant.now())
                .set(INBOUND.ROUTED, true)
                .set(INBOUND.STATE, "quarantined")
                .set(INBOUND.TRIES, 3)
                .set(INBOUND.PROBLEM, "too deep")
                .set(INBOUND.AFTER_IMPORT, "none")
                .execute());
        return id;
    }

    @Test
    void quarantinedMessageIsShownTriedAgainAndDiscarded() {
        String channel = addChannel();
        String held = quarantine(channel, "ab".repeat(32));
        String lost = quarantine(channel, "");

        Answer list = get("/api/v1/quarantine");

        assertThat(list.text()).contains(held, lost, "too deep");
        assertThat(post("/api/v1/quarantine/" + held + "/retry", null).status()).isEqualTo(202);
        assertThat(post("/api/v1/quarantine/" + lost + "/retry", null).status()).isEqualTo(409);
        assertThat(post("/api/v1/quarantine/" + lost + "/discard", null).status())
                .isEqualTo(204);
        assertThat(get("/api/v1/quarantine").text()).doesNotContain(held, lost);
    }

    @Test
    void quarantinedMessageIsImportedByItsHeaderAlone() throws IOException {
        String channel = addChannel();
        String mail =
                "From: Ann <ann@fabrikam.test>\r\nSubject: Broken printer\r\nMessage-ID: <q1@fabrikam.test>\r\n\r\nx";
        Staged staged = raw.stage(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)), 10_000);
        raw.flush(List.of(staged));
        String held = quarantine(channel, staged.sha256(), staged.size());
        String lost = quarantine(channel, "");

        Answer imported = post("/api/v1/quarantine/" + held + "/import", null);

        assertThat(imported.status()).isEqualTo(201);
        Answer message = get("/api/v1/messages/" + imported.at("/message"));
        assertThat(message.at("/subject")).isEqualTo("Broken printer");
        assertThat(message.text())
                .contains("ann@fabrikam.test", "could not be understood", "without being understood: too deep");
        assertThat(get("/api/v1/messages/" + imported.at("/message") + "/raw").text())
                .isEqualTo(mail);
        assertThat(get("/api/v1/quarantine").text()).doesNotContain(held);
        assertThat(post("/api/v1/quarantine/" + held + "/import", null).status())
                .as("a second time")
                .isEqualTo(404);
        assertThat(post("/api/v1/quarantine/" + lost + "/import", null).status())
                .isEqualTo(409);
    }

    @Test
    void quarantineGoesOnWhereThePageBeforeEnded() {
        String channel = addChannel();
        List<String> put = List.of(quarantine(channel, ""), quarantine(channel, ""), quarantine(channel, ""));

        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            Answer page = get("/api/v1/quarantine?limit=2" + (next.isEmpty() ? "" : "&cursor=" + next));
            page.json().path("items").forEach(item -> seen.add(item.path("id").asString()));
            next = page.at("/next");
        } while (!next.isEmpty());

        assertThat(seen).doesNotHaveDuplicates().containsAll(put);
    }

    @Test
    void keyWorksUntilItIsTakenBack() {
        Answer made = post("/api/v1/api-keys", "{\"name\": \"export\", \"role\": \"supervisor\"}");
        String key = made.at("/key");

        assertThat(made.status()).isEqualTo(201);
        assertThat(call("GET", "/api/v1/conversations", null, key, Map.of()).status())
                .isEqualTo(200);
        assertThat(get("/api/v1/api-keys?limit=200").text())
                .contains(made.at("/id"))
                .doesNotContain(key);
        assertThat(delete("/api/v1/api-keys/" + made.at("/id")).status()).isEqualTo(204);
        assertThat(call("GET", "/api/v1/conversations", null, key, Map.of()).status())
                .isEqualTo(401);
    }

    @Test
    void wrongKeyFieldsAreNamed() {
        Answer refused = post("/api/v1/api-keys", "{\"name\": \" \", \"role\": \"king\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.wrongFields()).containsExactlyInAnyOrder("name", "role");
    }
}
