package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.channel.Channels;
import org.postroom.credentials.TestCertificate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Channels for which nobody signs in, on the simulated Microsoft 365: mail in, answer out, and what is told without rights. */
@Tag("server")
class GrantsAtMicrosoftTest {
    private static final String SHARED = "support@contoso.test";
    private static final String CUSTOMER = "ann@fabrikam.test";
    /** The service principal of the simulator's app. */
    private static final String PRINCIPAL = "9d0e4a77-1f0a-4d4e-8a5c-30f7a2b6c815";

    private static FakeMicrosoft365 microsoft;
    private static PostroomApp app;
    private static MainJobSteps steps;
    private static RestCaller rest;

    @BeforeAll
    static void start(@TempDir Path data, @TempDir Path simulator) throws Exception {
        microsoft = FakeMicrosoft365.start(simulator);
        app = PostroomApp.start(data.resolve("data"), microsoft.authorityPem(), Map.of());
        steps = new MainJobSteps(app);
        rest = RestCaller.of(app);
        microsoft.control(
                "PATCH",
                "/control/apps/"
                        + microsoft.endpoints().path("app").path("clientId").asString(),
                "{\"adminConsent\": [\"https://outlook.office.com/IMAP.AccessAsUser.All\", \"https://outlook.office.com/SMTP.Send\"]}");
    }

    @AfterAll
    static void stop() {
        app.close();
        microsoft.close();
    }

    private static AuthenticationInput by(String grant, @Nullable String user, @Nullable String password) {
        AuthenticationInput like = microsoft.app("contoso.test", "");
        return new AuthenticationInput(
                "oauth2",
                null,
                password,
                "microsoft",
                grant,
                like.tenant(),
                like.clientId(),
                like.clientSecret(),
                null,
                like.authority(),
                List.of(),
                user);
    }

    /** Rights that one test granted must not help the next one. */
    @BeforeEach
    void serviceUserAlone() throws Exception {
        microsoft.patchMailbox(SHARED, """
                {"fullAccess": ["svc@contoso.test"], "sendAs": ["svc@contoso.test"]}
                """);
    }

    private static void mailComesInAndTheAnswerGoesOut(Channel channel, String subject) throws Exception {
        microsoft.deliver(
                SHARED,
                RealMail.mail(
                        CUSTOMER, SHARED, subject, subject.replace(" ", "-") + "@fabrikam.test", "", "How much?\r\n"));
        steps.answer(steps.awaitConversation(channel, subject, 1), "Ten.");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(microsoft
                                .control("GET", "/control/mailboxes/" + CUSTOMER + "/folders/INBOX/messages", "")
                                .toString())
                        .contains("Re: " + subject));
    }

    @Test
    void applicationByItself() throws Exception {
        Channel channel = steps.add(microsoft.channel("application", SHARED, by("client_credentials", null, null)));
        assertThat(rest.failedSteps(channel))
                .hasSize(2)
                .allSatisfy(step -> assertThat(step.path("remedy").asString())
                        .contains("New-ServicePrincipal -AppId 0f6a1c52-7b1e-4a57-8b3b-6a1d3c9e2f41")
                        .contains("Add-MailboxPermission -Identity support@contoso.test -User " + PRINCIPAL));

        microsoft.patchMailbox(SHARED, """
                {"fullAccess": ["svc@contoso.test", "%1$s"], "sendAs": ["svc@contoso.test", "%1$s"]}
                """.formatted(PRINCIPAL));

        assertThat(rest.failedSteps(channel)).isEmpty();
        app.get(org.postroom.fetch.Fetching.class).restart(channel.id());
        mailComesInAndTheAnswerGoesOut(channel, "by the application");
        JsonNode health = rest.health(channel);
        assertThat(health.path("status").asString()).isEqualTo("connected");
        assertThat(health.path("signedInUser").isNull()).isTrue();
        app.get(Channels.class).delete(channel.id());
    }

    @Test
    void passwordOfTheServiceUser() throws Exception {
        Channel wrong = steps.add(microsoft.channel("mistyped", SHARED, by("password", "svc@contoso.test", "Pa55")));
        assertThat(rest.failedSteps(wrong))
                .hasSize(2)
                .allSatisfy(s -> assertThat(s.toString())
                        .contains("AADSTS50126", "Check the sign-in user and its password")
                        .doesNotContain("Pa55\""));
        app.get(Channels.class).delete(wrong.id());

        Channel channel =
                steps.add(microsoft.channel("by password", SHARED, by("password", "svc@contoso.test", "Pa55-svc")));

        assertThat(rest.failedSteps(channel)).isEmpty();
        mailComesInAndTheAnswerGoesOut(channel, "by password");
        assertThat(rest.health(channel).path("signedInUser").asString()).isEqualTo("svc@contoso.test");
        app.get(Channels.class).delete(channel.id());
    }

    @Test
    void applicationByCertificate(@TempDir Path folder) throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, -1, 30);
        AuthenticationInput like = by("client_credentials", null, null);
        var input = new AuthenticationInput(
                "oauth2",
                null,
                null,
                "microsoft",
                "client_credentials",
                like.tenant(),
                like.clientId(),
                null,
                certificate.both(),
                like.authority(),
                List.of(),
                null);
        Channel channel = steps.add(microsoft.channel("by certificate", SHARED, input));
        assertThat(rest.failedSteps(channel))
                .isNotEmpty()
                .allSatisfy(step -> assertThat(step.toString()).contains("AADSTS700027"));

        JsonNode pem = JsonMapper.builder()
                .build()
                .createObjectNode()
                .put("pem", certificate.certificate())
                .put("name", "Postroom");
        microsoft.control("POST", "/control/apps/" + like.clientId() + "/certificates", pem.toString());
        microsoft.patchMailbox(SHARED, """
                {"fullAccess": ["svc@contoso.test", "%1$s"], "sendAs": ["svc@contoso.test", "%1$s"]}
                """.formatted(PRINCIPAL));

        assertThat(rest.failedSteps(channel)).isEmpty();
        app.get(org.postroom.fetch.Fetching.class).restart(channel.id());
        mailComesInAndTheAnswerGoesOut(channel, "by certificate");
        app.get(Channels.class).delete(channel.id());
    }
}
