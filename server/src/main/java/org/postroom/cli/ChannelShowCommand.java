package org.postroom.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code postroom channel show}. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Show one channel, its state and its counts.")
final class ChannelShowCommand extends ChannelCall {
    @Parameters(paramLabel = "NAME_OR_ID", description = "The channel.")
    private String channel = "";

    @Override
    int run(PostroomClient server) throws ClientProblem {
        JsonNode found = find(server, channel);
        if (json()) {
            out().println(found);
            return 0;
        }
        show("", found);
        JsonNode health = server.get("/channels/" + PostroomClient.encoded(text(found, "/id")) + "/health");
        show("health.", health);
        return 0;
    }

    private void show(String prefix, JsonNode object) {
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            if (value.isObject()) {
                show(prefix + member.getKey() + ".", value);
            } else if (!value.isNull() && !(value.isArray() && value.isEmpty())) {
                out().printf("%-32s %s%n", prefix + member.getKey(), printable(words(value)));
            }
        }
    }

    private static String words(JsonNode value) {
        return value.isString() ? value.stringValue() : value.toString();
    }
}
