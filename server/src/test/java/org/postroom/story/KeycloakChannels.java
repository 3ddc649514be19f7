package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.TokenProblem;
import org.postroom.credentials.Tokens;
import org.postroom.credentials.Tokens.Result.Ready;
import org.postroom.rig.Keycloak;
import org.postroom.rig.RealServers;
import tools.jackson.databind.json.JsonMapper;

/** Channels whose tokens are Keycloak's: adding them as a program does, what becomes of their mail and tokens. */
record KeycloakChannels(PostroomApp app, RestCaller rest, Keycloak keycloak, RealServers servers) {
    private static final String CUSTOMER = "carl@fabrikam.test";
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A channel as a program adds it. {@code more} are fields of its authentication. */
    Channel add(String name, String address, String grant, String client, Map<String, ?> more) {
        Map<String, Object> authentication = new LinkedHashMap<>(Map.of(
                "type",
                "oauth2",
                "provider",
                "other",
                "authority",
                keycloak.issuer(),
                "grant",
                grant,
                "clientId",
                client));
        switch (client) {
            case "postroom-secret" -> authentication.put("clientSecret", Keycloak.CLIENT_SECRET);
            case "postroom-certificate" -> authentication.put("certificate", keycloak.clientPem());
            default -> {}
        }
        authentication.putAll(more);
        Map<String, Object> channel = Map.of(
                "name",
                name,
                "address",
                address,
                "enabled",
                true,
                "authentication",
                authentication,
                "incoming",
                Map.of(
                        "protocol", "imap",
                        "host", RealServers.HOST,
                        "port", servers.imapTlsPort(),
                        "security", "tls",
                        "startFrom", "now"),
                "outgoing",
                Map.of(
                        "protocol", "smtp",
                        "host", RealServers.HOST,
                        "port", servers.smtpStartTlsPort(),
                        "security", "starttls",
                        "displayName", "Contoso Support"));
        String id = rest.post("/channels", JsonMapper.builder().build().writeValueAsString(channel))
                .path("id")
                .asString();
        return app.get(Channels.class).find(id).orElseThrow();
    }

    void delete(Channel channel) {
        app.get(Channels.class).delete(channel.id());
    }

    OAuthClient client(Channel channel) {
        return Objects.requireNonNull(channel.oauthClient());
    }

    void wholeJob(Channel channel) throws Exception {
        assertThat(rest.failedSteps(channel)).isEmpty();
        new MainJobSteps(app).walk(channel, CUSTOMER, servers::deliver, new MailReader(servers));
        assertThat(rest.health(channel).path("status").asString()).isEqualTo("connected");
    }

    void awaitStatus(Channel channel, String status) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(rest.health(channel).path("status").asString())
                                .isEqualTo(status));
    }

    void deliver(Channel channel, String subject) {
        servers.deliver(
                channel.address(),
                RealMail.mail(CUSTOMER, channel.address(), subject, UUID.randomUUID() + "@fabrikam.test", "", "x\r\n"));
    }

    void mailComesIn(Channel channel, String subject) {
        deliver(channel, subject);
        new MainJobSteps(app).awaitConversation(channel, subject, 1);
    }

    /** The token at hand: Keycloak's live five minutes, as long as the usual margin, and are not renewed at each use. */
    String token(Channel channel) {
        return ((Ready) app.get(Tokens.class).accessToken(client(channel), null)).accessToken();
    }

    /** A token in place of the one there is, as after a mail server has refused that. */
    Tokens.Result anew(Channel channel) {
        Tokens tokens = app.get(Tokens.class);
        String current = tokens.accessToken(client(channel), null) instanceof Ready ready ? ready.accessToken() : null;
        return tokens.accessToken(client(channel), current);
    }

    String renewed(Channel channel) {
        Tokens.Result result = anew(channel);
        assertThat(result).isInstanceOf(Ready.class);
        return ((Ready) result).accessToken();
    }

    TokenProblem refused(Channel channel) {
        Tokens.Result result = anew(channel);
        assertThat(result).isInstanceOf(Tokens.Result.Missing.class);
        return ((Tokens.Result.Missing) result).problem();
    }
}
