package org.postroom.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.PostroomServer;
import org.postroom.channel.Channels;
import org.postroom.conversation.Conversations;
import org.postroom.conversation.Filing;
import org.postroom.conversation.Views.Message;
import org.postroom.desk.Desk;
import org.postroom.fetch.Inbound;
import org.postroom.intake.Intake;
import org.postroom.mail.Bounce;
import org.postroom.mail.Complaint;
import org.postroom.mail.Protection;
import org.postroom.mail.Receipt;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.reply.ReplyInput;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.RawStore;
import org.postroom.web.inbox.InboxData;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What Postroom understood of a mail, on the agent's page, in a real browser: light, dark and on a phone. */
@Tag("browser")
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class UnderstoodMailStoryTest {
    private static final Path PICTURES = Path.of("target", "pictures");

    private ConfigurableApplicationContext server;
    private Playwright playwright;
    private Page page;
    private Desk desk;
    private UnderstoodMails mails;

    @BeforeAll
    void start(@TempDir Path work) throws IOException {
        Files.createDirectories(PICTURES);
        Map<String, Object> settings = Map.of("postroom.store.data", work.toString(), "server.port", "0");
        server = new SpringApplicationBuilder(PostroomServer.class)
                .initializers(
                        c -> c.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)))
                .run();
        desk = server.getBean(Desk.class);
        InboxData data = new InboxData(
                server.getBean(Channels.class),
                server.getBean(People.class),
                server.getBean(RawStore.class),
                server.getBean(Inbound.class),
                server.getBean(Intake.class),
                server.getBean(Database.class),
                server.getBean(Ids.class),
                server.getBean(java.time.Clock.class),
                desk);
        data.person("Maya Chen", "maya@contoso.test", Role.AGENT);
        mails = new UnderstoodMails(
                data.channel("Support", "support@contoso.test").id(),
                server.getBean(Filing.class),
                server.getBean(RawStore.class),
                server.getBean(Conversations.class));
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        page = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")))
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(1440, 900)
                        .setTimezoneId("Europe/Berlin")
                        .setLocale("en-GB"))
                .newPage();
        page.navigate(address("/sign-in"));
        page.getByLabel("Email address").fill("maya@contoso.test");
        page.getByLabel("Password").fill(InboxData.PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        page.waitForURL("**/inbox**");
    }

    @AfterAll
    void stop() {
        playwright.close();
        server.close();
    }

    private String address(String path) {
        return "http://localhost:" + server.getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    private void open(String conversation) {
        page.navigate(address("/inbox/" + conversation + "?view=all"));
        assertThat(page.locator("#answer-text")).isVisible();
    }

    /** Light, dark and on a phone: nothing that axe calls serious, and a picture of each. */
    private void looksGood(String name) {
        page.waitForTimeout(400);
        picture(name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForTimeout(200);
        picture(name + "-dark");
        passesAxe(name + ", dark", ColorScheme.DARK);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        passesAxe(name, ColorScheme.LIGHT);
        page.setViewportSize(390, 844);
        page.waitForTimeout(300);
        picture(name + "-phone");
        assertThat((int) page.evaluate("document.documentElement.scrollWidth"))
                .as("nothing is wider than a phone")
                .isLessThanOrEqualTo(390);
        page.setViewportSize(1440, 900);
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("mail-" + name + ".png")));
    }

    private void passesAxe(String where, ColorScheme scheme) {
        // What a customer wrote in its sandbox is not ours to judge.
        try (Page copy = page.context().newPage()) {
            copy.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            copy.navigate(page.url());
            copy.evaluate("document.querySelectorAll('iframe').forEach(frame => frame.remove())");
            var serious = new AxeBuilder(copy)
                    .analyze().getViolations().stream()
                            .filter(v -> "serious".equals(v.getImpact()) || "critical".equals(v.getImpact()))
                            .map(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                            .toList();
            assertThat(serious).as("axe: " + where).isEmpty();
        }
    }

    @Test
    void quotesAndSignaturesOfHtmlAreFoldedAndTheFrameGrowsWithThem() {
        var mail = mails.plain("Lena Vogt <lena@northwind.test>", "RE: Glasses for the bar", "Thank you, that helps.");
        String conversation = mails.arrives(UnderstoodMails.html(
                mail,
                "<div style=\"font-family:Calibri\"><p>Thank you, that helps.</p><p>Our bank says: <a href=\"https://evil.test/x\""
                        + " target=\"_blank\" rel=\"noopener\" title=\"evil.test\">www.bank.example</a>"
                        + "<small data-link-host>evil.test</small></p></div>"
                        + "<details data-fold=\"signature\"><p>Lena Vogt<br>Northwind GmbH<br>Bremen</p></details>"
                        + "<details data-fold=\"disclaimer\"><p>This message is confidential.</p></details>"
                        + "<details data-fold=\"quote\"><div><b>From:</b> Contoso Support<br><b>Sent:</b> Friday<br>"
                        + "<b>Subject:</b> Glasses for the bar</div>" + "<p>We can send them on Monday.</p>".repeat(12)
                        + "</details>",
                UnderstoodMails.findings("en", null, null, List.of(), null)));

        open(conversation);
        FrameLocator frame = page.frameLocator("iframe.frame");
        Locator summaries = frame.locator("summary");
        assertThat(summaries).hasText(new String[] {"Signature", "Disclaimer", "Quoted text"});
        page.waitForTimeout(500);
        double before = page.locator("iframe.frame").boundingBox().height;
        summaries.last().focus();
        page.keyboard().press("Enter");
        assertThat(frame.getByText("We can send them on Monday.").last()).isVisible();
        page.waitForTimeout(300);
        double after = page.locator("iframe.frame").boundingBox().height;

        assertThat(after).isGreaterThan(before + 200);
        summaries.last().click();
        looksGood("outlook");
    }

    @Test
    void remotePicturesAreNamedAndCanBeShownAlwaysForASender() {
        var mail = mails.plain("Shop News <news@shop.test>", "Black Friday: everything must go", "Sale");
        String html =
                "<table width=\"600\"><tr><td data-remote-background=\"https://cdn.shop.test/back.png\"><h1>Sale</h1>"
                        + "<img data-remote-src=\"https://img.shop.test/a.png\" alt=\"A lamp\" width=\"300\" height=\"120\">"
                        + "<img data-remote-src=\"https://img.shop.test/b.png\" alt=\"A chair\" width=\"300\" height=\"120\">"
                        + "</td></tr></table>";
        var found = UnderstoodMails.findings("en", null, null, List.of("track.example"), null);
        String conversation = mails.arrives(UnderstoodMails.html(mail, html, found));

        open(conversation);
        assertThat(page.locator(".pictures"))
                .containsText(
                        "3 pictures from cdn.shop.test and img.shop.test are not loaded: the sender would learn that"
                                + " you read this. A tracking pixel of track.example was removed.");
        looksGood("newsletter");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Always for this sender"))
                .click();
        assertThat(page.locator(".pictures")).containsText("are shown, as always for this sender");
        assertThat(page.locator("iframe.frame")).hasAttribute("src", java.util.regex.Pattern.compile("images=1"));
        assertThat(page.locator("#context")).containsText("news@shop.test");
        picture("newsletter-always");
        page.locator("#context .senders button").click();
        assertThat(page.locator(".pictures")).containsText("are not loaded");
    }

    @Test
    void lostAnswerIsMarkedExplainedAndTheContactFlaggedUntilCleared() {
        String customer = "ann@fabrikam.test";
        String conversation =
                mails.arrives(mails.plain("Ann Becker <" + customer + ">", "Order 48213", "Where is my lamp?"));
        Message answer = answer(conversation);
        mails.arrives(UnderstoodMails.bounce(
                mails.plain(
                        "Mail Delivery System <MAILER-DAEMON@mx.test>",
                        "Undelivered Mail Returned to Sender",
                        "This is the mail system at host mx.test.\n\nI'm sorry to have to inform you."),
                new Bounce(
                        List.of(new Bounce.Recipient(
                                customer,
                                "failed",
                                "5.1.1",
                                "550",
                                "550 5.1.1 <ann@fabrikam.test>: Recipient address rejected: User unknown in virtual"
                                        + " mailbox table",
                                true,
                                "no-such-user")),
                        answer.messageId())));

        open(conversation);
        assertThat(page.locator("#rows .badge-bad").first()).hasText("Not delivered");
        assertThat(page.locator("#undelivered")).containsText("An answer in this conversation did not arrive");
        assertThat(page.locator(".returned")).containsText("Not delivered to " + customer + ": no such address");
        assertThat(page.locator(".bounce")).containsText("There is no such address.");
        assertThat(page.locator("#context .flag")).containsText("Mail does not arrive.");
        assertThat(page.locator("#answer")).containsText("Mail to ann@fabrikam.test does not arrive (no such address)");
        looksGood("bounce");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Clear the flag"))
                .click();
        assertThat(page.locator("#context .flag")).hasCount(0);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Seen to"))
                .click();
        assertThat(page.locator("#undelivered")).hasCount(0);
    }

    @Test
    void receiptsDelaysAndComplaintsAreSaidInWords() {
        String customer = "Bob@fabrikam.test";
        String conversation = mails.arrives(mails.plain("Bob <" + customer + ">", "Invoice 7", "Is it paid?"));
        Message answer = answer(conversation);
        mails.arrives(UnderstoodMails.bounce(
                mails.plain("postmaster@mx.test", "Delayed", "It is still being tried."),
                new Bounce(
                        List.of(new Bounce.Recipient(
                                "bob@fabrikam.test", "delayed", "4.4.1", null, null, false, "network")),
                        answer.messageId())));
        open(conversation);
        assertThat(page.locator(".returned")).containsText("Not delivered yet to bob@fabrikam.test: still being tried");

        mails.arrives(UnderstoodMails.receipt(
                mails.plain("Bob <" + customer + ">", "Read: Invoice 7", "Read."),
                new Receipt(customer, "displayed", false, answer.messageId())));
        page.reload();
        assertThat(page.locator(".returned")).containsText("Read by bob@fabrikam.test");
        mails.arrives(UnderstoodMails.complaint(
                mails.plain("fbl@provider.test", "Complaint", "A complaint."),
                new Complaint("abuse", null, customer, null, null, answer.messageId())));
        page.reload();
        assertThat(page.locator("#context .flag")).containsText("called a message of ours spam");
        looksGood("receipt-complaint");
    }

    @Test
    void invitationProtectionAndWhatWasMendedAreShown() {
        var mail = mails.parsed(
                "From: Lena Vogt <lena@northwind.test>\nSubject: Installation",
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
                        + "See https://www.northwind.test/plan and https://www.bank.example@evil.test/x.\n\nLena\n"
                        + "--b\nContent-Type: text/calendar\nContent-Disposition: attachment; filename=invite.ics\n\n"
                        + "BEGIN:VCALENDAR\nEND:VCALENDAR\n--b--\n");
        var protection = new Protection(
                Protection.Standard.SMIME,
                Protection.Signature.UNTRUSTED,
                Protection.Encryption.DECRYPTED,
                "lena@northwind.test",
                "The signature fits, but this channel does not trust Northwind's authority. Ask an administrator to add it.");
        String conversation = mails.arrives(UnderstoodMails.with(
                mail,
                UnderstoodMails.findings("en", null, null, List.of(), protection, UnderstoodMails.invitation()),
                List.of("charset 'x-unknown' read as windows-1252", "a boundary was missing")));

        open(conversation);
        assertThat(page.locator(".event")).containsText("1 December 2026 at 10:00 CET to 11:30");
        assertThat(page.locator(".event")).containsText("Every week, 4 times");
        assertThat(page.locator(".event a")).hasAttribute("href", java.util.regex.Pattern.compile("attachments/0$"));
        assertThat(page.locator(".badges")).containsText("signer not trusted");
        assertThat(page.locator(".link-host")).hasText("leads to evil.test");
        assertThat(page.getByText("Mended: 2 things")).isVisible();
        looksGood("invitation");
    }

    @Test
    void rightToLeftAndJapaneseStandAsTheirReadersExpect() {
        String arabic = mails.arrives(UnderstoodMails.with(
                mails.plain(
                        "=?utf-8?B?" + base64("محمد علي") + "?= <m.ali@example.test>",
                        "=?utf-8?B?" + base64("الطلب رقم 48213 لم يصل (عاجل)") + "?=",
                        "مرحبا،\n\nلم يصل الطلب رقم 48213 حتى الآن. هل يمكنكم المساعدة؟\n\nOrder: LAMP-7 (black)\n\nشكرا"),
                UnderstoodMails.findings("ar", null, null, List.of(), null),
                List.of()));
        String japanese = mails.arrives(UnderstoodMails.with(
                mails.plain(
                        "=?utf-8?B?" + base64("山田 太郎") + "?= <yamada@example.test>",
                        "=?utf-8?B?" + base64("ご注文の件について") + "?=",
                        "お世話になっております。\n\n先日注文したランプがまだ届いておりません。\nご確認をお願いいたします。\n\n山田"),
                UnderstoodMails.findings("ja", null, null, List.of(), null),
                List.of()));

        open(japanese);
        assertThat(page.locator(".text").first()).hasAttribute("lang", "ja");
        looksGood("japanese");
        open(arabic);
        assertThat(page.locator(".text").first()).hasAttribute("lang", "ar");
        var directions = page.locator(".text > div").evaluateAll("all => all.map(d => getComputedStyle(d).direction)");
        looksGood("arabic");

        assertThat(directions).isEqualTo(List.of("rtl", "rtl", "ltr", "rtl"));
        assertThat(page.locator("#talk-subject").evaluate("h => getComputedStyle(h).direction"))
                .isEqualTo("rtl");
    }

    private static String base64(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private Message answer(String conversation) {
        desk.answer(conversation, ReplyInput.ofText("It is on its way."), null);
        return desk.open(conversation).orElseThrow().messages().getLast();
    }
}
