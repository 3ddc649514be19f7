package org.postroom.web.assistant;

import java.util.List;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Cloud;
import org.postroom.credentials.Grant;

/**
 * What is to be set up at Microsoft. Empty strings stand for what is not known yet.
 *
 * @param authority where sign-in happens; the cloud's, but for a channel that says otherwise
 * @param shared whether the mailbox is a shared one, which cannot sign in itself
 * @param user who signs in; the mailbox itself if nobody else does, empty for an application by itself
 * @param objectId of the enterprise application, for client credentials alone
 * @param sends whether mail goes out by SMTP too
 * @param byRole whether the application may send by a role on this one mailbox (RBAC for Applications) rather than by a
 *     permission and the mailbox's own rights
 */
record Plan(
        Cloud cloud,
        String authority,
        Grant grant,
        Proof proof,
        String mailbox,
        boolean shared,
        String user,
        String tenant,
        String clientId,
        String objectId,
        boolean sends,
        boolean byRole) {
    /** Whether nobody signs in. */
    public boolean isApplication() {
        return grant == Grant.CLIENT_CREDENTIALS;
    }

    /** Whether whoever signs in needs rights on the mailbox: everybody but its own user. */
    boolean needsRights() {
        return isApplication() || shared || !user.equalsIgnoreCase(mailbox);
    }

    /** Who has to have SMTP AUTH: who authenticates there, and an application does so as the mailbox. */
    String smtpUser() {
        return isApplication() ? mailbox : user;
    }

    /** Who gets the rights in Exchange. */
    String trustee() {
        return isApplication() ? objectId : user;
    }

    /** What sign-in asks for. */
    List<String> scopes() {
        return new Authentication.OAuth2(
                        org.postroom.credentials.Provider.MICROSOFT,
                        grant,
                        cloud,
                        tenant,
                        clientId,
                        proof == Proof.NONE,
                        null,
                        null,
                        authority,
                        List.of(),
                        null,
                        null)
                .neededScopes(sends);
    }

    /** Where applications are registered. */
    public String portal() {
        return switch (cloud) {
            case GLOBAL -> "https://entra.microsoft.com";
            case GCC_HIGH, DOD -> "https://portal.azure.us";
            case CHINA -> "https://portal.azure.cn";
        };
    }

    /** How the way there begins. */
    String portalName() {
        return cloud == Cloud.GLOBAL ? "Entra admin center → Entra ID" : "Azure portal → Microsoft Entra ID";
    }
}
