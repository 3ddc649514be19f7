package org.postroom.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.postroom.simulator.mailbox.Mailbox;
import org.postroom.simulator.organisation.App;
import org.postroom.simulator.organisation.ClientCertificate;
import org.postroom.simulator.organisation.ClientSecret;
import org.postroom.simulator.organisation.Customer;
import org.postroom.simulator.organisation.Limits;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.organisation.Tenant;
import org.postroom.simulator.organisation.User;
import org.postroom.simulator.scenario.Scenario.CustomersWrite;

/** Makes the organisation from the file's fields. */
final class ScenarioReader {
    private static final Instant FAR = Instant.parse("2099-12-31T00:00:00Z");

    private final YamlMap root;
    private final Organisation organisation;

    ScenarioReader(YamlMap root) {
        this.root = root.knows("tenants", "customers", "customersWrite", "tokens", "limits");
        this.organisation = new Organisation(limits(root));
    }

    Scenario read() {
        List<YamlMap> tenants = root.maps("tenants");
        if (tenants.isEmpty()) {
            throw root.complaint("tenants", "is missing; name at least one tenant with id and domain");
        }
        tenants.forEach(this::tenant);
        root.maps("customers").forEach(this::customer);
        return new Scenario(organisation, customersWrite(), tokens(root));
    }

    private CustomersWrite customersWrite() {
        return switch (root.text("customersWrite").orElse("onDemand")) {
            case "onStart" -> CustomersWrite.ON_START;
            case "onDemand" -> CustomersWrite.ON_DEMAND;
            default -> throw root.complaint("customersWrite", "must be onStart or onDemand");
        };
    }

    private static Limits limits(YamlMap root) {
        Limits usual = Limits.DOCUMENTED;
        return root.map("limits")
                .map(map -> map.knows("imapConnections", "smtpConnections", "messageSize", "recipients"))
                .map(map -> new Limits(
                        (int) map.number("imapConnections", usual.imapConnections()),
                        (int) map.number("smtpConnections", usual.smtpConnections()),
                        map.number("messageSize", usual.messageSize()),
                        (int) map.number("recipients", usual.recipients())))
                .orElse(usual);
    }

    private static TokenLives tokens(YamlMap root) {
        TokenLives usual = TokenLives.DOCUMENTED;
        return root.map("tokens")
                .map(map -> map.knows("accessTokenLifetime", "codeLifetime", "refreshTokenIdle"))
                .map(map -> new TokenLives(
                        map.duration("accessTokenLifetime").orElse(usual.accessToken()),
                        map.duration("codeLifetime").orElse(usual.code()),
                        map.duration("refreshTokenIdle").orElse(usual.refreshIdle())))
                .orElse(usual);
    }

    private void tenant(YamlMap map) {
        map.knows(
                "id",
                "domain",
                "smtpAuthDisabled",
                "securityDefaults",
                "basicAuth",
                "imapEnabled",
                "userConsent",
                "permissionDelay",
                "users",
                "sharedMailboxes",
                "apps");
        String domain = map.requiredText("domain").toLowerCase(Locale.ROOT);
        Tenant tenant = new Tenant(map.guid("id").toLowerCase(Locale.ROOT), domain);
        if (organisation.tenant(tenant.id()).isPresent()) {
            throw map.complaint("id", "is used by another tenant");
        }
        if (organisation.tenant(domain).isPresent()) {
            throw map.complaint("domain", "is used by another tenant");
        }
        tenant.smtpAuthDisabled(map.flag("smtpAuthDisabled", false));
        tenant.securityDefaults(map.flag("securityDefaults", false));
        tenant.basicAuth(map.flag("basicAuth", false));
        tenant.imapEnabled(map.flag("imapEnabled", true));
        tenant.userConsent(map.flag("userConsent", true));
        map.duration("permissionDelay").ifPresent(tenant::permissionDelay);
        organisation.add(tenant);
        map.maps("users").forEach(user -> user(tenant, user));
        map.maps("sharedMailboxes").forEach(shared -> sharedMailbox(tenant, shared));
        map.maps("apps").forEach(app -> app(tenant, app));
        map.maps("sharedMailboxes").forEach(ScenarioReader.this::checkGrants);
    }

    private void user(Tenant tenant, YamlMap map) {
        map.knows(
                "upn",
                "name",
                "password",
                "objectId",
                "licensed",
                "disabled",
                "administrator",
                "imapEnabled",
                "smtpAuthDisabled",
                "aliases");
        String upn = internalAddress(tenant, map, "upn");
        String objectId = map.text("objectId").isPresent() ? map.guid("objectId") : guid("user:" + upn);
        User user = new User(tenant, objectId, upn, map.text("name").orElse(upn), map.requiredText("password"));
        user.licensed(map.flag("licensed", true));
        user.disabled(map.flag("disabled", false));
        user.administrator(map.flag("administrator", false));
        organisation.add(user);
        Mailbox mailbox = new Mailbox(upn, user.name(), Mailbox.Kind.USER, map.addresses("aliases"));
        mailbox.imapEnabled(map.flag("imapEnabled", true));
        mailbox.smtpAuthDisabled(map.optionalFlag("smtpAuthDisabled").orElse(null));
        organisation.add(mailbox);
    }

