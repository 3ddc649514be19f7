package org.postroom.cli;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.channel.Channels;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.SignIn;
import org.postroom.credentials.SignIn.Outcome;
import org.postroom.fetch.Fetching;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** What a demonstration needs in a running server: somebody to sign in as, and a channel that is connected. */
final class Demo {
    static final String EMAIL = "admin@postroom.test";
    static final String PASSWORD = "try-postroom";
    private static final String SERVICE_USER = "svc@contoso.test";
    private static final String SERVICE_PASSWORD = "Pa55-svc";
    private static final String CHANNEL = "Contoso Support";

    private final ApplicationContext context;
    private final JsonNode simulator;
    private final int port;

    Demo(ApplicationContext context, JsonNode simulator, int port) {
        this.context = context;
        this.simulator = simulator;
        this.port = port;
    }

    void prepare() throws IOException, InterruptedException {
        People people = context.getBean(People.class);
        if (people.nobody()) {
            people.createFirst(new NewPerson("Alex Administrator", EMAIL, PASSWORD, Role.ADMINISTRATOR));
        }
        connect(addChannel());
    }

    private Channel addChannel() {
        Channels channels = context.getBean(Channels.class);
        var known = channels.findByIdOrName(CHANNEL);
        Channels.Saved saved = known.isPresent() ? channels.change(known.get().id(), input()) : channels.add(input());
        return switch (saved) {
            case Channels.Saved.Done(Channel channel) -> channel;
            case Channels.Saved.Waiting(Channel channel, Channel next) -> channel;
            case Channels.Saved.Wrong(var problems) ->
                throw new IllegalStateException("The demo's channel: " + problems);
            case Channels.Saved.NoSuchChannel none -> throw new IllegalStateException("The demo's channel is gone");
        };
    }

    private ChannelInput input() {
        JsonNode app = simulator.path("app");
        return new ChannelInput(
                CHANNEL,
                "support@contoso.test",
                true,
                null,
                new ChannelInput.AuthenticationInput(
                        "oauth2",
                        null,
                        null,
                        "microsoft",
                        "authorization_code",
                        simulator.path("tenant").path("id").asString(),
                        app.path("clientId").asString(),
                        app.path("clientSecret").asString(),
                        null,
                        simulator.path("entra").asString(),
                        List.of(),
                        SERVICE_USER),
                new ChannelInput.IncomingInput(
                        "imap",
                        "localhost",
                        simulator.path("imap").path("tlsPort").asInt(),
                        "tls",
                        "INBOX",
                        "mark-read",
                        "all"),
                new ChannelInput.OutgoingInput(
                        "smtp",
                        "localhost",
                        simulator.path("smtp").path("startTlsPort").asInt(),
                        "starttls",
                        "support@contoso.test",
                        CHANNEL,
                        null,
                        null,
                        "same"),
                null,
                Map.of());
    }

    private void connect(Channel channel) throws IOException, InterruptedException {
        SignIn signIn = context.getBean(SignIn.class);
        OAuthClient client = Objects.requireNonNull(channel.oauthClient());
        String redirect = "http://localhost:" + port + "/channels/email/oauth/callback";
        if (!(signIn.start(client, redirect, new SignIn.Starter.Program()) instanceof SignIn.Start.Go(URI start))) {
            throw new IllegalStateException("The simulator offers no sign-in");
        }
        SignIn.Callback callback = new DemoSignIn(SERVICE_USER, SERVICE_PASSWORD).walk(start, redirect);
        Outcome outcome = signIn.finish(callback, client, null);
        if (!(outcome instanceof Outcome.Connected)) {
            throw new IllegalStateException("The demo's channel could not be connected: " + outcome);
        }
        context.getBean(Fetching.class).restart(channel.id());
    }
}
