package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.NextSettings;
import org.postroom.channel.StartFrom;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.SignIn;
import org.postroom.credentials.TokenProblem;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.DoctorReport;
import org.postroom.fetch.Fetching;
import org.postroom.web.channels.ConnectAddress;
import org.postroom.web.channels.Connecting;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What can be done with a channel. */
@RestController
@RequestMapping("/api/v1/channels/{id}")
@Tag(name = "channels")
class ChannelActions {
    private final Channels channels;
    private final ChannelStates states;
    private final Doctor doctor;
    private final Connecting connecting;
    private final ConnectAddress address;
    private final Fetching fetching;

    ChannelActions(
            Channels channels,
            ChannelStates states,
            Doctor doctor,
            Connecting connecting,
            ConnectAddress address,
            Fetching fetching) {
        this.channels = channels;
        this.states = states;
        this.doctor = doctor;
        this.connecting = connecting;
        this.address = address;
        this.fetching = fetching;
    }

    /** Where to sign in: an address to open, or a code to enter elsewhere. */
    @Schema(name = "Connect")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConnectJson(
            @Schema(description = "Authorization code: to open in a browser within 15 minutes.") @Nullable
            URI url,

            @Schema(description = "Device code: to enter at verificationUri.") @Nullable
            String userCode,

            @Nullable String verificationUri,
            @Nullable Instant expiresAt) {}

    /** Where to begin again. */
    @Schema(name = "Reread")
    record RereadJson(
            @Schema(description = "all, or a time such as 2026-11-01T00:00:00Z") @Nullable
            String from) {}

    /** How to try a channel. */
    @Schema(name = "ChannelTest")
    record TestJson(
            @Schema(
                    description =
                            "Who gets a test mail that proves Send As, such as ann@example.com. Without it nothing"
                                    + " is sent. A channel sends five a minute at most.")
            @Nullable
            String sendTo) {}

    @Operation(
            operationId = "testChannel",
            summary = "Try a channel step by step; changes nothing on the servers, and takes two minutes at most")
    @PostMapping(path = "/test", consumes = MediaType.APPLICATION_JSON_VALUE)
    DoctorReport test(@PathVariable String id, @RequestBody @Nullable TestJson body) {
        Channel channel = channel(id);
        String sendTo = body == null ? null : body.sendTo();
        if (sendTo != null && !Doctor.mayGetTestMail(sendTo)) {
            throw Refusal.wrong("sendTo", "write one address, like ann@example.com");
        }
        return doctor.test(channel, sendTo, step -> true);
    }

    /** The same without a body, whatever type of one the caller names; a body that is no JSON is not passed over. */
    @Hidden
    @PostMapping("/test")
    DoctorReport test(@PathVariable String id, HttpServletRequest request) {
        if (request.getContentLengthLong() > 0) {
            throw Refusal.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not understood here; send application/json.");
        }
        return doctor.test(channel(id));
    }

    @Operation(
            operationId = "connectChannel",
            summary = "Start a sign-in by authorization code or device code, for what the channel is to change to if"
                    + " that waits")
    @PostMapping("/connect")
    ConnectJson connect(@PathVariable String id, HttpServletRequest request) {
        Channel current = channel(id);
        Channel channel = channels.next(id).map(NextSettings.Next::channel).orElse(current);
        OAuthClient client = channel.oauthClient();
        if (client == null) {
            throw Refusal.conflict("This channel signs in with a password; there is nothing to connect.");
        }
        return switch (client.auth().grant()) {
            case AUTHORIZATION_CODE -> byBrowser(client, request);
            case DEVICE_CODE ->
                switch (connecting.startDevice(client)) {
                    case DeviceSignIn.Start.Shown(DeviceSignIn.Device device) ->
                        new ConnectJson(null, device.userCode(), device.verificationUri(), device.expires());
                    case DeviceSignIn.Start.Impossible(TokenProblem problem) ->
                        throw Refusal.conflict(problem.sentence());
                };
            case CLIENT_CREDENTIALS, PASSWORD, SERVICE_ACCOUNT, EXTERNAL ->
                throw Refusal.conflict(
                        "By " + client.auth().grant().word() + " nobody has to sign in; test the channel instead.");
        };
    }

    private ConnectJson byBrowser(OAuthClient client, HttpServletRequest request) {
        String redirect = address.redirectAddress(request)
                .orElseThrow(() -> Refusal.conflict("Postroom does not know the address people reach it at; set"
                        + " POSTROOM_PUBLIC_URL, or call it by localhost."));
        return switch (connecting.start(client, redirect, new SignIn.Starter.Program())) {
            case SignIn.Start.Go(URI there) -> new ConnectJson(there, null, null, null);
            case SignIn.Start.Impossible(TokenProblem problem) -> throw Refusal.conflict(problem.sentence());
        };
    }

    @Operation(operationId = "enableChannel", summary = "Switch a channel on")
    @PostMapping("/enable")
    ChannelJson enable(@PathVariable String id) {
        return turn(id, true);
    }

    @Operation(operationId = "disableChannel", summary = "Switch a channel off; its mail waits on the server")
    @PostMapping("/disable")
    ChannelJson disable(@PathVariable String id) {
        return turn(id, false);
    }

    private ChannelJson turn(String id, boolean on) {
        if (channel(id).enabled() != on) {
            channels.enable(id, on);
        }
        return ChannelJson.of(channel(id), states.of(id).orElse(null));
    }

    @Operation(operationId = "fetchChannelNow", summary = "Look for new mail at once")
    @PostMapping("/fetch-now")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void fetchNow(@PathVariable String id) {
        if (!channel(id).enabled()) {
            throw Refusal.conflict("This channel is switched off; enable it first.");
        }
        fetching.fetchNow(id);
    }

    @Operation(
            operationId = "rereadChannel",
            summary = "Read the mailbox again from a time, or all of it; what is here already does not come twice")
    @PostMapping("/reread")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void reread(@PathVariable String id, @RequestBody RereadJson body) {
        Channel channel = channel(id);
        fetching.reread(channel, from(body.from()));
    }

    private static StartFrom from(@Nullable String entered) {
        String words = "use all, or a date like 2026-11-01T00:00:00Z";
        if (entered == null) {
            throw Refusal.wrong("from", words);
        }
        try {
            StartFrom from = StartFrom.parse(entered.strip());
            if (!(from instanceof StartFrom.Now)) {
                return from;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw Refusal.wrong("from", words);
    }

    private Channel channel(String id) {
        return channels.find(id).orElseThrow(() -> Refusal.notFound("channel", id));
    }
}
