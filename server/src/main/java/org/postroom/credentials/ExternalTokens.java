package org.postroom.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.credentials.TokenProblem.Needs;

/**
 * Tokens from a service of the company's own: an address of the channel, or a command that only the operator can name.
 * Either answers as a token endpoint does (RFC 6749 section 5); a command may print the bare token. Safe for use by many
 * threads; blocks its caller for half a minute at most.
 */
final class ExternalTokens {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int LARGEST = 64 * 1024;

    private final TokenEndpoint endpoint;
    private final Secrets secrets;
    private final List<String> command;

    /**
     * Tokens by this command.
     *
     * @param command the operator's, with its arguments; empty if there is none
     */
    ExternalTokens(TokenEndpoint endpoint, Secrets secrets, List<String> command) {
        this.endpoint = endpoint;
        this.secrets = secrets;
        this.command = List.copyOf(command);
    }

    /** Asks for a token. Whatever goes wrong becomes an answer. */
    TokenAnswer ask(OAuthClient client) {
        String service = Objects.requireNonNull(client.auth().tokenService());
        return service.equals(Authentication.OAuth2.COMMAND) ? run(client) : call(client, URI.create(service));
    }

    private TokenAnswer call(OAuthClient client, URI address) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("user", user(client));
        form.put("mailbox", client.mailbox());
        form.put("scope", String.join(" ", client.needed()));
        String authorization = secrets.get(client.channelId(), Purpose.CLIENT_SECRET)
                .map(secret -> "Bearer " + secret)
                .orElse(null);
        return endpoint.ask(client, address, form, authorization);
    }

    private static String user(OAuthClient client) {
        String user = client.auth().signInUser();
        return user == null ? client.mailbox() : user;
    }

    private TokenAnswer run(OAuthClient client) {
        if (command.isEmpty()) {
            return new TokenAnswer.Refused(new TokenProblem(
                    Needs.SETTINGS,
                    "The channel gets its tokens from the operator's command, and none is configured.",
                    "Set POSTROOM_TOKEN_COMMAND and restart Postroom, or enter the address of a token service.",
                    "no_token_command",
                    null,
                    null));
        }
        try {
            return ended(start(client));
        } catch (IOException e) {
            return failed("The token command cannot be run: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed("The token command was interrupted.");
        }
    }

    private Process start(OAuthClient client) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        // Postroom's own key and passwords are none of the command's business.
        environment.keySet().removeIf(name -> name.startsWith("POSTROOM_"));
        environment.put("POSTROOM_TOKEN_USER", user(client));
        environment.put("POSTROOM_TOKEN_MAILBOX", client.mailbox());
        environment.put("POSTROOM_TOKEN_SCOPE", String.join(" ", client.needed()));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
        return builder.start();
    }

    private TokenAnswer ended(Process process) throws IOException, InterruptedException {
        Thread guard = Thread.startVirtualThread(() -> stopLate(process));
        try (InputStream out = process.getInputStream()) {
            byte[] printed = out.readNBytes(LARGEST + 1);
            if (printed.length > LARGEST) {
                process.destroyForcibly();
                return failed("The token command printed more than 64 KB.");
            }
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return failed("The token command did not end within " + PATIENCE.toSeconds() + " seconds.");
            }
            int status = process.exitValue();
            return status == 0
                    ? endpoint.printed(new String(printed, StandardCharsets.UTF_8).strip())
                    : failed("The token command ended with status " + status + ".");
        } finally {
            guard.interrupt();
            process.destroyForcibly();
        }
    }

    private static void stopLate(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TokenAnswer failed(String what) {
        return new TokenAnswer.TryLater(
                new TokenProblem(
                        Needs.WAITING,
                        what,
                        "Postroom tries again by itself; run the command by hand, as Postroom's user, if it lasts.",
                        "token_command",
                        null,
                        null),
                PAUSE);
    }
}
