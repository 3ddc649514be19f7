package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.channel.Channels;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.web.Visitor;

/** The assistant's checklist on the simulated Microsoft 365: what is missing is to do, and ticked off once it is mended. */
@Tag("server")
class AssistantChecklistTest {
    private static final String SHARED = "orders@contoso.test";
    private static final String PRINCIPAL = "9d0e4a77-1f0a-4d4e-8a5c-30f7a2b6c815";
    private static final Pattern TICK = Pattern.compile("data-item=\"(\\w+)\" data-state=\"(\\w+)\"");

    private static FakeMicrosoft365 microsoft;
    private static PostroomApp app;
    private static Visitor administrator;
    private static Channel channel;
    private static String application;

    @BeforeAll
    static void start(@TempDir Path data, @TempDir Path simulator) throws Exception {
        microsoft = FakeMicrosoft365.start(simulator);
        app = PostroomApp.start(data.resolve("data"), microsoft.authorityPem(), Map.of());
        app.get(People.class)
                .create(new NewPerson("Ann", "admin@example.com", "orange lamp river", Role.ADMINISTRATOR));
        administrator = new Visitor(app.port()).signIn("admin@example.com", "orange lamp river");
        application = "/control/apps/"
                + microsoft.endpoints().path("app").path("clientId").asString();
        channel = new MainJobSteps(app).add(microsoft.channel("Orders", SHARED, by("client_credentials", null, null)));
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

    @AfterAll
    static void stop() {
        app.get(Channels.class).delete(channel.id());
        app.close();
        microsoft.close();
    }

    /** The list after a test, and the page's words about it. */
    private record Tested(Map<String, String> states, String page) {
        List<String> toDo() {
            return states.entrySet().stream()
                    .filter(e -> e.getValue().equals("TO_DO"))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static Tested test(String... sendTo) {
        return test(channel, String.join("", sendTo));
    }

    private static Tested test(Channel channel, String sendTo) {
        var answer = administrator.post(
                "/channels/assistant/test",
                Map.of("channel", channel.id(), "object", PRINCIPAL, "sendTo", sendTo),
                "HX-Request: true");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, String> states = new LinkedHashMap<>();
        Matcher ticks = TICK.matcher(answer.body());
        while (ticks.find()) {
            states.put(ticks.group(1), ticks.group(2));
        }
        return new Tested(states, answer.body());
    }

    @Test
    void eachItemIsTickedOffOnceItIsMended() throws Exception {
        microsoft.control("PATCH", application, "{\"servicePrincipal\": null}");
        assertThat(test().toDo()).containsExactly("PRINCIPAL");

        microsoft.control("PATCH", application, "{\"servicePrincipal\": \"" + PRINCIPAL + "\"}");
        assertThat(test().states()).containsEntry("PRINCIPAL", "DONE").containsEntry("FULL_ACCESS", "TO_DO");

        microsoft.patchMailbox(SHARED, "{\"fullAccess\": [\"" + PRINCIPAL + "\"], \"imapEnabled\": false}");
        Tested imapOff = test("ann@fabrikam.test");
        assertThat(imapOff.toDo()).containsExactly("IMAP");
        assertThat(imapOff.page()).contains("Set-CASMailbox -Identity orders@contoso.test -ImapEnabled $true");

        microsoft.patchMailbox(SHARED, "{\"imapEnabled\": true, \"smtpAuthDisabled\": true}");
        assertThat(test().toDo()).containsExactly("SMTP_AUTH");

        microsoft.patchMailbox(SHARED, "{\"smtpAuthDisabled\": false, \"sendAs\": [\"" + PRINCIPAL + "\"]}");
        assertThat(test().states()).containsEntry("SMTP_AUTH", "DONE").containsEntry("SEND_AS", "NOT_KNOWN");
        Tested all = test("ann@fabrikam.test");
        assertThat(all.toDo()).isEmpty();
        assertThat(all.states().values()).containsOnly("DONE");
        assertThat(all.page()).contains("The channel works.");
    }

    @Test
    void aTestMailTellsWhetherSendAsIsGranted() throws Exception {
        microsoft.control(
                "PATCH",
                application,
                "{\"adminConsent\": [\"https://outlook.office.com/IMAP.AccessAsUser.All\", \"https://outlook.office.com/SMTP.Send\"]}");
        Channel sales = new MainJobSteps(app)
                .add(microsoft.channel("Sales", "sales@contoso.test", by("password", "svc@contoso.test", "Pa55-svc")));

        assertThat(test(sales, "").states()).containsEntry("SMTP_AUTH", "DONE").containsEntry("SEND_AS", "NOT_KNOWN");
        Tested refused = test(sales, "ann@fabrikam.test");
        assertThat(refused.toDo()).containsExactly("SEND_AS");
        assertThat(refused.page()).contains("Add-RecipientPermission -Identity sales@contoso.test");

        microsoft.patchMailbox("sales@contoso.test", "{\"sendAs\": [\"svc@contoso.test\"]}");
        assertThat(test(sales, "ann@fabrikam.test").states().values()).containsOnly("DONE");
        app.get(Channels.class).delete(sales.id());
    }

    @Test
    void thePageIsFilledFromTheChannel() {
        String page =
                administrator.get("/channels/assistant?channel=" + channel.id()).body();

        assertThat(page)
                .contains("value=\"orders@contoso.test\"", "IMAP.AccessAsApp", "not known yet")
                .contains(microsoft.endpoints().path("entra").asString() + "/contoso.test/v2.0/adminconsent?client_id=")
                .contains("<strong>Object ID of the enterprise application</strong>")
                .doesNotContain(
                        microsoft.endpoints().path("app").path("clientSecret").asString());
    }
}
