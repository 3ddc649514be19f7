package org.postroom.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code postroom channel enable}. */
@Command(name = "enable", mixinStandardHelpOptions = true, description = "Switch a channel on.")
final class ChannelEnableCommand extends ChannelCall {
    @Parameters(paramLabel = "NAME_OR_ID", description = "The channel.")
    private String channel = "";

    @Override
    int run(PostroomClient server) throws ClientProblem {
        String id = text(find(server, channel), "/id");
        JsonNode now = server.post("/channels/" + PostroomClient.encoded(id) + "/enable", null);
        out().println(json() ? now.toString() : printable(text(now, "/name")) + " is on.");
        return 0;
    }
}
