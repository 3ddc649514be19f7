package org.postroom.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the running program. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"postroom " + Objects.requireNonNullElse(version, "(development)")};
    }
}
