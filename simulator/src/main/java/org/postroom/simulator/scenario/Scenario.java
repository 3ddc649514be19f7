package org.postroom.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.postroom.simulator.organisation.Organisation;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * The organisation a file describes, and what happens in it.
 *
 * @param organisation made new from the file, not shared between simulators
 * @param customersWrite when customers begin to write
 * @param tokens how long codes and access tokens live
 */
public record Scenario(Organisation organisation, CustomersWrite customersWrite, TokenLives tokens) {
    /** When customers begin to write. */
    public enum CustomersWrite {
        ON_START,
        ON_DEMAND
    }

    /** The organisation that comes with the simulator, contoso.test. */
    public static Scenario bundled() {
        try (InputStream in = Objects.requireNonNull(
                Scenario.class.getResourceAsStream("/org/postroom/simulator/contoso.yaml"), "contoso.yaml")) {
            return parse("contoso.yaml", new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a scenario file.
     *
     * @throws ScenarioException if the file cannot be read or says something wrong, naming line and field
     */
    public static Scenario read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (MalformedInputException e) {
            throw new ScenarioException(file + ": is not UTF-8 text; save it as UTF-8");
        } catch (IOException e) {
            throw new ScenarioException(file + ": cannot be read; check the path and its permissions");
        }
    }

    /**
     * Reads a scenario from text.
     *
     * @param name stands in messages for the file
     * @throws ScenarioException naming line and field
     */
    public static Scenario parse(String name, String yaml) {
        try {
            Node root = new Yaml(new LoaderOptions())
                    .compose(new UnicodeReader(new java.io.ByteArrayInputStream(yaml.getBytes(UTF_8))));
            if (root == null) {
                throw new ScenarioException(name + ": is empty; begin with 'tenants:'");
            }
            return new ScenarioReader(new YamlMap(name, "", root)).read();
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw new ScenarioException(name + " line " + line + ": is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            throw new ScenarioException(name + ": is not YAML: " + e.getMessage());
        }
    }
}