    private void sharedMailbox(Tenant tenant, YamlMap map) {
        map.knows("address", "name", "aliases", "fullAccess", "sendAs", "imapEnabled", "messageCopyForSentAsEnabled");
        String address = internalAddress(tenant, map, "address");
        Mailbox mailbox =
                new Mailbox(address, map.text("name").orElse(address), Mailbox.Kind.SHARED, map.addresses("aliases"));
        mailbox.imapEnabled(map.flag("imapEnabled", true));
        mailbox.messageCopyForSentAsEnabled(map.flag("messageCopyForSentAsEnabled", false));
        map.addresses("fullAccess").forEach(who -> mailbox.fullAccess().add(who.toLowerCase(Locale.ROOT)));
        map.addresses("sendAs").forEach(who -> mailbox.sendAs().add(who.toLowerCase(Locale.ROOT)));
        organisation.add(mailbox);
    }

    private String internalAddress(Tenant tenant, YamlMap map, String key) {
        String address = map.address(key).toLowerCase(Locale.ROOT);
        if (!address.endsWith("@" + tenant.domain())) {
            throw map.complaint(key, "must end in @" + tenant.domain() + ", the tenant's domain");
        }
        if (organisation.mailbox(address).isPresent()) {
            throw map.complaint(key, "is used by another mailbox");
        }
        return address;
    }

    private void checkGrants(YamlMap map) {
        for (String key : List.of("fullAccess", "sendAs")) {
            for (String who : map.addresses(key)) {
                boolean known = organisation.user(who).isPresent()
                        || organisation.apps().stream()
                                .anyMatch(app -> app.objectId().equalsIgnoreCase(who));
                if (!known) {
                    throw map.complaint(key, "names " + who + ", who is neither a user's upn nor an app's objectId");
                }
            }
        }
    }

    private void app(Tenant tenant, YamlMap map) {
        map.knows(
                "clientId",
                "objectId",
                "name",
                "secrets",
                "certificates",
                "publicClient",
                "redirectUris",
                "anyLoopbackPort",
                "multiTenant",
                "permissions",
                "adminConsent",
                "requestedPermissions",
                "servicePrincipal",
                "assignmentRequired",
                "assigned");
        String clientId = map.guid("clientId");
        String objectId = map.text("objectId").isPresent() ? map.guid("objectId") : guid("app:" + clientId);
        App.Redirects redirects = new App.Redirects(map.texts("redirectUris"), map.flag("anyLoopbackPort", false));
        App app = new App(
                tenant,
                clientId,
                objectId,
                map.text("name").orElse(clientId),
                redirects,
                map.flag("multiTenant", false));
        app.publicClient(map.flag("publicClient", false));
        app.permissions().addAll(map.texts("permissions"));
        app.adminConsent().addAll(map.texts("adminConsent"));
        app.requestedPermissions().addAll(map.texts("requestedPermissions"));
        app.requestedPermissions().addAll(app.permissions());
        app.requestedPermissions().addAll(app.adminConsent());
        app.assignmentRequired(map.flag("assignmentRequired", false));
        map.addresses("assigned").forEach(upn -> app.assigned().add(upn.toLowerCase(Locale.ROOT)));
        map.text("servicePrincipal")
                .ifPresent(given -> app.servicePrincipal(given.equals("none") ? null : map.guid("servicePrincipal")));
        for (YamlMap secret : map.maps("secrets")) {
            secret.knows("id", "value", "expires");
            app.secrets()
                    .add(new ClientSecret(
                            secret.guid("id"),
                            secret.requiredText("value"),
                            secret.instant("expires").orElse(FAR)));
        }
        for (String pem : map.texts("certificates")) {
            try {
                app.certificates().add(ClientCertificate.ofPem(pem, null));
            } catch (IllegalArgumentException e) {
                throw map.complaint("certificates", String.valueOf(e.getMessage()));
            }
        }
        if (organisation.app(clientId).isPresent()) {
            throw map.complaint("clientId", "is used by another app");
        }
        organisation.add(app);
    }

    private void customer(YamlMap map) {
        map.knows("address", "name", "password", "writes", "answers", "answerDelay", "answerLimit");
        String address = map.address("address");
        if (organisation.isInternal(address)) {
            throw map.complaint("address", "must be outside every tenant's domain");
        }
        if (organisation.mailbox(address).isPresent()) {
            throw map.complaint("address", "is used by another mailbox");
        }
        Mailbox mailbox = new Mailbox(address, map.text("name").orElse(address), Mailbox.Kind.CUSTOMER, List.of());
        Customer.Answers answers = new Customer.Answers(
                map.flag("answers", false), map.duration("answerDelay").orElse(Duration.ofSeconds(8)), (int)
                        map.number("answerLimit", 30));
        List<Customer.Writing> writes =
                map.maps("writes").stream().map(ScenarioReader::writing).toList();
        organisation.add(new Customer(mailbox, map.text("password").orElse("customer"), writes, answers));
    }

    private static Customer.Writing writing(YamlMap map) {
        map.knows("to", "subject", "text", "html", "attachment", "after", "every");
        Duration every = map.duration("every").orElse(null);
        if (every != null && every.compareTo(Duration.ofSeconds(1)) < 0) {
            throw map.complaint("every", "must be at least PT1S");
        }
        return new Customer.Writing(
                map.address("to"),
                map.requiredText("subject"),
                map.requiredText("text"),
                map.text("html").orElse(null),
                map.text("attachment").orElse(null),
                map.duration("after").orElse(Duration.ZERO),
                every);
    }

    private static String guid(String seed) {
        return UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)).toString();
    }
}
