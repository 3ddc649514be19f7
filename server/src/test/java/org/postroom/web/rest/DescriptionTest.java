package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DescriptionTest extends RestTest {
    private static final Path GOLDEN = Path.of("src/test/resources/openapi.json");
    private static final Path FOUND = Path.of("target/openapi.json");

    /** A wanted change: look at the difference, then copy target/openapi.json over the golden file. */
    @Test
    void descriptionIsTheGoldenOne() throws IOException {
        Answer description = call("GET", "/api/openapi.json", null, null, Map.of());
        Files.writeString(FOUND, description.text().strip() + "\n");

        assertThat(description.status()).isEqualTo(200);
        assertThat(FOUND).hasSameTextualContentAs(GOLDEN);
    }

    @Test
    void descriptionNamesEveryCallOfTheContractSoFar() {
        var paths =
                call("GET", "/api/openapi.json", null, null, Map.of()).json().path("paths");

        assertThat(paths.propertyNames())
                .contains(
                        "/api/v1/channels",
                        "/api/v1/channels/{id}",
                        "/api/v1/channels/{id}/test",
                        "/api/v1/channels/{id}/connect",
                        "/api/v1/channels/{id}/enable",
                        "/api/v1/channels/{id}/disable",
                        "/api/v1/channels/{id}/fetch-now",
                        "/api/v1/channels/{id}/reread",
                        "/api/v1/channels/{id}/health",
                        "/api/v1/conversations",
                        "/api/v1/conversations/{id}",
                        "/api/v1/conversations/{id}/close",
                        "/api/v1/conversations/{id}/reopen",
                        "/api/v1/conversations/{id}/replies",
                        "/api/v1/messages",
                        "/api/v1/messages/{id}",
                        "/api/v1/messages/{id}/raw",
                        "/api/v1/messages/{id}/attachments/{number}",
                        "/api/v1/quarantine",
                        "/api/v1/quarantine/{id}/retry",
                        "/api/v1/quarantine/{id}/import",
                        "/api/v1/quarantine/{id}/discard",
                        "/api/v1/events",
                        "/api/v1/api-keys",
                        "/api/v1/api-keys/{id}");
    }
}
