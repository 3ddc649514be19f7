package org.postroom.web.channels;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.Expiry;
import org.postroom.channel.NextSettings.Next;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.Grant;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.Tokens;
import org.postroom.doctor.DoctorReport;
import org.postroom.doctor.Switching;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What a channel's page shows of signing in. */
@Component
class SignInView {
    private final Channels channels;
    private final Tokens tokens;
    private final DeviceSignIn devices;
    private final Switching switching;
    private final Clock clock;

    SignInView(Channels channels, Tokens tokens, DeviceSignIn devices, Switching switching, Clock clock) {
        this.channels = channels;
        this.tokens = tokens;
        this.devices = devices;
        this.switching = switching;
        this.clock = clock;
    }

    void fill(Channel channel, Model model) {
        OAuthClient client = channel.oauthClient();
        boolean byDevice = client != null && client.auth().grant().needsPerson();
        model.addAttribute("device", byDevice ? devices.of(channel.id()) : null);
        model.addAttribute("nowWords", words(channel));
        model.addAttribute(
                "ending",
                Expiry.of(channel).flatMap(e -> e.warning(clock.instant())).orElse(null));
        Next next = channels.next(channel.id()).orElse(null);
        model.addAttribute("next", next);
        if (next == null) {
            return;
        }
        OAuthClient to = next.channel().oauthClient();
        DoctorReport report = switching.report(next);
        model.addAttribute("nextWords", words(next.channel()));
        model.addAttribute("nextNeedsPerson", to != null && to.auth().grant().needsPerson());
        model.addAttribute("nextGrant", to == null ? "" : to.auth().grant().word());
        model.addAttribute("nextAccount", to == null ? null : account(to));
        model.addAttribute("nextDevice", to == null ? null : devices.of(to.channelId()));
        model.addAttribute("nextFailures", report == null ? List.of() : failures(report));
    }

    private Tokens.@Nullable SignedIn account(OAuthClient client) {
        return client.auth().grant().needsPerson() ? tokens.signedIn(client.channelId()) : null;
    }

    private static List<DoctorReport.Step> failures(DoctorReport report) {
        return report.steps().stream()
                .filter(s -> s.result() == DoctorReport.Result.FAIL)
                .toList();
    }

    /** How a channel signs in, such as "OAuth 2.0, authorization code, as svc@contoso.com". */
    static String words(Channel channel) {
        return switch (channel.authentication()) {
            case Authentication.Password(String username) -> "Basic, as " + username;
            case Authentication.OAuth2 oauth ->
                "OAuth 2.0 by " + oauth.grant().label().toLowerCase(java.util.Locale.ROOT)
                        + (oauth.signInUser() == null || oauth.grant() == Grant.CLIENT_CREDENTIALS
                                ? ""
                                : ", as " + oauth.signInUser());
        };
    }
}
