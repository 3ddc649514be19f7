package org.postroom.simulator;

import java.nio.file.Path;
import java.util.Optional;
import org.postroom.simulator.scenario.Scenario.CustomersWrite;

/**
 * How to start a simulator.
 *
 * @param portBase 0 for any free ports; else six ports from this one on are taken
 * @param data folder for the certificates, kept between starts; empty for a temporary one
 * @param customersWrite overrides what the scenario says
 */
public record SimulatorOptions(int portBase, Optional<Path> data, Optional<CustomersWrite> customersWrite) {
    /** Free ports, a temporary folder, and customers who write only when told: what a test wants. */
    public static SimulatorOptions forTests() {
        return new SimulatorOptions(0, Optional.empty(), Optional.of(CustomersWrite.ON_DEMAND));
    }

    /** The same with its certificates in a folder that is kept. */
    public SimulatorOptions data(Path folder) {
        return new SimulatorOptions(portBase, Optional.of(folder), customersWrite);
    }

    /** The same on six ports from this one on. */
    public SimulatorOptions portBase(int first) {
        return new SimulatorOptions(first, data, customersWrite);
    }

    /** The same with customers who write when the scenario says. */
    public SimulatorOptions customersAsScenario() {
        return new SimulatorOptions(portBase, data, Optional.empty());
    }
}
