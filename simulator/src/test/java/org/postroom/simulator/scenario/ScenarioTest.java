package org.postroom.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.simulator.organisation.Organisation;
import org.postroom.simulator.testkit.FakeClient;

class ScenarioTest {
    private static final String HEAD = """
            tenants:
              - id: 6b0c5a1e-52d4-4f0f-9c55-0b7d9b7f3a10
                domain: contoso.test
            """;

    @Test
    void bundledOrganisationIsComplete() {
        Organisation organisation = Scenario.bundled().organisation();

        assertThat(organisation.user("svc@contoso.test")).isPresent();
        assertThat(organisation.mailbox("support@contoso.test").orElseThrow().fullAccess())
                .containsExactly("svc@contoso.test");
        assertThat(organisation.mailbox("sales@contoso.test").orElseThrow().sendAs())
                .isEmpty();
        assertThat(organisation.mailbox("orders@contoso.test").orElseThrow().fullAccess())
                .isEmpty();
        assertThat(organisation.customers()).hasSize(3);
    }

    @Test
    void limitsAndTokenLivesAreRead() {
        Scenario scenario =
                Scenario.parse("a.yaml", HEAD + "limits: {smtpConnections: 9}\ntokens: {accessTokenLifetime: PT5S}\n");

        assertThat(scenario.organisation().limits().smtpConnections()).isEqualTo(9);
        assertThat(scenario.tokens().accessToken()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void certificatesOfAppsAreRead() {
        String pem = FakeClient.IDENTITY.certificatePem().replace("\n", "\\n");

        Organisation organisation = Scenario.parse(
                        "a.yaml",
                        HEAD
                                + "    apps:\n      - clientId: 0f6a1c52-7b1e-4a57-8b3b-6a1d3c9e2f41\n        certificates: [\""
                                + pem + "\"]\n")
                .organisation();

        assertThat(organisation.apps().getFirst().certificates()).containsExactly(FakeClient.certificate());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "    usres: []|a.yaml line 4: tenants[0].usres is not a field here",
                "    basicAuth: maybe|a.yaml line 4: tenants[0].basicAuth must be true or false",
                "    users: [{upn: x, password: p}]|a.yaml line 4: tenants[0].users[0].upn must be an address",
                "    users: [{upn: a@other.test, password: p}]|tenants[0].users[0].upn must end in @contoso.test",
                "    users: [{upn: a@contoso.test}]|tenants[0].users[0].password is missing",
                "    users: 5|tenants[0].users must be a list",
                "    sharedMailboxes: [{address: s@contoso.test, fullAccess: [x@contoso.test]}]|fullAccess names"
                        + " x@contoso.test",
                "    apps: [{clientId: 0f6a1c52-7b1e-4a57-8b3b-6a1d3c9e2f41, certificates: [x]}]|apps[0].certificates must be"
                        + " a certificate as PEM",
                "    apps: [{clientId: 1}]|tenants[0].apps[0].clientId must be a GUID",
                "customers: [{address: c@contoso.test}]|customers[0].address must be outside",
                "customers: [{address: c@out.test, answerDelay: soon}]|answerDelay must be a duration such as PT8S",
                "customersWrite: never|a.yaml line 4: customersWrite must be onStart or onDemand",
                "limits: {imapConnections: many}|limits.imapConnections must be a whole number",
                "    domain: twice.test|tenants[0].domain is given twice",
                "  - [|a.yaml line",
            })
    void mistakesAreNamedWithLineAndField(String line, String message) {
        assertThatThrownBy(() -> Scenario.parse("a.yaml", HEAD + line + "\n"))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining(message);
    }

    @Test
    void emptyAndMissingFilesAreNamed() {
        assertThatThrownBy(() -> Scenario.parse("a.yaml", "")).hasMessageContaining("a.yaml: is empty");
        assertThatThrownBy(() -> Scenario.parse("a.yaml", "customersWrite: onStart"))
                .hasMessageContaining("tenants is missing");
        assertThatThrownBy(() -> Scenario.read(Path.of("no-such-file.yaml")))
                .hasMessage("no-such-file.yaml: cannot be read; check the path and its permissions");
    }
}
