package org.postroom.credentials;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.util.Timeout;
import org.postroom.store.DataFolder;
import org.postroom.store.Database;
import org.postroom.wire.Dialer;
import org.postroom.wire.NetworkGuard;
import org.postroom.wire.TrustedAuthorities;
import org.postroom.wire.WireException;
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
            @Value("${postroom.trusted-ca:}") String trustedCa) {
        return new Dialer(
                NetworkGuard.parse(allowed),
                TrustedAuthorities.context(trustedCa.isBlank() ? null : Path.of(trustedCa)));
    }

    @Bean
    Sealer sealer(@Value("${postroom.key:}") String key, DataFolder folder) {
        return Sealer.open(key, folder.path());
    }

    @Bean
    Secrets secrets(Database database, Sealer sealer, Clock clock) {
        return new Secrets(database, sealer, clock);
    }

    /** No redirects, bounded waits, and only addresses that the guard lets through at the moment of connecting. */
    @Bean
    CloseableHttpClient tokenHttpClient(Dialer dialer) {
        DnsResolver guarded = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] permitted = Arrays.stream(InetAddress.getAllByName(host))
                        .filter(dialer.guard()::permits)
                        .toArray(InetAddress[]::new);
                if (permitted.length == 0) {
                    UnknownHostException refused = new UnknownHostException(host);
                    refused.initCause(
                            new WireException(WireException.Cause.NOT_ALLOWED, host + " is not a public address"));
                    throw refused;
                }
                return permitted;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guarded)
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(dialer.tls()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(PATIENCE)
                        .setSocketTimeout(PATIENCE)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
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
}
