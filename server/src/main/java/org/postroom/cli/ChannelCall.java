package org.postroom.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** What the commands about channels share: the server, the way they print, and how they end. */
abstract class ChannelCall implements Callable<Integer> {
    @Option(names = "--json", description = "Print the server's JSON.")
    private boolean json;

    @ParentCommand
    private @Nullable ChannelCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    /**
     * Does what is asked.
     *
     * @return the exit status
     */
    abstract int run(PostroomClient server) throws ClientProblem;

    @Override
    public Integer call() {
        try {
            return run(PostroomClient.of(parent().environment()));
        } catch (ClientProblem problem) {
            PrintWriter err = spec().commandLine().getErr();
            err.println("postroom channel " + spec().name() + ": " + printable(problem.words()));
            problem.details().forEach(line -> err.println("  " + printable(line)));
            err.flush();
            return problem.status();
        } finally {
            out().flush();
        }
    }

    /** A channel by its id or its name, through all pages. */
    static JsonNode find(PostroomClient server, String nameOrId) throws ClientProblem {
        for (JsonNode channel : server.all("/channels")) {
            if (nameOrId.equals(text(channel, "/id")) || nameOrId.equals(text(channel, "/name"))) {
                return channel;
            }
        }
        throw new ClientProblem(1, "there is no channel '" + nameOrId + "'; postroom channel list shows all");
    }

    static String text(JsonNode node, String path) {
        return node.at(path).asString("");
    }

    /** Names come from elsewhere: what would steer a terminal is not printed. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    boolean json() {
        return json;
    }

    ChannelCommand parent() {
        return Objects.requireNonNull(parent);
    }

    CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }

    PrintWriter out() {
        return spec().commandLine().getOut();
    }
}
