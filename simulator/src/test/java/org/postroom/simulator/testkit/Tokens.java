package org.postroom.simulator.testkit;

import java.time.Duration;
import org.postroom.simulator.Simulator;

/** Access tokens of the bundled organisation. */
public final class Tokens {
    public static final String MAIL =
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send";

    private Tokens() {}

    public static String mail(Simulator simulator, String upn) {
        return of(simulator, upn, MAIL);
    }

    public static String of(Simulator simulator, String upn, String scopes) {
        String app = simulator.endpoints().app().clientId();
        return simulator.accessToken(upn, app, scopes, Duration.ofHours(1));
    }

    public static String lasting(Simulator simulator, String upn, Duration life) {
        String app = simulator.endpoints().app().clientId();
        return simulator.accessToken(upn, app, MAIL, life);
    }
}
