package org.postroom.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/** Gives a server under test a data folder of its own, removed when the tests end. */
public final class FreshData implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path folder = Files.createTempDirectory("postroom-pages");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    FileSystemUtils.deleteRecursively(folder);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            TestPropertyValues.of(Map.of(
                            "postroom.store.data", folder.toString(),
                            "postroom.allowed-networks", "127.0.0.0/8",
                            "postroom.public-url", "",
                            "postroom.bootstrap-api-key", "",
                            "server.address", "127.0.0.1"))
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
