package org.postroom.credentials;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.util.Timeout;
import org.postroom.store.DataFolder;
import org.postroom.store.Database;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.Proxy;
import org.postroom.wire.TrustedAuthorities;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what this package offers, and the connections beneath it. */
@Configuration(proxyBeanMethods = false)
class CredentialsConfiguration {
    private static final Timeout PATIENCE = Timeout.ofSeconds(20);

    @Bean
    Dialer dialer(
            @Value("${postroom.allowed-networks:}") String allowed,
            @Value("${postroom.trusted-ca:}") String trustedCa,
            @Value("${postroom.proxy:}") String proxy,
            @Value("${postroom.no-proxy:}") String noProxy) {
        return new Dialer(
                NetworkGuard.parse(allowed),
                TrustedAuthorities.context(trustedCa.isBlank() ? null : Path.of(trustedCa)),
                Proxy.parse(proxy, noProxy));
    }

    @Bean
    Sealer sealer(@Value("${postroom.key:}") String key, DataFolder folder) {
        return Sealer.open(key, folder.path());
    }

    @Bean
    Secrets secrets(Database database, Sealer sealer, Clock clock) {
        return new Secrets(database, sealer, clock);
    }

    /** No redirects, bounded waits, and connections by the dialer alone. */
    @Bean
    CloseableHttpClient tokenHttpClient(Dialer dialer, Secrets secrets) {
        return httpClient(dialer, secrets);
    }

    static CloseableHttpClient httpClient(Dialer dialer, Secrets secrets) {
        var connections = new TokenConnections(dialer, secrets, PATIENCE.toDuration()).build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                // A connection goes one channel's way; another channel must not find it in the pool.
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(PATIENCE).build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .setUserAgent("Postroom")
                .build();
    }

    @Bean
    TokenEndpoint tokenEndpoint(CloseableHttpClient tokenHttpClient, Clock clock) {
        return new TokenEndpoint(tokenHttpClient, clock);
    }

    @Bean
    TokenRequest tokenRequest(Secrets secrets, TokenEndpoint endpoint, Clock clock) {
        return new TokenRequest(secrets, endpoint, clock);
    }

    @Bean
    AuthorizationServers authorizationServers(TokenEndpoint endpoint, Clock clock) {
        return new AuthorizationServers(endpoint, clock);
    }

    @Bean
    ExternalTokens externalTokens(
            TokenEndpoint endpoint, Secrets secrets, @Value("${postroom.token-command:}") String command) {
        return new ExternalTokens(
                endpoint,
                secrets,
                command.isBlank() ? List.of() : List.of(command.strip().split("\\s+")));
    }

    @Bean
    Tokens tokens(
            Database database,
            Sealer sealer,
            TokenRequest request,
            ExternalTokens external,
            AuthorizationServers servers,
            TokenEndpoint endpoint,
            Clock clock,
            @Value("${postroom.token-expiry-margin-time:5m}") Duration margin) {
        return new Tokens(database, sealer, request, external, servers, endpoint, clock, margin);
    }

    @Bean
    SignIn signIn(
            Database database,
            Sealer sealer,
            TokenRequest request,
            Tokens tokens,
            AuthorizationServers servers,
            TokenEndpoint endpoint,
            Clock clock) {
        return new SignIn(database, sealer, request, tokens, servers, endpoint, clock);
    }

    @Bean
    DeviceSignIn deviceSignIn(
            Database database,
            Sealer sealer,
            TokenRequest request,
            Tokens tokens,
            AuthorizationServers servers,
            TokenEndpoint endpoint,
            Clock clock) {
        return new DeviceSignIn(database, sealer, request, tokens, servers, endpoint, clock);
    }

    @Bean
    ReconnectLinks reconnectLinks(Database database, Sealer sealer, Clock clock) {
        return new ReconnectLinks(database, sealer, clock);
    }
}
