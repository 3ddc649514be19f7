package org.postroom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The program {@code postroom}: one command per task. Exit 0 fine, 1 a problem was found, 2 wrong usage. */
@Command(
        name = "postroom",
        description = "Email channels for contact centres and service desks.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            SimulatorForward.class,
            ParseCommand.class,
            ThreadCommand.class,
            FetchCommand.class,
            DoctorCommand.class,
            ChannelCommand.class,
            Xoauth2Command.class,
            TrainCommand.class,
        })
public final class PostroomCommand implements Callable<Integer> {
    @Option(names = "--debug", description = "Show stack traces.", scope = ScopeType.INHERIT)
    private boolean debug;

    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        int status = run(args);
        if (status != Background.RUNS_ON) {
            System.exit(status);
        }
    }

    /** Runs a command; the status, or {@link Background#RUNS_ON} if it goes on in the background. */
    static int run(String... args) {
        PostroomCommand root = new PostroomCommand();
        CommandLine line = new CommandLine(root);
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            command.getErr().println("postroom " + command.getCommandName() + ": " + Words.of(e));
            if (root.debug) {
                e.printStackTrace(command.getErr());
            }
            return 1;
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line.execute(args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                java.util.Objects.requireNonNull(spec).commandLine(), "Which command? See postroom --help");
    }
}
