package org.postroom.simulator.entra;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The scopes of a request, sorted.
 *
 * @param text as asked for
 * @param openId {@code openid}, {@code profile}, {@code email}, {@code offline_access}
 * @param resourceScopes all others, in full: resource, slash, name
 */
record Scopes(String text, Set<String> openId, Set<String> resourceScopes) {
    static final String OUTLOOK = "https://outlook.office.com";
    static final String OUTLOOK_365 = "https://outlook.office365.com";
    static final String GRAPH = "https://graph.microsoft.com";

    private static final Set<String> OPEN_ID = Set.of("openid", "profile", "email", "offline_access");
    private static final Set<String> MAIL_SCOPES = Set.of(
            "IMAP.AccessAsUser.All",
            "POP.AccessAsUser.All",
            "SMTP.Send",
            "EWS.AccessAsUser.All",
            ".default",
            "Mail.Read",
            "Mail.ReadWrite",
            "Mail.Send",
            "User.Read");
    private static final Map<String, Set<String>> KNOWN = Map.of(
            OUTLOOK,
            MAIL_SCOPES,
            OUTLOOK_365,
            MAIL_SCOPES,
            "https://ps.outlook.com",
            Set.of(".default"),
            GRAPH,
            Set.of(
                    ".default",
                    "User.Read",
                    "Mail.Read",
                    "Mail.ReadWrite",
                    "Mail.Send",
                    "Mail.Read.Shared",
                    "Mail.ReadWrite.Shared",
                    "Mail.Send.Shared",
                    "IMAP.AccessAsUser.All",
                    "POP.AccessAsUser.All",
                    "SMTP.Send"));

    static Scopes parse(String text, String tenant) throws AadException {
        Set<String> openId = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (String scope : text.strip().split("\\s+")) {
            if (OPEN_ID.contains(scope)) {
                openId.add(scope);
            } else if (!scope.isEmpty()) {
                others.add(known(scope, text, tenant));
            }
        }
        return new Scopes(text, openId, others);
    }

    private static String known(String scope, String all, String tenant) throws AadException {
        int slash = scope.lastIndexOf('/');
        String name = scope.substring(slash + 1);
        String resource = slash < 0 ? GRAPH : scope.substring(0, slash).replaceAll("/+$", "");
        Set<String> names = KNOWN.get(resource);
        if (names == null && !resource.startsWith("https://") && !resource.startsWith("api://")) {
            throw invalid(all, all);
        }
        if (names == null) {
            throw new AadException(AadError.of(
                    500011,
                    "invalid_resource",
                    "The resource principal named " + resource + " was not found in the tenant named " + tenant
                            + ". This can happen if the application has not been installed by the administrator of the"
                            + " tenant or consented to by any user in the tenant. You might have sent your"
                            + " authentication request to the wrong tenant."));
        }
        return names.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(exact -> resource + "/" + exact)
                .orElseThrow(() -> invalid(all, scope));
    }

    private static AadException invalid(String all, String scope) {
        return new AadException(AadError.of(
                70011,
                "invalid_scope",
                "The provided request must include a 'scope' input parameter. The provided value for the input parameter"
                        + " 'scope' is not valid. The scope " + (all.contains(" ") ? all : scope) + " is not valid."));
    }

    static String resourceOf(String scope) {
        return scope.substring(0, scope.lastIndexOf('/'));
    }

    static String nameOf(String scope) {
        return scope.substring(scope.lastIndexOf('/') + 1);
    }

    /** The one resource asked for; Graph where none is. */
    String resource() throws AadException {
        Set<String> resources = new LinkedHashSet<>();
        resourceScopes.forEach(scope -> resources.add(resourceOf(scope)));
        if (resources.size() > 1) {
            throw new AadException(AadError.of(
                    28000,
                    "invalid_request",
                    "Provided value for the input parameter scope is not valid because it contains more than one resource."
                            + " Scope " + text + " is not valid."));
        }
        return resources.isEmpty() ? GRAPH : resources.iterator().next();
    }

    boolean has(String openIdScope) {
        return openId.contains(openIdScope);
    }

    Scopes ofFirstResource() {
        if (resourceScopes.isEmpty()) {
            return this;
        }
        String first = resourceOf(resourceScopes.iterator().next());
        Set<String> kept = new LinkedHashSet<>(resourceScopes);
        kept.removeIf(scope -> !resourceOf(scope).equals(first));
        return new Scopes(text, openId, kept);
    }
}
