package org.postroom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.parse.MessageParser;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Mails of our own with what they must be understood as beside them. */
class ParseFixturesTest {
    private static final Path FOLDER = Path.of("src/test/resources/parse");
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private static final Set<String> MORE = Set.of("language", "preview");

    static List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".eml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mails")
    void isUnderstoodAsWrittenBeside(Path mail) throws IOException {
        String name = mail.getFileName().toString();
        Path expected = FOLDER.resolve(name.replace(".eml", ".json"));

        byte[] line;
        try (InputStream in = Files.newInputStream(mail)) {
            line = MessageJson.line(name, new MessageParser().read(in));
        }

        // What is more than the contract asks for is compared where the expectation names it.
        ObjectNode wanted = (ObjectNode) MAPPER.readTree(Files.readString(expected));
        ObjectNode found = (ObjectNode) MAPPER.readTree(line);
        List<String> more = found.propertyNames().stream()
                .filter(key -> !wanted.has(key) && MORE.contains(key))
                .toList();
        found.remove(more);
        assertThat(found.toPrettyString()).isEqualTo(wanted.toPrettyString());
    }

    @Test
    void thereAreFixtures() throws IOException {
        assertThat(mails()).hasSizeGreaterThanOrEqualTo(30);
    }
}
