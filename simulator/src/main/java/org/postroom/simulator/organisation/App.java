package org.postroom.simulator.organisation;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An app registration together with its enterprise application. Safe for all threads. */
public final class App {
    private final Tenant tenant;
    private final String clientId;
    private final String objectId;
    private final String name;
    private final Redirects redirects;
    private final boolean multiTenant;
    private final List<ClientSecret> secrets = new CopyOnWriteArrayList<>();
    private final List<ClientCertificate> certificates = new CopyOnWriteArrayList<>();
    private final Set<String> permissions = ConcurrentHashMap.newKeySet();
    private final Set<String> adminConsent = ConcurrentHashMap.newKeySet();
    private final Set<String> requestedPermissions = ConcurrentHashMap.newKeySet();
    private final Set<String> assigned = ConcurrentHashMap.newKeySet();
    private volatile boolean assignmentRequired;
    private volatile @Nullable String servicePrincipal;
    private volatile boolean publicClient;
    private volatile boolean disabled;
    private final ConditionalAccess conditionalAccess = new ConditionalAccess();

    /**
     * Where sign-in may come back to.
     *
     * @param uris exact addresses
     * @param anyLoopbackPort whether a loopback address matches whatever its port, as Entra has it for localhost
     */
    public record Redirects(List<String> uris, boolean anyLoopbackPort) {
        public Redirects {
            uris = List.copyOf(uris);
        }

        boolean allows(String asked) {
            return uris.contains(asked) || (anyLoopbackPort && uris.stream().anyMatch(uri -> sameButPort(uri, asked)));
        }

        private static boolean sameButPort(String registered, String asked) {
            try {
                URI one = URI.create(registered.replace("*", "anything"));
                URI two = URI.create(asked);
                String path = one.getPath();
                return "http".equals(two.getScheme())
                        && isLoopback(two.getHost())
                        && two.getHost().equals(one.getHost())
                        && (path.equals("/anything") || path.equals(two.getPath()));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static boolean isLoopback(@Nullable String host) {
            return "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
        }
    }

    /** Makes a confidential client without secrets and permissions. */
    public App(Tenant tenant, String clientId, String objectId, String name, Redirects redirects, boolean multiTenant) {
        this.tenant = tenant;
        this.clientId = clientId;
        this.objectId = objectId;
        this.name = name;
        this.redirects = redirects;
        this.multiTenant = multiTenant;
        this.servicePrincipal = objectId;
    }

    /** The tenant it is registered in. */
    public Tenant tenant() {
        return tenant;
    }

    /** Application (client) id. */
    public String clientId() {
        return clientId;
    }

    /** Object id of the enterprise application, which Exchange's service principal must name. */
    public String objectId() {
        return objectId;
    }

    /** Display name. */
    public String name() {
        return name;
    }

    /** Whether accounts of other tenants may use it. */
    public boolean multiTenant() {
        return multiTenant;
    }

    /** The client secrets, expired ones too; may be changed. */
    public List<ClientSecret> secrets() {
        return secrets;
    }

    /** The certificates, expired ones too; may be changed. */
    public List<ClientCertificate> certificates() {
        return certificates;
    }

    /** Application permissions with admin consent, such as {@code IMAP.AccessAsApp}; may be changed. */
    public Set<String> permissions() {
        return permissions;
    }

    /**
     * What the registration asks for, consented to or not: application permissions by name, delegated ones in full with
     * their resource; may be changed.
     */
    public Set<String> requestedPermissions() {
        return requestedPermissions;
    }

    /** The object id that Exchange's New-ServicePrincipal was given; null where it was not run. */
    public @Nullable String servicePrincipal() {
        return servicePrincipal;
    }

    /** Sets {@link #servicePrincipal()}. */
    public void servicePrincipal(@Nullable String given) {
        servicePrincipal = given;
    }

    /** Whether only users assigned to the enterprise application may use it. */
    public boolean assignmentRequired() {
        return assignmentRequired;
    }

    /** Sets {@link #assignmentRequired()}. */
    public void assignmentRequired(boolean required) {
        assignmentRequired = required;
    }

    /** Names of the users assigned, in lower case; may be changed. */
    public Set<String> assigned() {
        return assigned;
    }

    /** Delegated scopes an administrator consented to for everybody; may be changed. */
    public Set<String> adminConsent() {
        return adminConsent;
    }

    /** Whether the redirect address is registered. */
    public boolean allowsRedirect(String uri) {
        return redirects.allows(uri);
    }

    /** The registered redirect addresses. */
    public List<String> redirectUris() {
        return redirects.uris();
    }

    /** Whether it is a public client, which has no secret. */
    public boolean publicClient() {
        return publicClient;
    }

    /** Sets {@link #publicClient()}. */
    public void publicClient(boolean isPublic) {
        publicClient = isPublic;
    }

    /** Whether the enterprise application is disabled. */
    public boolean disabled() {
        return disabled;
    }

    /** Sets {@link #disabled()}. */
    public void disabled(boolean off) {
        disabled = off;
    }

    /** What is demanded of this app's sign-ins, and codes ordered for them. */
    public ConditionalAccess conditionalAccess() {
        return conditionalAccess;
    }
}
