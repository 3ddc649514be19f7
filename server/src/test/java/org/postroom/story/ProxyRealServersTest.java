package org.postroom.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelInput;
import org.postroom.credentials.FakeEntra;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.DoctorReport;
import org.postroom.rig.RealServers;
import org.postroom.wire.FakeProxy;
import org.postroom.wire.Proxy;

/** Mail in and answer out against Dovecot and Postfix where the only way there is a proxy. */
@Tag("server")
class ProxyRealServersTest {
    private static final String CUSTOMER = "ann@fabrikam.test";
    private static final String SERVICE = "svc@contoso.test";
    private static final String SHARED = "support@contoso.test";

    private static RealServers servers;
    private static FakeProxy operators;
    private static PostroomApp app;
    private static MainJobSteps steps;

    @BeforeAll
    static void start(@TempDir Path work, @TempDir Path data) throws IOException {
        servers = RealServers.start(work);
        for (String address : new String[] {SERVICE, SHARED, CUSTOMER, "sales@contoso.test"}) {
            servers.addUser(address, MailReader.PASSWORD);
        }
        servers.grantFullAccess(SERVICE, SHARED);
        servers.grantSendAs(SERVICE, SHARED);
        operators = new FakeProxy(Proxy.Type.HTTP, "joe", "of the operator");
        app = PostroomApp.start(
                data,
                servers.authorityPem(),
                Map.of("postroom.proxy", "http://joe:of%20the%20operator@127.0.0.1:" + operators.port()));
        steps = new MainJobSteps(app);
    }

    @AfterAll
    static void stop() throws IOException {
        app.close();
        operators.close();
        servers.close();
    }

    private static Channel add(ChannelInput input, Object proxy) {
        return steps.add(new ChannelInput(
                input.name(),
                input.address(),
                input.enabled(),
                input.script(),
                input.authentication(),
                input.incoming(),
                input.outgoing(),
                proxy,
                Map.of("mail.debug", "true")));
    }

    @Test
    void wholeJobWithAPasswordThroughTheChannelsSocksProxy() throws IOException {
        try (FakeProxy socks = new FakeProxy(Proxy.Type.SOCKS5, "joe", "of the channel")) {
            Channel channel = add(
                    RealMail.channel(
                            servers,
                            "sales",
                            "sales@contoso.test",
                            RealMail.password("sales@contoso.test", MailReader.PASSWORD)),
                    new ChannelInput.ProxyInput(
                            "socks5", "127.0.0.1", socks.port(), "joe", "of the channel", List.of()));

            steps.walk(channel, CUSTOMER, servers::deliver, new MailReader(servers));

            assertThat(socks.asked())
                    .contains(
                            RealServers.HOST + ":" + servers.imapTlsPort(),
                            RealServers.HOST + ":" + servers.smtpStartTlsPort());
        }
    }

    @Test
    void tokensAndBothDirectionsThroughTheOperatorsProxy() throws IOException {
        try (FakeEntra entra = new FakeEntra()) {
            entra.answer(form -> FakeEntra.Answer.tokens(
                    servers.accessToken(SERVICE, Duration.ofHours(1), Map.of("preferred_username", SERVICE)), "r1"));
            Channel channel = steps.add(
                    RealMail.channel(servers, "support", SHARED, RealMail.oauth(entra.settings(SERVICE), null)));
            steps.connect(channel);

            DoctorReport report = app.get(Doctor.class).test(channel);

            assertThat(report.ok()).as(report.steps().toString()).isTrue();
            assertThat(operators.asked())
                    .contains(
                            Objects.requireNonNull(entra.authority()).replace("http://", ""),
                            RealServers.HOST + ":" + servers.imapTlsPort(),
                            RealServers.HOST + ":" + servers.smtpStartTlsPort());
        }
    }
}
