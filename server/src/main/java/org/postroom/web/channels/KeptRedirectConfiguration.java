package org.postroom.web.channels;

import java.net.URI;
import java.util.stream.Stream;
import org.postroom.access.PublicUrl;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** Maps {@link KeptRedirect}, and refuses one that would hide a page of Postroom's own. */
@Configuration(proxyBeanMethods = false)
class KeptRedirectConfiguration {
    /** Paths that are no page's and yet taken. */
    private static Stream<String> taken() {
        return Stream.of(
                "/api/**",
                "/actuator/**",
                "/webjars/**",
                "/static/**",
                "/sign-in/**",
                "/sign-out/**",
                "/error/**",
                "/postroom*",
                "/theme*",
                "/icons*",
                "/favicon*");
    }

    @Bean
    FilterRegistrationBean<KeptRedirectFilter> keptRedirectFilter(KeptRedirect kept, PublicUrl publicUrl) {
        var registration = new FilterRegistrationBean<>(new KeptRedirectFilter(kept, publicUrl));
        // Ahead of security, which then judges the path as the callback's own.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 100);
        return registration;
    }

    @Bean
    SmartInitializingSingleton keptRedirectCheck(
            KeptRedirect kept, @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping pages) {
        return () -> {
            URI address = kept.address();
            if (address == null || address.getRawPath().equals(ConnectAddress.PATH)) {
                return;
            }
            PathContainer path = PathContainer.parsePath(address.getRawPath().replaceAll("(?<=.)/$", ""));
            boolean page = pages.getHandlerMethods().keySet().stream()
                    .flatMap(info -> info.getPatternValues().stream())
                    .map(PathPatternParser.defaultInstance::parse)
                    .anyMatch(pattern -> pattern.matches(path));
            boolean other =
                    taken().map(PathPatternParser.defaultInstance::parse).anyMatch(p -> p.matches(path));
            if (page || other || new ClassPathResource("static" + path.value()).exists()) {
                throw KeptRedirect.wrong(address.toString(), "has the path of a page of Postroom's own");
            }
        };
    }
}
