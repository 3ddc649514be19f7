package org.postroom.web.assistant;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Cloud;

/** Where an administrator consents for everybody (reference page microsoft-365, 4.2). */
final class ConsentLink {
    /** The {@code state} that comes back, by which the answer is told from a sign-in's. */
    static final String STATE = "admin-consent";

    private ConsentLink() {}

    /**
     * The link; empty as long as tenant, client ID or redirect address are not known.
     *
     * @param redirect where Microsoft sends the administrator back to
     */
    static Optional<String> of(Plan plan, @Nullable String redirect) {
        if (plan.tenant().isEmpty() || plan.clientId().isEmpty() || redirect == null) {
            return Optional.empty();
        }
        return Optional.of(plan.authority() + "/" + encode(plan.tenant()) + "/v2.0/adminconsent?client_id="
                + encode(plan.clientId()) + "&redirect_uri=" + encode(redirect) + "&scope=" + encode(scope(plan))
                + "&state=" + STATE);
    }

    /** For an application by IMAP, Microsoft documents a resource of its own; national clouds do not have it. */
    static String scope(Plan plan) {
        if (!plan.isApplication()) {
            return String.join(" ", plan.scopes());
        }
        return plan.cloud() == Cloud.GLOBAL
                ? "https://ps.outlook.com/.default"
                : plan.cloud().applicationScope();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
