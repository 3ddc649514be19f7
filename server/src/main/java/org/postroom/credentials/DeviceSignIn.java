package org.postroom.credentials;

import static org.postroom.store.tables.Tables.OAUTH_DEVICE;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.TokenProblem.Needs;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.OauthDeviceRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-in on another device (RFC 8628): a code and an address are shown, and the identity server is asked now and then
 * whether somebody has entered the code there. One at a time per channel. Safe for use by many threads and nodes.
 */
public final class DeviceSignIn {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Database database;
    private final Sealer sealer;
    private final TokenRequest request;
    private final Tokens tokens;
    private final AuthorizationServers servers;
    private final TokenEndpoint endpoint;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();

    DeviceSignIn(
            Database database,
            Sealer sealer,
            TokenRequest request,
            Tokens tokens,
            AuthorizationServers servers,
            TokenEndpoint endpoint,
            Clock clock) {
        this.database = database;
        this.sealer = sealer;
        this.request = request;
        this.tokens = tokens;
        this.servers = servers;
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /** Where a sign-in stands. */
    public enum State {
        WAITING,
        CONNECTED,
        FAILED
    }

    /**
     * A sign-in on another device.
     *
     * @param interval how long to leave between two questions
     * @param problem why it failed, or what keeps the answer from coming; null if all is well
     * @param user who signed in
     */
    public record Device(
            String userCode,
            String verificationUri,
            State state,
            Instant expires,
            Duration interval,
            Instant nextPoll,
            @Nullable TokenProblem problem,
            @Nullable String user) {}

    /** What came of starting one. */
    public sealed interface Start {
        /** Show its code. */
        record Shown(Device device) implements Start {}

        /** There is no code. */
        record Impossible(TokenProblem problem) implements Start {}
    }

    /** Gets a code; it replaces one that waits. */
    public Start start(OAuthClient client) {
        return switch (servers.of(client)) {
            case AuthorizationServers.Found.Missing(TokenProblem problem) -> new Start.Impossible(problem);
            case AuthorizationServers.Found.Server(AuthorizationServer server) -> start(client, server);
        };
    }

    private Start start(OAuthClient client, AuthorizationServer server) {
        URI address = server.device();
        if (address == null) {
            return new Start.Impossible(new TokenProblem(
                    Needs.SETTINGS,
                    "The identity server describes no sign-in by device code (device_authorization_endpoint).",
                    "Choose another grant.",
                    "no_device_endpoint",
                    null,
                    null));
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("scope", String.join(" ", SignIn.asked(client, server)));
        return switch (known(client, server, form)) {
            case TokenRequest.Form.Missing(TokenProblem problem) -> new Start.Impossible(problem);
            case TokenRequest.Form.Ready(var fields, var authorization) ->
                switch (endpoint.post(client, address, fields, authorization)) {
                    case TokenEndpoint.Document.Absent(TokenProblem problem) -> new Start.Impossible(problem);
                    case TokenEndpoint.Document.Json(JsonNode answer) -> kept(client, answer);
                };
        };
    }

    /** An application with a secret proves itself here too (RFC 8628 section 3.1); Microsoft wants its id alone. */
    private TokenRequest.Form known(OAuthClient client, AuthorizationServer server, Map<String, String> form) {
        if (client.auth().provider() != Provider.MICROSOFT) {
            return request.proven(client, server, form);
        }
        form.put("client_id", client.auth().clientId());
        return new TokenRequest.Form.Ready(form, null);
    }

    private Start kept(OAuthClient client, JsonNode answer) {
        String device = answer.path("device_code").asString("");
        String code = answer.path("user_code").asString("");
        String address = answer.path("verification_uri").asString("");
        if (device.isEmpty() || code.isEmpty() || !isWeb(address)) {
            return new Start.Impossible(new TokenProblem(
                    Needs.WAITING,
                    "The identity server's answer holds no code to show.",
                    "Check the authority if it lasts.",
                    "no_user_code",
                    null,
                    null));
        }
        Instant now = clock.instant();
        long life = Math.clamp(answer.path("expires_in").asLong(900), 30, LONGEST.toSeconds());
        long interval = Math.clamp(answer.path("interval").asLong(USUAL_INTERVAL.toSeconds()), 1, 60);
        OauthDeviceRecord row = new OauthDeviceRecord();
        row.setChannelId(client.channelId());
        row.setDeviceCodeSealed(sealer.seal(device, client.channelId() + "/device"));
        row.setUserCode(code);
        row.setVerificationUri(address);
        row.setIntervalSeconds(Math.toIntExact(interval));
        row.setState(State.WAITING.name());
        row.setCreatedAt(now);
        row.setExpiresAt(now.plusSeconds(life));
        row.setNextPollAt(now.plusSeconds(interval));
        database.write(sql -> {
            sql.deleteFrom(OAUTH_DEVICE)
                    .where(OAUTH_DEVICE.CHANNEL_ID.eq(client.channelId()))
                    .execute();
            return sql.insertInto(OAUTH_DEVICE).set(row).execute();
        });
        return new Start.Shown(device(row));
    }

    /** Only an address a person can open is shown as a link. */
    private static boolean isWeb(String address) {
        try {
            URI uri = URI.create(address);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Where a channel's sign-in stands; null if there is none. */
    public @Nullable Device of(String channelId) {
        OauthDeviceRecord row = database.read(sql -> sql.fetchOne(OAUTH_DEVICE, OAUTH_DEVICE.CHANNEL_ID.eq(channelId)));
        return row == null ? null : device(row);
    }

    /** Forgets a sign-in that is no longer of interest. */
    public void forget(String channelId) {
        database.write(sql -> sql.deleteFrom(OAUTH_DEVICE)
                .where(OAUTH_DEVICE.CHANNEL_ID.eq(channelId))
                .execute());
    }

    /**
     * Asks the identity server whether somebody has entered the code; stores the tokens if so.
     *
     * @return where the sign-in stands now; null if there is none
     */
    public @Nullable Device poll(OAuthClient client) {
        return database.locked("device/" + client.channelId(), sql -> {
            OauthDeviceRecord row =
                    database.read(s -> s.fetchOne(OAUTH_DEVICE, OAUTH_DEVICE.CHANNEL_ID.eq(client.channelId())));
            if (row == null || !row.getState().equals(State.WAITING.name())) {
                return row == null ? null : device(row);
            }
            if (!clock.instant().isBefore(row.getExpiresAt())) {
                return failed(row, expired());
            }
            return switch (servers.of(client)) {
                case AuthorizationServers.Found.Missing(TokenProblem problem) -> later(row, problem, Duration.ZERO);
                case AuthorizationServers.Found.Server(AuthorizationServer server) -> poll(client, server, row);
            };
        });
    }

    private Device poll(OAuthClient client, AuthorizationServer server, OauthDeviceRecord row) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
        form.put("device_code", sealer.open(row.getDeviceCodeSealed(), client.channelId() + "/device"));
        return switch (request.proven(client, server, form)) {
            case TokenRequest.Form.Missing(TokenProblem problem) -> failed(row, problem);
            case TokenRequest.Form.Ready ready ->
                switch (endpoint.ask(client, server.token(), ready.fields(), ready.authorization())) {
                    case TokenAnswer.Granted granted -> judged(client, row, granted);
                    case TokenAnswer.Refused(TokenProblem problem) -> failed(row, problem);
                    case TokenAnswer.TryLater(TokenProblem problem, Duration pause, boolean asked) ->
                        waiting(row, problem, asked ? pause : Duration.ZERO);
                };
        };
    }

    /** RFC 8628 section 3.5. */
    private Device waiting(OauthDeviceRecord row, TokenProblem problem, Duration pause) {
        return switch (problem.error()) {
            case "authorization_pending" -> later(row, null, Duration.ZERO);
            case "slow_down" -> {
                row.setIntervalSeconds(row.getIntervalSeconds() + 5);
                yield later(row, null, Duration.ZERO);
            }
            default -> later(row, problem, pause);
        };
    }

    private Device later(OauthDeviceRecord row, @Nullable TokenProblem problem, Duration pause) {
        Duration rest = Duration.ofSeconds(row.getIntervalSeconds());
        row.setNextPollAt(clock.instant().plus(pause.compareTo(rest) > 0 ? pause : rest));
        return stored(row, State.WAITING, problem);
    }

    private Device judged(OAuthClient client, OauthDeviceRecord row, TokenAnswer.Granted granted) {
        Granted.Shortcoming wrong =
                Granted.judge(granted, client.needed(), client.auth().signInUser(), false);
        if (wrong == null) {
            tokens.keep(client.channelId(), granted, true);
            row.setSignedInUser(granted.user());
            return stored(row, State.CONNECTED, null);
        }
        String what = wrong.expected() == null
                ? "These permissions were not granted: " + String.join(", ", wrong.missing()) + "."
                : granted.user() + " signed in, and " + wrong.expected() + " was expected.";
        String remedy = wrong.expected() == null
                ? "Add them to the app registration, grant admin consent, and connect again."
                : "Connect again and sign in as " + wrong.expected() + ".";
        return failed(row, new TokenProblem(Needs.SIGN_IN, what, remedy, "not_usable", null, null));
    }

    private static TokenProblem expired() {
        return new TokenProblem(
                Needs.SIGN_IN,
                "Nobody entered the code in time.",
                "Connect again for a new one.",
                "expired_token",
                null,
                null);
    }

    private Device failed(OauthDeviceRecord row, TokenProblem problem) {
        return stored(row, State.FAILED, problem);
    }

    private Device stored(OauthDeviceRecord row, State state, @Nullable TokenProblem problem) {
        row.setState(state.name());
        row.setProblem(problem == null ? null : json.writeValueAsString(problem));
        database.write(sql -> sql.update(OAUTH_DEVICE)
                .set(row)
                .where(OAUTH_DEVICE.CHANNEL_ID.eq(row.getChannelId()))
                .and(OAUTH_DEVICE.CREATED_AT.eq(row.getCreatedAt()))
                .execute());
        return device(row);
    }

    private Device device(OauthDeviceRecord row) {
        return new Device(
                row.getUserCode(),
                row.getVerificationUri(),
                State.valueOf(row.getState()),
                row.getExpiresAt(),
                Duration.ofSeconds(row.getIntervalSeconds()),
                row.getNextPollAt(),
                row.getProblem() == null ? null : json.readValue(row.getProblem(), TokenProblem.class),
                row.getSignedInUser());
    }
}
