package org.postroom.web.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postroom.web.assistant.Registration.Permission;
import org.postroom.web.assistant.Registration.Todo;

/** The registration's steps and permissions, by grant. */
class RegistrationTest {
    private static final String REDIRECT = "https://mail.example.com/AgentWeb/Bookmark/Mailboxes/Auth";

    private static List<String> names(Plan plan) {
        return Registration.permissions(plan).stream().map(Permission::name).toList();
    }

    private static String words(Plan plan) {
        return Registration.steps(plan, REDIRECT).stream()
                .map(step -> step.what() + ": " + step.how() + " " + step.copy())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void eachGrantHasItsPermissions() {
        assertThat(names(Plans.of("authorization_code", "shared")))
                .containsExactly("IMAP.AccessAsUser.All", "SMTP.Send", "offline_access");
        assertThat(names(Plans.of("device_code", "user", "protocol", "imap")))
                .containsExactly("IMAP.AccessAsUser.All", "offline_access");
        assertThat(names(Plans.of("password", "shared"))).containsExactly("IMAP.AccessAsUser.All", "SMTP.Send");
        assertThat(names(Plans.of("client_credentials", "shared")))
                .containsExactly("IMAP.AccessAsApp", "SMTP.SendAsApp");
        assertThat(names(Plans.of("client_credentials", "shared", "rights", "role")))
                .containsExactly("IMAP.AccessAsApp");
    }

    @Test
    void theRedirectAddressIsForTheGrantThatComesBack() {
        assertThat(words(Plans.of("authorization_code", "shared"))).contains("platform → Web", REDIRECT);
        assertThat(words(Plans.of("authorization_code", "shared", "proof", "none")))
                .contains("Mobile and desktop applications", REDIRECT)
                .doesNotContain("client secret");
        assertThat(words(Plans.of("client_credentials", "shared")))
                .contains("Enterprise applications → Postroom", "New client secret")
                .doesNotContain(REDIRECT);
    }

    @Test
    void deviceCodeAllowsPublicClientFlows() {
        assertThat(words(Plans.of("device_code", "shared")))
                .contains("Allow public client flows → Yes")
                .doesNotContain(REDIRECT, "secret");
    }

    @Test
    void aCertificateComesWithTheLineThatMakesIt() {
        assertThat(Registration.steps(Plans.of("client_credentials", "user", "proof", "certificate"), null))
                .extracting(Todo::copy)
                .contains(Registration.OPENSSL);
    }

    @Test
    void nationalCloudsHaveAPortalOfTheirOwn() {
        assertThat(Plans.of("device_code", "shared", "cloud", "dod").portal()).isEqualTo("https://portal.azure.us");
        assertThat(Plans.of("device_code", "shared", "cloud", "china").portal()).isEqualTo("https://portal.azure.cn");
    }
}
