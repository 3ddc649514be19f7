package org.postroom.web.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterChain;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.access.PublicUrl;
import org.postroom.web.RunningPages;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Where a kept redirect address is answered, and where it may not be. */
class KeptRedirectMappingTest extends RunningPages {
    private static final String OLD = "https://old.example.com/AgentWeb/Bookmark/Mailboxes/Auth";

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping pages;

    private void check(String address) {
        new KeptRedirectConfiguration()
                .keptRedirectCheck(new KeptRedirect(address), pages)
                .afterSingletonsInstantiated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/channels/email",
                "/channels/email/some/edit",
                "/channels/assistant/",
                "/api/v1/channels",
                "/api",
                "/sign-in",
                "/sign-out",
                "/inbox",
                "/favicon.svg",
                "/postroom.js",
                "/inbox.css",
                "/actuator/health"
            })
    void aPathOfPostroomsOwnIsRefused(String path) {
        assertThatThrownBy(() -> check("https://mail.example.com" + path))
                .hasMessageStartingWith("POSTROOM_OAUTH_REDIRECT: 'https://mail.example.com" + path
                        + "' has the path of a page of Postroom's own");
    }

    @Test
    void anyOtherPathIsMapped() {
        assertThatCode(() -> check(OLD)).doesNotThrowAnyException();
        assertThatCode(() -> check("https://mail.example.com" + ConnectAddress.PATH))
                .doesNotThrowAnyException();
        assertThatCode(() -> check("")).doesNotThrowAnyException();
    }

    private static MockHttpServletResponse filtered(String publicUrl, MockHttpServletRequest request, FilterChain chain)
            throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        try (var context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("test", Map.of("postroom.public-url", publicUrl)));
            context.register(PublicUrl.class);
            context.refresh();
            new KeptRedirectFilter(new KeptRedirect(OLD), context.getBean(PublicUrl.class))
                    .doFilter(request, response, chain);
        }
        return response;
    }

    private static MockHttpServletRequest callback() {
        var request = new MockHttpServletRequest("GET", "/AgentWeb/Bookmark/Mailboxes/Auth");
        request.setQueryString("state=a%20b&code=c");
        request.setParameters(Map.of("state", "a b"));
        return request;
    }

    @Test
    void atAnotherHostTheBrowserIsLedToWherePeopleAreSignedIn() throws Exception {
        MockHttpServletResponse response = filtered("https://mail.example.com", callback(), (a, b) -> {});

        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(response.getHeader("Location"))
                .isEqualTo("https://mail.example.com" + ConnectAddress.PATH + "?state=a%20b&code=c");
        assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void atTheSameHostItIsTheCallback() throws Exception {
        AtomicReference<String> path = new AtomicReference<>("");

        MockHttpServletResponse response = filtered(
                "https://old.example.com",
                callback(),
                (a, b) -> path.set(((jakarta.servlet.http.HttpServletRequest) a).getRequestURI()));

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat(path.get()).isEqualTo(ConnectAddress.PATH);
    }
}
