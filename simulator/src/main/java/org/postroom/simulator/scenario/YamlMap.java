package org.postroom.simulator.scenario;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One mapping of the file; every complaint names the line and the path of the field. */
final class YamlMap {
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>\"]+@[^@\\s<>\"]+\\.[^@\\s<>\"]+");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String file;
    private final String path;
    private final Node node;
    private final Map<String, Node> fields = new LinkedHashMap<>();

    YamlMap(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
        if (!(node instanceof MappingNode mapping)) {
            throw complaint(node, path.isEmpty() ? "the file" : path, "must be a mapping of fields");
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            if (fields.put(key, tuple.getValueNode()) != null) {
                throw complaint(tuple.getKeyNode(), at(key), "is given twice; remove one");
            }
        }
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private ScenarioException complaint(Node where, String field, String text) {
        int line = where.getStartMark().getLine() + 1;
        return new ScenarioException(file + " line " + line + ": " + field + " " + text);
    }

    ScenarioException complaint(String key, String text) {
        return complaint(fields.getOrDefault(key, node), at(key), text);
    }

    private Optional<Node> field(String key) {
        return Optional.ofNullable(fields.get(key))
                .filter(found -> !(found instanceof ScalarNode scalar
                        && scalar.getTag().getValue().endsWith(":null")));
    }

    Optional<String> text(String key) {
        return field(key).map(found -> scalar(found, at(key)));
    }

    private String scalar(Node found, String field) {
        if (found instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw complaint(found, field, "must be a single value");
    }

    String requiredText(String key) {
        return text(key).filter(value -> !value.isBlank()).orElseThrow(() -> complaint(key, "is missing; add it"));
    }

    String address(String key) {
        String value = requiredText(key);
        if (!ADDRESS.matcher(value).matches()) {
            throw complaint(key, "must be an address such as pia@contoso.test, not '" + value + "'");
        }
        return value;
    }

    List<String> addresses(String key) {
        List<String> values = texts(key);
        for (String value : values) {
            if (!ADDRESS.matcher(value).matches() && !GUID.matcher(value).matches()) {
                throw complaint(key, "must list addresses such as pia@contoso.test, not '" + value + "'");
            }
        }
        return values;
    }

    String guid(String key) {
        String value = requiredText(key);
        if (!GUID.matcher(value).matches()) {
            throw complaint(key, "must be a GUID such as 6f1c…-…, not '" + value + "'");
        }
        return value;
    }

    boolean flag(String key, boolean otherwise) {
        return optionalFlag(key).orElse(otherwise);
    }

    Optional<Boolean> optionalFlag(String key) {
        return text(key).map(value -> switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw complaint(key, "must be true or false, not '" + value + "'");
        });
    }

    Optional<Duration> duration(String key) {
        return text(key).map(value -> {
            try {
                Duration duration = Duration.parse(value);
                if (duration.isNegative()) {
                    throw complaint(key, "must not be negative");
                }
                return duration;
            } catch (DateTimeException e) {
                throw complaint(key, "must be a duration such as PT8S or PT5M, not '" + value + "'");
            }
        });
    }

    Optional<Instant> instant(String key) {
        return text(key).map(value -> {
            try {
                return Instant.parse(value.length() == 10 ? value + "T00:00:00Z" : value);
            } catch (DateTimeException e) {
                throw complaint(key, "must be a date such as 2030-12-31, not '" + value + "'");
            }
        });
    }

    long number(String key, long otherwise) {
        return text(key)
                .map(value -> {
                    if (!value.matches("[0-9]{1,12}")) {
                        throw complaint(key, "must be a whole number, not '" + value + "'");
                    }
                    return Long.parseLong(value);
                })
                .orElse(otherwise);
    }

    List<String> texts(String key) {
        List<String> values = new ArrayList<>();
        for (Node item : items(key)) {
            values.add(scalar(item, at(key)));
        }
        return List.copyOf(values);
    }

    Optional<YamlMap> map(String key) {
        return field(key).map(found -> new YamlMap(file, at(key), found));
    }

    List<YamlMap> maps(String key) {
        List<YamlMap> maps = new ArrayList<>();
        for (Node item : items(key)) {
            maps.add(new YamlMap(file, at(key) + "[" + maps.size() + "]", item));
        }
        return List.copyOf(maps);
    }

    private List<Node> items(String key) {
        Optional<Node> found = field(key);
        if (found.isEmpty()) {
            return List.of();
        }
        if (found.get() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw complaint(key, "must be a list");
    }

    /** Complains about any other field: a misspelt switch must not be passed over. */
    YamlMap knows(String... keys) {
        List<String> known = List.of(keys);
        for (String key : fields.keySet()) {
            if (!known.contains(key)) {
                throw complaint(key, "is not a field here; known are " + String.join(", ", known));
            }
        }
        return this;
    }
}
