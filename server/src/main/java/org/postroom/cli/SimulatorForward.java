package org.postroom.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code postroom simulator}: Microsoft 365 as far as mail goes, a program of its own. */
@Command(
        name = "simulator",
        description = "Start the Microsoft 365 simulator alone; prints its ports as JSON on the first line.")
final class SimulatorForward implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "Its arguments; see simulator --help.")
    private List<String> arguments = new ArrayList<>();

    @picocli.CommandLine.Unmatched
    private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(options);
        all.addAll(arguments);
        Process process = new ProcessBuilder(SimulatorProcess.commandLine(all))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }
}
