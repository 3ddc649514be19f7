package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.credentials.Secrets;
import org.postroom.credentials.Secrets.Purpose;
import org.postroom.web.Visitor.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** Channels → Email: list, form, page. */
class ChannelPagesTest extends RunningPages {
    @Autowired
    private Channels channels;

    @Autowired
    private Secrets secrets;

    /** A form as the browser sends it, for a channel that is switched off, so that nothing is fetched. */
    static Map<String, String> form(String name) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("preset", "other");
        form.put("name", name);
        form.put("address", "support@example.com");
        form.put("script", "default");
        form.put("authentication.type", "password");
        form.put("authentication.username", "support");
        form.put("authentication.password", "typed-secret-1");
        form.put("incoming.host", "imap.example.com");
        form.put("incoming.port", "993");
        form.put("incoming.security", "tls");
        form.put("incoming.folder", "INBOX");
        form.put("incoming.afterImport", "move");
        form.put("incoming.moveTo", "Done");
        form.put("incoming.startFrom", "date");
        form.put("incoming.startDate", "2026-11-01");
        form.put("outgoing.protocol", "smtp");
        form.put("outgoing.host", "smtp.example.com");
        form.put("outgoing.port", "587");
        form.put("outgoing.security", "starttls");
        form.put("outgoing.authentication", "own");
        form.put("outgoing.authentication.username", "relay");
        form.put("outgoing.authentication.password", "typed-secret-2");
        form.put("properties", "mail.imap.timeout=10000\nmail.smtp.timeout = 20000");
        return form;
    }

    private Channel added(Visitor administrator, Map<String, String> form) {
        Answer answer = administrator.post("/channels/email", form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(302);
        return channels.findByIdOrName(form.getOrDefault("name", "")).orElseThrow();
    }

    @Test
    void everythingTypedIsStored() {
        Channel channel = added(administrator(), form("Stored whole"));

        assertThat(channel.enabled()).isFalse();
        assertThat(channel.incoming().afterImport().word()).isEqualTo("move:Done");
        assertThat(channel.incoming().startFrom().word()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(channel.properties())
                .containsEntry("mail.imap.timeout", "10000")
                .containsEntry("mail.smtp.timeout", "20000");
        assertThat(channel.outgoing().sendAs()).isEqualTo("support@example.com");
        assertThat(secrets.get(channel.id(), Purpose.INCOMING_PASSWORD)).contains("typed-secret-1");
        assertThat(secrets.get(channel.id(), Purpose.OUTGOING_PASSWORD)).contains("typed-secret-2");
    }

    @Test
    void everyWrongFieldIsMarkedAndWhatWasTypedStays() {
        Map<String, String> form = form("<script>alert(1)</script>");
        form.put("address", "nobody");
        form.put("incoming.host", "https://imap.example.com");
        form.put("incoming.port", "many");
        form.put("incoming.moveTo", "");
        form.put("outgoing.authentication.username", "");
        form.put("properties", "nonsense=1");

        Answer answer = administrator().post("/channels/email", form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains("<span>6</span>", "'nobody' is not an email address".replace("'", "&#39;"))
                .contains("href=\"#incoming-host\"", "href=\"#incoming-port\"", "href=\"#incoming-afterImport\"")
                .contains("href=\"#outgoing-authentication-username\"", "href=\"#properties\"", "line nonsense: ")
                .contains(
                        "value=\"https://imap.example.com\"", "value=\"many\"", "&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("aria-invalid=\"true\"")
                .doesNotContain("typed-secret", "<script>alert");
        assertThat(channels.findByIdOrName("<script>alert(1)</script>")).isEmpty();
    }

    @Test
    void proxyOfAChannelIsKeptAndItsPasswordNeverShown() {
        Visitor administrator = administrator();
        Map<String, String> form = form("Behind a proxy");
        form.put("proxy.type", "socks5");
        form.put("proxy.host", "proxy.example.com");
        form.put("proxy.port", "1081");
        form.put("proxy.username", "joe");
        form.put("proxy.password", "typed-secret-proxy");
        form.put("proxy.noProxy", "mail.example.com, 10.0.0.0/8");
        form.put("properties", "mail.imap.fetchsize=4096");

        Channel channel = added(administrator, form);
        Answer page = administrator.get("/channels/email/" + channel.id());
        Answer edit = administrator.get("/channels/email/" + channel.id() + "/edit");
        form.put("proxy.password", "");
        form.put("proxy.host", "other.example.com");
        Answer moved = administrator.post("/channels/email/" + channel.id() + "/edit", form);

        assertThat(secrets.get(channel.id(), Purpose.PROXY_PASSWORD)).contains("typed-secret-proxy");
        assertThat(page.body()).contains("socks5://proxy.example.com:1081", "mail.imap.fetchsize", "streamed whole");
        assertThat(edit.body())
                .contains("value=\"proxy.example.com\"", "value=\"1081\"", "10.0.0.0/8", "streamed whole")
                .doesNotContain("typed-secret");
        assertThat(moved.status()).isEqualTo(422);
        assertThat(moved.body()).contains("href=\"#proxy-password\"", "Enter the password of the proxy");
    }

    private static Map<String, String> microsoftForm(String name, String grant) {
        Map<String, String> form = form(name);
        form.put("preset", "microsoft");
        form.put("authentication.type", "oauth2");
        form.put("authentication.grant", grant);
        form.put("authentication.tenant", "contoso.test");
        form.put("authentication.clientId", "app");
        form.put("outgoing.authentication", "same");
        return form;
    }

    @Test
    void grantsWithoutAPersonHaveNoConnect() {
        Visitor administrator = administrator();
        Map<String, String> form = microsoftForm("By password", "password");
        form.put("authentication.signInUser", "svc@contoso.test");
        form.put("authentication.signInPassword", "typed-secret-3");

        Channel channel = added(administrator, form);

        assertThat(secrets.get(channel.id(), Purpose.SIGN_IN_PASSWORD)).contains("typed-secret-3");
        assertThat(secrets.get(channel.id(), Purpose.INCOMING_PASSWORD)).isEmpty();
        assertThat(administrator.get("/channels/email/" + channel.id()).body())
                .contains("no token yet", "svc@contoso.test")
                .doesNotContain("/connect?", "Redirect address", "typed-secret-3");
        form.remove("authentication.signInPassword");
        assertThat(administrator
                        .post("/channels/email/" + channel.id() + "/edit", form)
                        .status())
                .as("the stored password stays")
                .isEqualTo(302);
        form.put("authentication.signInUser", "other@contoso.test");
        assertThat(administrator
                        .post("/channels/email/" + channel.id() + "/edit", form)
                        .body())
                .as("for another user it has to be entered again")
                .contains("href=\"#authentication-signInPassword\"");
    }

    @Test
    void whatAGrantNeedsIsAskedForByField() {
        Visitor administrator = administrator();
        Map<String, String> application = microsoftForm("App", "client_credentials");

        assertThat(administrator.post("/channels/email", application).body())
                .contains("href=\"#authentication-clientSecret\"", "needs its secret");
        application.put("authentication.clientSecret", "51c0d8a2-6f7e-4b0e-9a54-4b1f6c2d7e90");
        assertThat(administrator.post("/channels/email", application).body()).contains("this is a Secret ID");
        assertThat(administrator
                        .post("/channels/email", microsoftForm("Pass", "password"))
                        .body())
                .contains("href=\"#authentication-signInUser\"", "href=\"#authentication-signInPassword\"");
        assertThat(administrator
                        .post("/channels/email", microsoftForm("Odd", "implicit"))
                        .body())
                .contains("href=\"#authentication-grant\"", "&#39;implicit&#39; is unknown");
    }

    @Test
    void secretThatEndsSoonIsToldOnThePageAndInTheList() {
        Visitor administrator = administrator();
        Map<String, String> form = microsoftForm("Ending secret", "client_credentials");
        form.put("authentication.clientSecret", "the~value");
        form.put(
                "authentication.clientSecretExpires",
                java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(5).toString());

        String page = administrator
                .follow(administrator.post("/channels/email", form).location())
                .body();

        assertThat(page).contains("The client secret of the application ends in", "Make a new client secret");
        assertThat(administrator.get("/channels/email?q=ending").body())
                .contains("The client secret of the application ends in");
    }

    @Test
    void htmxGetsOnlyMessagesSoThatSecretsStayInTheirFields() {
        Map<String, String> form = form("Sent by htmx");
        form.put("incoming.host", "");
        Visitor administrator = administrator();

        Answer wrong = administrator.post("/channels/email", form, "HX-Request: true");
        form.put("incoming.host", "imap.example.com");
        Answer right = administrator.post("/channels/email", form, "HX-Request: true");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("id=\"summary\"", "hx-swap-oob=\"true\"", "id=\"error-incoming-host\"")
                .doesNotContain("<input", "<html", "typed-secret");
        assertThat(right.status()).isEqualTo(200);
        assertThat(right.header("HX-Redirect")).startsWith("/channels/email/").endsWith("?added");
    }

    @Test
    void aDateThatWasLeftOutIsNotTakenForNow() {
        Map<String, String> form = form("No date");
        form.put("incoming.startDate", " ");

        Answer answer = administrator().post("/channels/email", form);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("href=\"#incoming-startFrom\"");
    }

    @Test
    void aNameThatIsTakenIsNamed() {
        Visitor administrator = administrator();
        added(administrator, form("Taken"));

        Answer answer = administrator.post("/channels/email", form("Taken"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).contains("nother channel has this name");
    }

    @Test
    void editingShowsNoSecretAndKeepsThoseLeftEmpty() {
        Visitor administrator = administrator();
        Channel channel = added(administrator, form("Edited"));
        String page =
                administrator.get("/channels/email/" + channel.id() + "/edit").body();
        Map<String, String> form = form("Edited and renamed");
        form.put("authentication.password", "");
        form.put("outgoing.authentication.password", "another-secret");

        Answer answer = administrator.post("/channels/email/" + channel.id() + "/edit", form);

        assertThat(page)
                .contains("leave empty to keep it", "value=\"imap.example.com\"")
                .doesNotContain("typed-secret");
        assertThat(answer.location()).isEqualTo("/channels/email/" + channel.id() + "?saved");
        assertThat(channels.find(channel.id()).orElseThrow().name()).isEqualTo("Edited and renamed");
        assertThat(secrets.get(channel.id(), Purpose.INCOMING_PASSWORD)).contains("typed-secret-1");
        assertThat(secrets.get(channel.id(), Purpose.OUTGOING_PASSWORD)).contains("another-secret");
    }

    @Test
    void presetsFillWhatIsKnown() {
        Visitor administrator = administrator();

        assertThat(administrator.get("/channels/email/new").body())
                .contains("Microsoft 365", "Google", "Other mail server");
        assertThat(administrator.get("/channels/email/new/microsoft").body())
                .contains(
                        "outlook.office365.com", "smtp.office365.com", ">OAuth 2.0<", "Directory (tenant) ID", "Cloud")
                .contains("http://127.0.0.1:" + port + "/channels/email/oauth/callback");
        assertThat(administrator.get("/channels/email/new/google").body())
                .contains("imap.gmail.com", "smtp.gmail.com", "app password")
                .contains("Service account: a key")
                .doesNotContain("Directory (tenant) ID", "Client credentials");
        assertThat(administrator.get("/channels/email/new/yahoo").status()).isEqualTo(404);
    }

    @Test
    void theListIsFilteredSortedAndLive() {
        Visitor administrator = administrator();
        added(administrator, form("Zebra list"));
        added(administrator, form("Apple list"));

        String up = administrator.get("/channels/email?q=+LIST&sort=name").body();
        String down = administrator.get("/channels/email?q=list&sort=-name").body();
        String none = administrator.get("/channels/email?q=%3Ci%3Enothing").body();
        String live =
                administrator.get("/channels/email?q=list", "HX-Request: true").body();

        assertThat(up.indexOf("Apple list")).isPositive().isLessThan(up.indexOf("Zebra list"));
        assertThat(down.indexOf("Zebra list")).isPositive().isLessThan(down.indexOf("Apple list"));
        assertThat(up).contains("Disabled", "smtp.example.com", "aria-sort=\"ascending\"");
        assertThat(none).contains("No channel fits").doesNotContain("<i>nothing");
        assertThat(live).contains("id=\"channels\"", "Apple list").doesNotContain("<html");
        assertThat(administrator.get("/channels/email?sort=nonsense&page=-5").status())
                .isEqualTo(200);
    }

    @Test
    void channelsAreSwitchedOnOffAndDeleted() {
        Visitor administrator = administrator();
        Channel channel = added(administrator, form("Switched"));
        String path = "/channels/email/" + channel.id();

        administrator.post(path + "/enable", Map.of());
        boolean on = channels.find(channel.id()).orElseThrow().enabled();
        String whileOn = administrator.get(path).body();
        administrator.post(path + "/disable", Map.of());
        String page = administrator.get(path).body();
        Answer gone = administrator.post(path + "/delete", Map.of());

        assertThat(on).isTrue();
        assertThat(whileOn).contains("The channel is enabled and starts to fetch.", "Fetch now");
        assertThat(page).contains("Disabled", "Conversations stay here", "The channel is disabled.");
        assertThat(gone.location()).isEqualTo("/channels/email");
        assertThat(administrator.get("/channels/email").body()).contains("Switched was deleted.");
        assertThat(channels.find(channel.id())).isEmpty();
        assertThat(secrets.has(channel.id(), Purpose.INCOMING_PASSWORD)).isFalse();
        assertThat(administrator.get(path).status()).isEqualTo(404);
    }

    @Test
    void testConnectionNamesTheStepThatFailedAndWhatToDo() {
        Visitor administrator = administrator();
        Map<String, String> form = form("Nothing listens");
        form.put("incoming.host", "127.0.0.1");
        form.put("incoming.port", "9");
        form.put("outgoing.protocol", "none");
        Channel channel = added(administrator, form);

        Answer part = administrator.post("/channels/email/" + channel.id() + "/test", Map.of(), "HX-Request: true");
        Answer page = administrator.post("/channels/email/" + channel.id() + "/test", Map.of());

        assertThat(part.body())
                .contains("Not everything works yet.", "Nothing listens on 127.0.0.1:9", "step-fail", "step-skipped")
                .doesNotContain("<html");
        assertThat(page.body()).contains("<html", "Nothing listens on 127.0.0.1:9", "Settings");
    }
}
