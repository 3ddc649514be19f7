package org.postroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code postroom channel add}: from a file in the JSON of REST, or from options. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Add a channel, from a file or from options.",
            "Secrets come from POSTROOM_PASSWORD or POSTROOM_CLIENT_SECRET, or stand in the file."
        })
final class ChannelAddCommand extends ChannelCall {
    private static final int LARGEST = 1 << 20;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // filled by picocli before call
    private From from;

    /** One of the two. */
    static final class From {
        @Option(names = "--file", required = true, paramLabel = "FILE", description = "Its JSON; - for standard input.")
        private @Nullable String file;

        @ArgGroup(exclusive = false, heading = "Or by options:%n")
        private @Nullable ChannelOptions options;
    }

    @Override
    int run(PostroomClient server) throws ClientProblem {
        ObjectNode channel = from.options == null ? read(String.valueOf(from.file)) : options(from.options);
        addSecrets(channel, parent().environment());
        JsonNode added = server.post("/channels", channel);
        if (json()) {
            out().println(added);
            return 0;
        }
        out().println("Added " + printable(text(added, "/name")) + " (" + text(added, "/id") + ").");
        boolean signIn = text(added, "/authentication/type").equals("oauth2");
        out().println(
                        signIn
                                ? "Somebody has to sign in for it: open it on the page Channels and press Connect."
                                : "Try it: postroom channel test " + text(added, "/id"));
        return 0;
    }

    private ObjectNode options(ChannelOptions options) {
        if (!options.idle().isEmpty()) {
            throw new ParameterException(
                    spec().commandLine(),
                    String.join(", ", options.idle()) + " without --smtp-host: nothing would be sent");
        }
        return options.json();
    }

    private ObjectNode read(String file) throws ClientProblem {
        try (InputStream in = file.equals("-") ? parent().standardInput() : Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new ClientProblem(1, file + " is larger than any channel");
            }
            if (JsonMapper.shared().readTree(bytes) instanceof ObjectNode channel) {
                return channel;
            }
            throw new ClientProblem(1, file + " is not a JSON object");
        } catch (JacksonException e) {
            throw new ClientProblem(
                    1,
                    file + " is not JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new ClientProblem(2, "there is no file " + file);
        } catch (IOException e) {
            throw new ClientProblem(1, file + " cannot be read: " + e.getMessage());
        }
    }

    /** The environment's secret counts, where the way of signing in has use for it. */
    private static void addSecrets(ObjectNode channel, Map<String, String> environment) {
        if (channel.get("authentication") instanceof ObjectNode authentication) {
            boolean oauth = authentication.path("type").asString("").equals("oauth2");
            String secret = environment.getOrDefault(oauth ? "POSTROOM_CLIENT_SECRET" : "POSTROOM_PASSWORD", "");
            if (!secret.isEmpty()) {
                authentication.put(oauth ? "clientSecret" : "password", secret);
            }
        }
    }
}
