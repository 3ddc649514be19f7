package org.postroom.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.scenario.ScenarioException;

/** The program: prints where its servers are as JSON on the first line, then runs until it is stopped. */
public final class SimulatorCommand {
    private static final String HELP = """
            Usage: simulator [--port-base N] [--scenario FILE] [--data DIR] [--exit-with-stdin]

            Microsoft 365 as far as mail goes, on 127.0.0.1: Entra ID, Exchange Online by IMAP and SMTP,
            customers who write, and a control page. The first line printed is JSON with all addresses.

              --port-base N      take six ports from N on (default: any free ones)
              --scenario FILE    the organisation as YAML (default: contoso.test)
              --data DIR         keep the certificate authority here (default: a temporary folder)
              --exit-with-stdin  stop when standard input ends
              --help             this text
            """;

    private SimulatorCommand() {}

    /** A wrong command line. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** What the command line asks for. */
    record Arguments(int portBase, Optional<Path> scenario, Optional<Path> data, boolean exitWithStdin, boolean help) {
        static Arguments parse(String... args) throws UsageException {
            Arguments parsed = new Arguments(0, Optional.empty(), Optional.empty(), false, false);
            for (int i = 0; i < args.length; i++) {
                String name = args[i];
                switch (name) {
                    case "--help", "-h" -> parsed = new Arguments(0, parsed.scenario, parsed.data, false, true);
                    // Nothing to add: the simulator's log tells all there is. Taken as by every command.
                    case "--debug" -> {}
                    case "--exit-with-stdin" ->
                        parsed = new Arguments(parsed.portBase, parsed.scenario, parsed.data, true, parsed.help);
                    case "--port-base", "--scenario", "--data" -> {
                        if (++i >= args.length || args[i].startsWith("--")) {
                            throw new UsageException(name + " needs a value");
                        }
                        parsed = parsed.with(name, args[i]);
                    }
                    default -> throw new UsageException("unknown argument '" + name + "'");
                }
            }
            return parsed;
        }

        private Arguments with(String name, String value) throws UsageException {
            return switch (name) {
                case "--port-base" -> new Arguments(port(value), scenario, data, exitWithStdin, help);
                case "--scenario" -> new Arguments(portBase, Optional.of(Path.of(value)), data, exitWithStdin, help);
                default -> new Arguments(portBase, scenario, Optional.of(Path.of(value)), exitWithStdin, help);
            };
        }

        private static int port(String value) throws UsageException {
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_530) {
                throw new UsageException("--port-base must be a number from 0 to 65530, not '" + value + "'");
            }
            return Integer.parseInt(value);
        }
    }

    /** Starts the simulator. */
    public static void main(String[] args) throws InterruptedException {
        int status = run(args, System.out, System.err);
        if (status >= 0) {
            System.exit(status);
        }
        CountDownLatch never = new CountDownLatch(1);
        never.await();
    }

    /** The exit status, or -1 when the simulator runs. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.parse(args);
            if (arguments.help()) {
                out.print(HELP);
                return 0;
            }
            Scenario scenario = arguments.scenario().isPresent()
                    ? Scenario.read(arguments.scenario().get())
                    : Scenario.bundled();
            SimulatorOptions options = new SimulatorOptions(arguments.portBase(), arguments.data(), Optional.empty());
            Simulator simulator = Simulator.start(scenario, options);
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "stop"));
            out.println(simulator.endpoints().json());
            out.flush();
            err.println("Microsoft 365 simulator is up; control page at "
                    + simulator.endpoints().control() + "/");
            if (arguments.exitWithStdin()) {
                Thread.ofPlatform().daemon().name("stdin").start(SimulatorCommand::exitWithStdin);
            }
            return -1;
        } catch (UsageException e) {
            err.println("simulator: " + e.getMessage() + "; --help shows what there is");
            return 2;
        } catch (ScenarioException e) {
            err.println("simulator: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            err.println("simulator: cannot start: " + e.getMessage());
            return 1;
        }
    }

    private static void exitWithStdin() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("simulator: standard input is lost; stopping");
        }
        System.exit(0);
    }
}
