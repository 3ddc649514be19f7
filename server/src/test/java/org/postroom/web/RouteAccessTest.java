package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.postroom.web.Visitor.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route there is, tried by people and programs that may not use it. */
class RouteAccessTest extends RunningPages {
    private static final Set<String> OPEN = Set.of(
            "/reconnect/{word}",
            "/reconnect/{word}/go",
            "/sign-in",
            "/first-run",
            "/session",
            "/error",
            "/api/openapi.json",
            "/api/openapi.json.yaml");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mapping;

    private record Route(String method, String pattern) {
        String path() {
            return pattern.replaceAll("\\{[^}]*}", "none").replace("**", "none");
        }

        boolean forPrograms() {
            return pattern.startsWith("/api/") || pattern.startsWith("/actuator");
        }
    }

    private List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        mapping.getHandlerMethods().keySet().forEach(info -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            info.getPatternValues().forEach(pattern -> {
                if (methods.isEmpty()) {
                    routes.add(new Route("GET", pattern));
                }
                methods.forEach(method -> routes.add(new Route(method.name(), pattern)));
            });
        });
        return routes;
    }

    private static Answer call(Visitor visitor, Route route) {
        return route.method().equals("GET")
                ? visitor.get(route.path())
                : visitor.post(route.path(), Map.of(), "X-HTTP-Method-Override: " + route.method());
    }

    @Test
    void strangersAreSentToTheSignInOfEveryPage() {
        Visitor stranger = stranger();

        List<Route> guarded = routes().stream()
                .filter(route -> !OPEN.contains(route.pattern()) && !route.forPrograms())
                .toList();

        assertThat(guarded).hasSizeGreaterThan(10).allSatisfy(route -> {
            Answer answer = call(stranger, route);
            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.location()).isEqualTo("/sign-in");
        });
    }

    @Test
    void programsNeedAKeyEvenBesideASession() {
        Visitor administrator = administrator();

        List<Route> guarded = new ArrayList<>(routes().stream()
                .filter(route -> !OPEN.contains(route.pattern()) && route.forPrograms())
                .toList());
        guarded.add(new Route("GET", "/api/v1/channels"));
        guarded.add(new Route("GET", "/actuator/prometheus"));

        assertThat(guarded)
                .allSatisfy(
                        route -> assertThat(call(administrator, route).status()).isEqualTo(401));
    }

    @Test
    void agentsDoNotGetIntoTheSettings() {
        Visitor agent = agent();

        List<Route> settings = routes().stream()
                .filter(route -> route.pattern().startsWith("/channels"))
                .toList();

        assertThat(settings)
                .hasSizeGreaterThan(10)
                .allSatisfy(route -> assertThat(call(agent, route).status()).isEqualTo(403));
    }

    @Test
    void administratorsGetEverywhereInTheSettings() {
        Visitor administrator = administrator();

        List<Route> settings = routes().stream()
                .filter(route -> route.pattern().startsWith("/channels"))
                .toList();

        assertThat(settings).allSatisfy(route -> {
            Answer answer = call(administrator, route);
            assertThat(answer.status()).isIn(200, 302, 400, 404, 422);
            assertThat(answer.location()).isNotEqualTo("/sign-in");
        });
    }
}
