package org.postroom.simulator.entra;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;

/** Which tenant and app a request means. */
record Tenants(Organisation organisation) {
    private static final Set<String> SHARED = Set.of("common", "organizations", "consumers");

    static boolean isShared(String name) {
        return SHARED.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The tenant of that GUID or domain; empty for {@code common} and its like. */
    Optional<Tenant> find(String name) throws AadException {
        if (isShared(name)) {
            return Optional.empty();
        }
        Optional<Tenant> tenant = organisation.tenant(name);
        if (tenant.isEmpty()) {
            throw new AadException(AadError.tenantNotFound(name));
        }
        return tenant;
    }

    /** The app, if it may be used with that tenant. */
    App app(String clientId, String tenantName) throws AadException {
        Optional<Tenant> tenant = find(tenantName);
        String directory = tenant.map(Tenant::domain).orElse(tenantName);
        App app = organisation
                .app(clientId)
                .orElseThrow(() -> new AadException(AadError.appNotFound(clientId, directory)));
        if (app.disabled()) {
            throw new AadException(AadError.of(
                    7000112,
                    "unauthorized_client",
                    "Application '" + app.clientId() + "'(" + app.name() + ") is disabled."));
        }
        if (!app.multiTenant() && tenant.isEmpty()) {
            throw new AadException(AadError.singleTenant(app.clientId(), app.name()));
        }
        if (!app.multiTenant() && tenant.orElseThrow() != app.tenant()) {
            throw new AadException(AadError.appNotFound(clientId, directory));
        }
        return app;
    }
}
