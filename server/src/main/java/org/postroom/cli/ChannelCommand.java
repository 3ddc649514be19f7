package org.postroom.cli;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postroom channel}: the channels of a running server, by its REST calls. */
@Command(
        name = "channel",
        mixinStandardHelpOptions = true,
        description = {
            "List, show, add, test and switch the channels of a running server.",
            "POSTROOM_URL names the server (http://localhost:8025 if not set), POSTROOM_API_KEY is the key."
        },
        subcommands = {
            ChannelListCommand.class,
            ChannelShowCommand.class,
            ChannelAddCommand.class,
            ChannelTestCommand.class,
            ChannelEnableCommand.class,
            ChannelDisableCommand.class
        })
public final class ChannelCommand implements Callable<Integer> {
    private final Map<String, String> environment;
    private final InputStream standardInput;

    @Spec
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private CommandSpec spec;

    /** With the process's own environment and standard input. */
    public ChannelCommand() {
        this(System.getenv(), System.in);
    }

    ChannelCommand(Map<String, String> environment, InputStream standardInput) {
        this.environment = environment;
        this.standardInput = standardInput;
    }

    Map<String, String> environment() {
        return environment;
    }

    InputStream standardInput() {
        return standardInput;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "What about channels? See postroom channel --help");
    }
}
