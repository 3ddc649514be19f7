package org.postroom.web.assistant;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.postroom.channel.Channel;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Cloud;
import org.postroom.credentials.Grant;

/** Between channels and plans. */
final class ChannelPlan {
    private ChannelPlan() {}

    /**
     * The plan that a channel follows.
     *
     * @param sent what a channel does not know, from the page's address
     */
    static Plan of(Channel channel, Authentication.OAuth2 oauth, Map<String, String> sent) {
        boolean application = oauth.grant() == Grant.CLIENT_CREDENTIALS;
        String user = application || oauth.signInUser() == null ? "" : oauth.signInUser();
        boolean shared = application
                ? !sent.getOrDefault("kind", "shared").equals("user")
                : !user.isEmpty() && !user.equalsIgnoreCase(channel.address());
        String object = sent.getOrDefault("object", "").strip().toLowerCase(Locale.ROOT);
        return new Plan(
                oauth.cloud(),
                oauth.authority(),
                oauth.grant(),
                oauth.certificate() != null ? Proof.CERTIFICATE : oauth.publicClient() ? Proof.NONE : Proof.SECRET,
                channel.address(),
                shared,
                user.isEmpty() && !application ? channel.address() : user,
                oauth.tenant(),
                oauth.clientId().toLowerCase(Locale.ROOT),
                application && object.matches("[0-9a-f-]{36}") ? object : "",
                channel.sends(),
                application && channel.sends() && "role".equals(sent.get("rights")));
    }

    /** The form of a new channel with a plan's values, of which none is a secret. */
    static String addLink(Plan plan) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("address", plan.mailbox());
        query.put("authentication.cloud", plan.cloud().word());
        query.put("authentication.grant", plan.grant().word());
        query.put("authentication.tenant", plan.tenant());
        query.put("authentication.clientId", plan.clientId());
        query.put("authentication.proof", plan.proof() == Proof.CERTIFICATE ? "certificate" : "secret");
        query.put("authentication.signInUser", plan.user());
        query.put("incoming.host", incoming(plan.cloud()));
        query.put("outgoing.protocol", plan.sends() ? "smtp" : "none");
        query.put("outgoing.host", outgoing(plan.cloud()));
        return "/channels/email/new/microsoft?"
                + query.entrySet().stream()
                        .filter(e -> !e.getValue().isEmpty())
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private static String incoming(Cloud cloud) {
        return switch (cloud) {
            case GLOBAL -> "outlook.office365.com";
            case GCC_HIGH -> "outlook.office365.us";
            case DOD -> "outlook-dod.office365.us";
            case CHINA -> "partner.outlook.cn";
        };
    }

    /** None is known here for the Department of Defense; its administrators enter theirs. */
    private static String outgoing(Cloud cloud) {
        return switch (cloud) {
            case GLOBAL -> "smtp.office365.com";
            case GCC_HIGH -> "smtp.office365.us";
            case DOD -> "";
            case CHINA -> "smtp.partner.outlook.cn";
        };
    }
}
