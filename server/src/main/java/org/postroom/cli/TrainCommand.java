package org.postroom.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code postroom train}: starts and stops the server once, so that the start-up cache learns what a start needs. */
@Command(name = "train", hidden = true, mixinStandardHelpOptions = true, description = "Make the start-up cache.")
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "A throwaway data folder.")
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private Path data;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var context = ServerStart.start(Optional.of(0), Optional.of(data), Map.of());
                HttpClient http = HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build()) {
            for (String path : List.of("/actuator/health", "/sign-in", "/api/v1/channels", "/")) {
                URI address = URI.create("http://localhost:" + ServerStart.port(context) + path);
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
            }
        }
        return 0;
    }
}
