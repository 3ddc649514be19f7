package org.postroom.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.PostroomServer;
import org.postroom.access.FirstRun;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The main job as people do it, in a real browser on the simulated Microsoft 365: an administrator adds a channel on a
 * shared mailbox and connects it, customers write, an agent answers, the customer gets it from the shared address.
 */
@Tag("browser")
@SuppressWarnings("NullAway.Init") // set before each test
class MainJobStoryTest {
    private static final Path PICTURES = Path.of("target", "pictures");
    private static final LocatorAssertions.IsVisibleOptions SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);

    private SimulatedOrganisation simulator;
    private ConfigurableApplicationContext server;
    private Playwright playwright;
    private Page page;

    @BeforeEach
    void start(@TempDir Path work) throws Exception {
        Files.createDirectories(PICTURES);
        simulator = SimulatedOrganisation.start(work.resolve("simulator"));
        Map<String, Object> settings = new HashMap<>();
        settings.put("postroom.store.data", work.resolve("data").toString());
        settings.put("postroom.allowed-networks", "127.0.0.0/8,::1");
        settings.put("postroom.trusted-ca", simulator.endpoint("ca"));
        settings.put("server.port", "0");
        server = new SpringApplicationBuilder(PostroomServer.class)
                .initializers(
                        c -> c.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)))
                .run();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1440, 900).setLocale("en-GB"));
        page = context.newPage();
    }

    @AfterEach
    void stop() {
        playwright.close();
        server.close();
        simulator.close();
    }

    @Test
    @Timeout(240)
    void theMainJob() throws IOException {
        createTheFirstAdministrator();
        addTheChannel();
        connectIt();
        testTheConnection();
        customersWrite();
        answerAnn();
        annHasTheAnswerFromTheSharedAddress();
        annAnswersIntoTheSameConversation();
        closeIt();
        failedTestShowsItsRemedy();
        takeThePictures();
    }

    private void createTheFirstAdministrator() {
        page.navigate(server.getBean(FirstRun.class).link().orElseThrow().toString());
        page.getByLabel("Your name").fill("Alex Administrator");
        page.getByLabel("Email address").fill("alex@contoso.test");
        page.getByLabel("Password").fill("a long enough password");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Create account"))
                .click();
        page.waitForURL("**/channels**");
        passesAxe("channels, empty");
    }

    private void addTheChannel() {
        page.navigate(address("/channels/email/new"));
        page.locator("a[href='/channels/email/new/microsoft']").click();
        page.locator("#name").fill("Support");
        page.locator("#address").fill("support@contoso.test");
        page.locator("#authentication-tenant").fill(simulator.endpoint("tenant.id"));
        page.locator("#authentication-clientId").fill(simulator.endpoint("app.clientId"));
        page.locator("#authentication-clientSecret").fill(simulator.endpoint("app.clientSecret"));
        page.locator("#authentication-signInUser").fill("svc@contoso.test");
        page.locator("#incoming-host").fill("localhost");
        page.locator("#incoming-port").fill(simulator.endpoint("imap.tlsPort"));
        page.locator("#outgoing-host").fill("localhost");
        page.locator("#outgoing-port").fill(simulator.endpoint("smtp.startTlsPort"));
        page.locator("#outgoing-displayName").fill("Contoso Support");
        page.locator("summary:has-text('Advanced')").click();
        page.locator("#authentication-authority").fill(simulator.endpoint("entra"));
        passesAxe("channel form");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Add channel"))
                .click();
        assertThat(page.getByText("Waiting for sign-in").first()).isVisible(SOON);
    }

    private void connectIt() {
        Page signIn = page.context()
                .waitForPage(() -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Connect"))
                        .first()
                        .click());
        signIn.locator("input[name=loginfmt]").fill("svc@contoso.test");
        signIn.locator("input[name=passwd]").fill("Pa55-svc");
        signIn.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        signIn.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Accept"))
                .click();
        assertThat(signIn.getByText("svc@contoso.test").first()).isVisible(SOON);
        picture(signIn, "connect-result");
        passesAxe(signIn, "sign-in result");
        signIn.close();
        assertThat(page.locator("#live").getByText("Connected").first()).isVisible(SOON);
    }

    private void testTheConnection() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test connection"))
                .click();
        assertThat(page.locator("#report").getByText("message").first())
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(page.locator("#report")).containsText("0 messages");
        passesAxe("channel page");
    }

    private void customersWrite() {
        page.navigate(address("/inbox"));
        simulator.customersStart();
        assertThat(page.getByText("Delivery address of order 48213").first()).isVisible(SOON);
        assertThat(page.getByText("Invoice 2026-1178").first()).isVisible(SOON);
    }

    private void answerAnn() {
        page.getByText("Delivery address of order 48213").first().click();
        Locator text = page.locator("#answer-text");
        text.fill("Dear Ann,\n\nthe parcel goes to Harbour Street.\n\nAlex");
        passesAxe("conversation");
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Send").setExact(true))
                .click();
        assertThat(page.locator(".delivery").getByText("Sent").first()).isVisible(SOON);
    }

    private void annHasTheAnswerFromTheSharedAddress() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            String raw = simulator.newestMail("ann@fabrikam.test");
            assertThat(raw)
                    .contains("From: Contoso Support <support@contoso.test>")
                    .contains("To: Ann Becker <ann@fabrikam.test>")
                    .contains("Subject: Re: Delivery address of order 48213")
                    .contains("In-Reply-To: <")
                    .contains("the parcel goes to Harbour Street.");
        });
    }

    private void annAnswersIntoTheSameConversation() {
        simulator.answerNewest("ann@fabrikam.test", "Wonderful, thank you!");
        assertThat(page.locator("#thread").getByText("Wonderful, thank you!").first())
                .isVisible(SOON);
    }

    private void closeIt() {
        page.locator("button[data-inbox=close]").first().click();
        assertThat(page.locator("#talk-head").getByText("Closed").first()).isVisible(SOON);
    }

    private void failedTestShowsItsRemedy() {
        simulator.fullAccess("support@contoso.test", "[]");
        page.navigate(address("/channels/email"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Support"))
                .first()
                .click();
        page.locator("#test-send-to").fill("ann@fabrikam.test");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test connection"))
                .click();
        assertThat(page.locator("#report").getByText("Not everything works yet."))
                .isVisible(SOON);
        assertThat(page.locator("#report .step-fail .command code").first())
                .hasText("Add-MailboxPermission -Identity support@contoso.test -User svc@contoso.test -AccessRights"
                        + " FullAccess");
        assertThat(page.locator("#report")).containsText("Outgoing: test mail to ann@fabrikam.test passed");
        page.locator(".failures a").first().click();
        passesAxe("failed test");
        picture(page, "failed-test-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(300);
        passesAxe("failed test, dark");
        picture(page, "failed-test-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        simulator.fullAccess("support@contoso.test", "[\"svc@contoso.test\"]");
    }

    private void takeThePictures() throws IOException {
        page.navigate(address("/inbox"));
        page.getByText("Invoice 2026-1178").first().click();
        assertThat(page.locator("#answer-text")).isVisible();
        page.waitForTimeout(1500);
        picture(page, "inbox-light");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(300);
        passesAxe("inbox, dark");
        picture(page, "inbox-dark");
        page.navigate(address("/channels/email"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Support"))
                .first()
                .click();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Test connection"))
                .click();
        assertThat(page.locator("#report").getByText("message").first()).isVisible(SOON);
        page.waitForTimeout(300);
        passesAxe("channel page, dark");
        picture(page, "channel-dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.waitForTimeout(400);
        picture(page, "channel-light");
        page.setViewportSize(390, 844);
        page.navigate(address("/inbox"));
        page.waitForTimeout(300);
        passesAxe("inbox on a phone");
        picture(page, "inbox-phone");
        assertThat(PICTURES.resolve("inbox-light.png")).isNotEmptyFile();
    }

    private String address(String path) {
        return "http://localhost:" + server.getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    private void passesAxe(String where) {
        passesAxe(page, where);
    }

    private static void passesAxe(Page page, String where) {
        if (page.locator("iframe").count() == 0) {
            check(page, where);
            return;
        }
        // A customer's HTML in its sandbox is not ours to judge, and no script runs in there: a copy without it is
        // checked.
        try (Page copy = page.context().newPage()) {
            boolean dark = (boolean) page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
            copy.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT));
            copy.navigate(page.url());
            copy.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())");
            check(copy, where);
        }
    }

    private static void check(Page page, String where) {
        var serious = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(v -> "serious".equals(v.getImpact()) || "critical".equals(v.getImpact()))
                        .map(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                        .toList();

        assertThat(serious).as("axe: " + where).isEmpty();
    }
}
