package org.postroom.web.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.credentials.TestCertificate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OAuth 2.0 settings by REST: what is taken, what comes back, and what is refused by field. */
class GrantFieldsTest extends RestTest {
    private static TestCertificate good;
    private static TestCertificate over;
    private static TestCertificate early;

    @BeforeAll
    static void certificates(@TempDir Path folder) throws Exception {
        good = TestCertificate.make(folder, -1, 30);
        over = TestCertificate.make(folder, -20, 10);
        early = TestCertificate.make(folder, 5, 10);
    }

    private static ObjectNode channel(String authentication) {
        ObjectNode channel = (ObjectNode) JSON.readTree(channelBody(unique("Grant"), "unused"));
        ObjectNode oauth = (ObjectNode) JSON.readTree(authentication);
        oauth.put("type", "oauth2");
        channel.set("authentication", oauth);
        channel.put("enabled", false);
        ObjectNode outgoing = channel.putObject("outgoing");
        outgoing.put("protocol", "none");
        return channel;
    }

    private Answer add(String authentication) {
        return post("/api/v1/channels", channel(authentication).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'tenant': 'my company', 'clientId': 'a'} | authentication.tenant | without spaces",
                "{'tenant': 't', 'clientId': 'a', 'clientSecret': '51c0d8a2-6f7e-4b0e-9a54-4b1f6c2d7e90'} | authentication.clientSecret | Secret ID",
                "{'tenant': 't', 'clientId': 'a', 'grant': 'client_credentials'} | authentication.clientSecret | secret or a certificate",
                "{'tenant': 't', 'clientId': 'a', 'grant': 'implicit'} | authentication.grant | use one of authorization_code",
                "{'tenant': 't', 'clientId': 'a', 'grant': 'service_account'} | authentication.grant | not offered there",
                "{'tenant': 't', 'clientId': 'a', 'cloud': 'mars'} | authentication.cloud | gcc-high",
                "{'tenant': 't', 'clientId': 'a', 'provider': 'yahoo'} | authentication.provider | microsoft, google or other",
                "{'tenant': 't', 'clientId': 'a', 'authority': 'http://login.example.com'} | authentication.authority | https",
                "{'tenant': 't', 'clientId': 'a', 'authority': 'https://u:p@login.example.com'} | authentication.authority | address like",
                "{'tenant': 't', 'clientId': 'a', 'scopes': ['https://graph.microsoft.com/Mail.Read']} | authentication.scopes | Microsoft Graph",
                "{'tenant': 't', 'clientId': 'a', 'scopes': ['https://outlook.office.com/SMTP.Send', 'https://example.com/x']} | authentication.scopes | one resource",
                "{'tenant': 't', 'clientId': 'a', 'scopes': ['a b']} | authentication.scopes | without spaces",
                "{'tenant': 't', 'clientId': 'a', 'clientSecret': 's', 'clientSecretExpires': 'soon'} | authentication.clientSecretExpires | 2027-11-22",
                "{'tenant': 't', 'clientId': 'a', 'certificate': 'no pem'} | authentication.certificate | openssl pkcs12",
                "{'tenant': 't', 'clientId': 'a', 'certificate': 7} | authentication.certificate | PEM",
                "{'provider': 'google', 'clientId': 'a', 'grant': 'device_code'} | authentication.grant | Google does not offer device_code",
                "{'provider': 'google', 'grant': 'service_account'} | authentication.serviceAccountKey | key file",
                "{'provider': 'google', 'grant': 'service_account', 'serviceAccountKey': {'type': 'user'}} | authentication.serviceAccountKey | service_account",
                "{'provider': 'other', 'clientId': 'a'} | authentication.authority | issuer",
                "{'grant': 'external', 'tokenService': 'http://tokens.example.com'} | authentication.tokenService | https",
                "{'grant': 'external', 'tokenService': '/usr/bin/id'} | authentication.tokenService | token service",
                "{'tenant': 't', 'clientId': 'a', 'grant': 'password'} | authentication.signInUser | email address",
            })
    void badFieldIsNamedWithItsRemedy(String authentication, String field, String words) {
        Answer answer = add(authentication.replace('\'', '"'));

        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(Arrays.asList(answer.json().path("errors").valueStream().toArray(JsonNode[]::new)))
                .anySatisfy(error -> {
                    assertThat(error.path("field").asString()).isEqualTo(field);
                    assertThat(error.path("message").asString()).contains(words);
                });
    }

    private Answer withCertificate(String pem, String more) {
        ObjectNode oauth = (ObjectNode) JSON.readTree("{\"tenant\": \"t\", \"clientId\": \"a\"" + more + "}");
        oauth.put("certificate", pem);
        return add(oauth.toString());
    }

    @Test
    void certificateHasToBeWholeAndInTime() {
        assertThat(withCertificate(good.certificate(), "").text()).contains("the private key is missing");
        assertThat(withCertificate(over.both(), "").text()).contains("the certificate ended on");
        assertThat(withCertificate(early.both(), "").text()).contains("not valid before");
        assertThat(withCertificate(good.certificate() + over.key(), "").text()).contains("does not belong");
        assertThat(withCertificate(good.both(), ", \"clientSecret\": \"s\"").text())
                .contains("enter one");
    }

    @Test
    void certificateComesBackWithoutItsKeyAndStaysWhenSentBack() {
        Answer added = withCertificate(good.both(), ", \"grant\": \"client_credentials\"");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        String path = "/api/v1/channels/" + added.at("/id");

        JsonNode channel = get(path).json();
        Answer again = put(path, channel.toString());

        assertThat(channel.at("/authentication/certificate").propertyNames())
                .containsExactlyInAnyOrder("subject", "thumbprint", "sha1", "notBefore", "notAfter");
        assertThat(channel.toString()).doesNotContain("PRIVATE KEY", "BEGIN");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().at("/authentication/certificate")).isEqualTo(channel.at("/authentication/certificate"));
        assertThat(get(path + "/health").at("/secretExpiry"))
                .isEqualTo(channel.at("/authentication/certificate/notAfter").asString());
    }

    @Test
    void storedSecretDoesNotGoToAnotherServer() {
        Answer added = add("{\"tenant\": \"t\", \"clientId\": \"a\", \"grant\": \"client_credentials\","
                + " \"clientSecret\": \"s3cret\", \"clientSecretExpires\": \"2027-11-22\"}");
        String path = "/api/v1/channels/" + added.at("/id");
        ObjectNode elsewhere = (ObjectNode) get(path).json();
        ((ObjectNode) elsewhere.path("authentication")).put("authority", "https://evil.example");

        Answer refused = put(path, elsewhere.toString());

        assertThat(added.at("/authentication/clientSecretExpires")).isEqualTo("2027-11-22T00:00:00Z");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("authentication.clientSecret");
    }

    @Test
    void everyGrantIsTakenAndComesBack() {
        for (String authentication : new String[] {
            "{'tenant': 't', 'clientId': 'a', 'grant': 'device_code', 'cloud': 'gcc-high'}",
            "{'provider': 'google', 'clientId': 'a', 'clientSecret': 's'}",
            "{'provider': 'other', 'authority': 'https://login.example.com/realms/mail', 'clientId': 'a'}",
            "{'grant': 'external', 'tokenService': 'https://tokens.example.com/mail'}",
            "{'grant': 'external', 'tokenService': 'command'}"
        }) {
            String json = authentication.replace('\'', '"');
            Answer added = add(json);

            assertThat(added.status()).as(added.text()).isEqualTo(201);
            JSON.readTree(json)
                    .propertyStream()
                    .filter(p -> !p.getKey().equals("clientSecret"))
                    .forEach(p -> assertThat(added.json().path("authentication").path(p.getKey()))
                            .isEqualTo(p.getValue()));
        }
        assertThat(add("{\"tenant\": \"t\", \"clientId\": \"a\", \"cloud\": \"china\"}")
                        .at("/authentication/authority"))
                .isEqualTo("https://login.partner.microsoftonline.cn");
    }
}
