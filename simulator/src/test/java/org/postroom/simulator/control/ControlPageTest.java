package org.postroom.simulator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.simulator.Simulator;
import org.postroom.simulator.SimulatorOptions;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.Scenario;
import org.postroom.simulator.testkit.FakeBrowser;
import org.postroom.simulator.testkit.FakeClient;

class ControlPageTest {
    private Simulator simulator;
    private FakeBrowser browser;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Scenario.bundled(), SimulatorOptions.forTests());
        browser = new FakeBrowser(simulator);
        simulator.endpoints().app().certificates().add(FakeClient.certificate());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private String page() {
        return browser.get(simulator.endpoints().control() + "/").body();
    }

    private static List<String> all(String page, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @Test
    void everyControlHasAnIdOfItsOwnSoThatFocusIsKept() {
        List<String> ids = all(page(), " id=\"([^\"]*)\"");

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(150);
    }

    @Test
    void everyFieldOfThePageIsKnownToTheCallItMakes() {
        List<String> controls = all(page(), "(data-path=\"[^\"]*\" data-field=\"[^\"]*\")");

        for (String control : controls.stream().distinct().toList()) {
            String path = control.replaceFirst("data-path=\"([^\"]*)\".*", "$1");
            String field = control.replaceFirst(".*data-field=\"([^\"]*)\"", "$1");
            HttpResponse<String> response = browser.control("PATCH", "/control/" + path, "{\"" + field + "\":{}}");
            assertThat(response.body()).as(control).doesNotContain("is not known here", "there is no");
        }
        assertThat(controls).hasSizeGreaterThan(100);
    }

    @Test
    void whatIsSwitchedIsShown() {
        browser.set("PATCH", "/control/users/svc@contoso.test", "{\"conditionalAccess\":[\"mfa\"],\"locked\":true}");
        browser.set("POST", "/control/outage", "{\"times\":3,\"about\":\"<b>\"}");
        simulator.clock().advance(Duration.ofDays(91));

        String page = page();

        assertThat(page)
                .contains("Conditional access <span class=\"on\">on</span>", "3 more, for &lt;b&gt;", ", over</td>")
                .containsPattern("users-svc-contoso-test-locked\"[^>]* checked>")
                .containsPattern("users-svc-contoso-test-mfa\"[^>]* checked>");
    }

    @Test
    void namesAreShownAsText() {
        User odd = new User(
                simulator.endpoints().tenant(), "id", "<i>@contoso.test", "<script>alert(1)</script>", "\"><p>");
        simulator.organisation().add(odd);

        assertThat(page())
                .contains("&lt;script&gt;alert(1)", "&quot;&gt;&lt;p&gt;")
                .doesNotContain("<script>alert(1)", "<i>@contoso");
    }

    @Test
    void pagesOfOtherSitesTurnNothing() throws Exception {
        HttpRequest.Builder call = HttpRequest.newBuilder(
                        URI.create(simulator.endpoints().control() + "/control/users/svc@contoso.test"))
                .method("PATCH", BodyPublishers.ofString("{\"disabled\":true}"));
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> other = client.send(
                    call.copy().header("Origin", "https://evil.test").build(), BodyHandlers.ofString());
            boolean after = simulator
                    .organisation()
                    .user("svc@contoso.test")
                    .orElseThrow()
                    .disabled();
            HttpResponse<String> own = client.send(
                    call.copy()
                            .header("Origin", simulator.endpoints().control())
                            .build(),
                    BodyHandlers.ofString());

            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(after).isFalse();
            assertThat(own.statusCode()).isEqualTo(200);
        }
    }
}
