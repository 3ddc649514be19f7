package org.postroom.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code postroom up}: the server, until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start the server. SQLite in the data folder, or PostgreSQL by POSTROOM_DATABASE_URL"
                + " (with _USERNAME and _PASSWORD).")
final class UpCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "Port of the web pages and REST; 8025 if not given.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder; POSTROOM_DATA, or ./data, if not given.")
    private Optional<Path> data = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        Ports.check(spec, port);
        var context = ServerStart.start(port, data, Map.of());
        CommandLine line = spec.commandLine();
        line.getOut().println("Postroom is up at http://localhost:" + ServerStart.port(context) + "/");
        line.getOut().println(ServerStart.firstAddress(context));
        line.getOut().flush();
        return Background.RUNS_ON;
    }
}
