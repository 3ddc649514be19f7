package org.postroom.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Checks a port that was typed. */
final class Ports {
    private Ports() {}

    static void check(CommandSpec spec, Optional<Integer> port) {
        if (port.isPresent() && (port.get() < 0 || port.get() > 65_535)) {
            throw new ParameterException(
                    spec.commandLine(), "--port must be a number from 0 to 65535, not " + port.get());
        }
    }
}
