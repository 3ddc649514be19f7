package org.postroom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code postroom demo}: the server and the Microsoft 365 simulator together, with a channel connected. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Start everything on this machine with a simulated Microsoft 365, and customers who write.")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "Port of the web pages and REST; 8025 if not given.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder; a fresh one, deleted at the end, if not given.")
    private Optional<Path> data = Optional.empty();

    @Spec
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Ports.check(spec, port);
        boolean fresh = data.isEmpty();
        Path folder = fresh ? Files.createTempDirectory("postroom-demo") : data.get();
        SimulatorProcess simulator = SimulatorProcess.start(folder.resolve("simulator"));
        // Behind the server's own end: it shall not take the simulator's end for a failing mail server.
        SpringApplication.getShutdownHandlers().add(simulator::close);
        if (fresh) {
            SpringApplication.getShutdownHandlers().add(() -> delete(folder));
        }
        try {
            Map<String, Object> settings = Map.of(
                    "postroom.allowed-networks", "127.0.0.0/8,::1",
                    "postroom.trusted-ca", simulator.endpoints().path("ca").asString(),
                    "logging.level.root", "warn",
                    // The demo makes its own administrator, so the link for the first one leads nowhere.
                    "logging.level.org.postroom.access.FirstRun", "warn");
            var context = ServerStart.start(port.or(() -> Optional.of(8025)), Optional.of(folder), settings);
            int listening = ServerStart.port(context);
            new Demo(context, simulator.endpoints(), listening).prepare();
            tell(spec.commandLine().getOut(), listening, simulator);
        } catch (RuntimeException | IOException | InterruptedException e) {
            simulator.close();
            throw e;
        }
        return Background.RUNS_ON;
    }

    private static void tell(PrintWriter out, int port, SimulatorProcess simulator) {
        out.println();
        out.println("Postroom is up:   http://localhost:" + port + "/");
        out.println("Sign in as:       " + Demo.EMAIL + "   password: " + Demo.PASSWORD);
        out.println();
        out.println("The channel \"Contoso Support\" reads the shared mailbox support@contoso.test of a simulated");
        out.println("Microsoft 365; svc@contoso.test signed in for it. Ann and Ben write in a few seconds, Carla");
        out.println("keeps answering. What to try:");
        out.println("  1. Inbox: open Ann's mail, write an answer, press Send; see it go from Sending to Sent.");
        out.println("  2. Channels: open Contoso Support, press Test connection.");
        out.println("  3. See what the customers got: "
                + simulator.endpoints().path("control").asString() + "/");
        out.println("Ctrl-C stops all of it.");
        out.flush();
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("The demo's folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }
}
