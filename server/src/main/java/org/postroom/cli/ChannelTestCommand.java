package org.postroom.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code postroom channel test}: the diagnosis; exit status 1 if a step fails. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Try a channel step by step; changes nothing on the mail servers.")
final class ChannelTestCommand extends ChannelCall {
    @Parameters(paramLabel = "NAME_OR_ID", description = "The channel.")
    private String channel = "";

    @Override
    int run(PostroomClient server) throws ClientProblem {
        String id = text(find(server, channel), "/id");
        JsonNode report = server.post("/channels/" + PostroomClient.encoded(id) + "/test", null);
        boolean ok = report.path("ok").asBoolean(false);
        if (json()) {
            out().println(report);
            return ok ? 0 : 1;
        }
        DoctorPrint.to(out()).report(report);
        out().println(ok ? "The channel works." : "The channel does not work.");
        return ok ? 0 : 1;
    }
}
