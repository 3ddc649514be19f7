package org.postroom.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.story.FakeMicrosoft365;
import org.postroom.story.PostroomApp;

/** The set-up assistant in a real browser: from an empty page to a channel with one point still to do. */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // set before each test
class AssistantStoryTest {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final String PRINCIPAL = "9d0e4a77-1f0a-4d4e-8a5c-30f7a2b6c815";
    private static final String PASSWORD = "orange lamp river";
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(90_000);

    private FakeMicrosoft365 microsoft;
    private PostroomApp server;
    private Playwright playwright;
    private Page page;

    @BeforeEach
    void start(@TempDir Path data, @TempDir Path simulator) throws Exception {
        Files.createDirectories(PICTURES);
        microsoft = FakeMicrosoft365.start(simulator);
        server = PostroomApp.start(data.resolve("data"), microsoft.authorityPem(), Map.of());
        server.get(People.class).create(new NewPerson("Alex", "alex@contoso.test", PASSWORD, Role.ADMINISTRATOR));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1280, 900)
                        .setLocale("en-GB"))
                .newPage();
        page.setDefaultTimeout(60_000);
        page.navigate(address("/sign-in"));
        page.locator("input[name=email]").fill("alex@contoso.test");
        page.locator("input[name=password]").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    @AfterEach
    void stop() {
        playwright.close();
        server.close();
        microsoft.close();
    }

    @Test
    @Timeout(300)
    void fromAnEmptyPageToAChecklist() throws Exception {
        page.navigate(address("/channels/email/new"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("set-up assistant"))
                .click();
        passesAxe("assistant, empty");
        fillItIn();
        passesAxe("assistant");
        picture("assistant-script");
        addTheChannel();
        microsoft.patchMailbox(
                "support@contoso.test", "{\"fullAccess\": [\"" + PRINCIPAL + "\"], \"smtpAuthDisabled\": true}");
        testIt();
        takeThePictures();
        mendIt();
    }

    /** By keyboard alone, from the first field on. */
    private void fillItIn() {
        page.locator("#grant").selectOption("client_credentials");
        page.locator("#mailbox").focus();
        page.keyboard().type("support@contoso.test");
        for (String id : List.of("tenant", "client", "object")) {
            while (!id.equals(page.evaluate("document.activeElement.id"))) {
                page.keyboard().press("Tab");
            }
            page.keyboard()
                    .type(
                            switch (id) {
                                case "tenant" -> "contoso.test";
                                case "client" ->
                                    microsoft
                                            .endpoints()
                                            .path("app")
                                            .path("clientId")
                                            .asString();
                                default -> PRINCIPAL;
                            });
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("#script")).containsText("New-ServicePrincipal -AppId '0f6a1c52", SOON);
        assertThat(page.locator("#user")).isHidden();
        assertThat(page.url()).contains("grant=client_credentials");
        assertThat(page.locator("#consent")).containsText("ps.outlook.com%2F.default");
    }

    private void addTheChannel() {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Add the channel with these values"))
                .click();
        assertThat(page.locator("#address")).hasValue("support@contoso.test");
        assertThat(page.locator("#authentication-tenant")).hasValue("contoso.test");
        page.locator("#name").fill("Support");
        page.locator("#authentication-clientSecret")
                .fill(microsoft.endpoints().path("app").path("clientSecret").asString());
        page.locator("#incoming-host").fill("localhost");
        page.locator("#incoming-port")
                .fill(microsoft.endpoints().path("imap").path("tlsPort").asString());
        page.locator("#outgoing-host").fill("localhost");
        page.locator("#outgoing-port")
                .fill(microsoft.endpoints().path("smtp").path("startTlsPort").asString());
        page.locator("summary:has-text('Advanced')").click();
        page.locator("#authentication-authority")
                .fill(microsoft.endpoints().path("entra").asString());
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add channel"))
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Steps at Microsoft, and a checklist"))
                .click();
        assertThat(page.locator("#checklist")).containsText("not known yet", SOON);
    }

    private void testIt() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test it"))
                .click();
        assertThat(page.locator("#checklist [data-item=SMTP_AUTH]")).containsText("to do", SOON);
        assertThat(page.locator("#checklist [data-item=FULL_ACCESS]")).containsText("done");
        assertThat(page.locator("#checklist [data-item=SMTP_AUTH]"))
                .containsText("Set-CASMailbox -Identity support@contoso.test -SmtpClientAuthenticationDisabled $false");
        passesAxe("assistant, tested");
    }

    private void takeThePictures() {
        picture("assistant-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(300);
        passesAxe("assistant, dark");
        picture("assistant-dark");
        page.setViewportSize(390, 844);
        page.waitForTimeout(300);
        passesAxe("assistant on a phone");
        picture("assistant-phone");
        assertThat(page.evaluate(
                                "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right >"
                                        + " 390 && !e.closest('pre, .table-wrap')).map(e => e.outerHTML.slice(0, 120)).join('\\n')")
                        .toString())
                .isEmpty();
        page.setViewportSize(1280, 900);
    }

    private void mendIt() throws Exception {
        microsoft.patchMailbox(
                "support@contoso.test", "{\"smtpAuthDisabled\": false, \"sendAs\": [\"" + PRINCIPAL + "\"]}");
        page.locator("#send-to").fill("ann@fabrikam.test");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test it"))
                .click();
        assertThat(page.locator("#checklist")).containsText("All of it is done", SOON);
    }

    private String address(String path) {
        return "http://localhost:" + server.port() + path;
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private void passesAxe(String where) {
        var serious = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(v -> "serious".equals(v.getImpact()) || "critical".equals(v.getImpact()))
                        .map(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                        .toList();

        assertThat(serious).as("axe: " + where).isEmpty();
    }
}
