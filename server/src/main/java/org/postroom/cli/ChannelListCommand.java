package org.postroom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** {@code postroom channel list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "List all channels and how they fare.")
final class ChannelListCommand extends ChannelCall {
    private static final List<String> COLUMNS = List.of("name", "address", "state", "id");

    @Override
    int run(PostroomClient server) throws ClientProblem {
        List<JsonNode> channels = server.all("/channels");
        if (json()) {
            ArrayNode all = JsonMapper.shared().createArrayNode().addAll(channels);
            out().println(all);
            return 0;
        }
        if (channels.isEmpty()) {
            out().println("There is no channel yet. Add one with postroom channel add, or on the page Channels.");
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(COLUMNS.stream().map(column -> column.toUpperCase(Locale.ROOT)).toList());
        for (JsonNode channel : channels) {
            rows.add(COLUMNS.stream()
                    .map(column -> printable(text(channel, "/" + column)))
                    .toList());
        }
        print(rows);
        return 0;
    }

    private void print(List<List<String>> rows) {
        int[] widths = new int[COLUMNS.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
            }
            out().println(line.toString().stripTrailing());
        }
    }
}
