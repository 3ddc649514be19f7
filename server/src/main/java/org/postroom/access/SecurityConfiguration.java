package org.postroom.access;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.postroom.person.People;
import org.postroom.store.DataFolder;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.RequestCache;

/** Who may call what: programs by key under {@code /api} and {@code /actuator}, people by session everywhere else. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-src 'self'; object-src 'none';"
            + " base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
    private static final String[] OPEN_TO_ALL = {
        "/sign-in",
        "/first-run",
        "/session",
        "/reconnect/**",
        "/channels/email/oauth/callback",
        "/postroom*",
        "/theme*",
        "/icons*",
        "/favicon*",
        "/webjars/**",
        "/static/**"
    };

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy("ROLE_ADMINISTRATOR > ROLE_SUPERVISOR\nROLE_SUPERVISOR > ROLE_AGENT");
    }

    @Bean
    SecurityContextRepository securityContextRepository() {
        return new HttpSessionSecurityContextRepository();
    }

    @Bean
    CsrfTokenRepository csrfTokenRepository() {
        return new HttpSessionCsrfTokenRepository();
    }

    @Bean
    SessionAuthenticationStrategy sessionAuthenticationStrategy(CsrfTokenRepository csrfTokens) {
        return new CompositeSessionAuthenticationStrategy(
                List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(csrfTokens)));
    }

    @Bean
    RequestCache requestCache() {
        return PageAccess.wanted();
    }

    /** There is no other way in than {@link FrontDoor}; without this bean the framework makes a user of its own. */
    @Bean
    UserDetailsService noOtherUsers() {
        return name -> {
            throw new UsernameNotFoundException("people sign in on the sign-in page");
        };
    }

    /** Sessions outlive a restart, in the data folder. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessions(DataFolder folder, PublicUrl publicUrl) {
        return factory -> {
            var session = factory.getSettings().getSession();
            session.setStoreDir(folder.path().resolve("sessions").toFile());
            if (publicUrl.https()) {
                session.getCookie().setSecure(true);
            }
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain programChain(HttpSecurity http, ApiKeys keys) throws Exception {
        ApiProblems problems = new ApiProblems();
        return http.securityMatcher("/api/**", "/actuator/**")
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/**", "/api/openapi.json")
                        .permitAll()
                        .requestMatchers("/actuator/**", "/api/v1/channels", "/api/v1/channels/**")
                        .hasRole("ADMINISTRATOR")
                        .requestMatchers(
                                "/api/v1/api-keys/**",
                                "/api/v1/quarantine/**",
                                "/api/v1/webhooks/**",
                                "/api/v1/audit/**")
                        .hasRole("ADMINISTRATOR")
                        .anyRequest()
                        .hasRole("AGENT"))
                .addFilterBefore(new ApiKeyFilter(keys, problems), AnonymousAuthenticationFilter.class)
                .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .csrf(csrf -> csrf.disable())
                .logout(logout -> logout.disable())
                .headers(headers -> headers.contentSecurityPolicy(
                        csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pageChain(
            HttpSecurity http,
            People people,
            SecurityContextRepository contexts,
            CsrfTokenRepository csrfTokens,
            RequestCache wanted)
            throws Exception {
        PageAccess access = new PageAccess();
        return http.authorizeHttpRequests(pages -> pages.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers(OPEN_TO_ALL)
                        .permitAll()
                        .requestMatchers("/channels", "/channels/**")
                        .hasRole("ADMINISTRATOR")
                        .anyRequest()
                        .hasRole("AGENT"))
                .addFilterBefore(new FirstRunFilter(people), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new StandingFilter(people), AnonymousAuthenticationFilter.class)
                .securityContext(context -> context.securityContextRepository(contexts))
                .exceptionHandling(e -> e.authenticationEntryPoint(access).accessDeniedHandler(access))
                .requestCache(cache -> cache.requestCache(wanted))
                .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
                .logout(logout -> logout.logoutUrl("/sign-out")
                        .logoutSuccessUrl("/sign-in?signed-out")
                        .deleteCookies("POSTROOM_SESSION"))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                        .frameOptions(frame -> frame.sameOrigin())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(
                                p -> p.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
                        .crossOriginOpenerPolicy(Customizer.withDefaults()))
                .build();
    }
}
