package org.postroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.postroom.person.Role;
import org.postroom.web.Visitor.Answer;

/** Connect and its way back, with an identity server that answers as each test wants. */
class ConnectTest extends IdentityPages {
    @Test
    void connectSendsTheBrowserToTheIdentityServer() {
        Answer redirect = administrator.get(connectLink(administrator));

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.location())
                .startsWith(authority() + "/contoso.test/oauth2/v2.0/authorize?")
                .contains("client_id=client-1", "code_challenge_method=S256", "login_hint=svc%40contoso.test")
                .contains("openid", "offline_access", "IMAP.AccessAsUser.All", "SMTP.Send")
                .contains("redirect_uri=http%3A%2F%2F127.0.0.1%3A" + port + "%2Fchannels%2Femail%2Foauth%2Fcallback");
    }

    @Test
    void anotherSiteCannotPressConnect() {
        Answer answer = administrator.get("/channels/email/" + id + "/connect?word=guess");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.location()).isEmpty();
        assertThat(answer.body()).contains("Press Connect on the channel");
    }

    @Test
    void aHostNameThatTheBrowserClaimsIsNotUsedForTheWayBack() throws IOException, InterruptedException {
        String link = connectLink(administrator);
        var request = "GET " + link + " HTTP/1.1\r\nHost: evil.example\r\nCookie: POSTROOM_SESSION="
                + administrator.session() + "\r\nConnection: close\r\n\r\n";
        String response;
        try (var socket = new java.net.Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(response)
                .startsWith("HTTP/1.1 409")
                .contains("POSTROOM_PUBLIC_URL")
                .doesNotContain("evil.example");
    }

    @Test
    void whoSignedInAndWhatWasGrantedIsShownOnce() {
        grant("svc@contoso.test", ALL);
        String back = CALLBACK + "?code=c&state=" + state();

        Answer first = administrator.get(back);
        Answer again = administrator.get(back);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body())
                .contains("Connected", "svc@contoso.test", "Read the mailbox by IMAP", "Send mail by SMTP");
        assertThat(tokens.signedIn(id)).isNotNull();
        assertThat(administrator.get("/channels/email/" + id + "/state").body())
                .contains("svc@contoso.test", "Connect again");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.body()).contains("This sign-in cannot be used", "it was used already");
    }

    @Test
    void missingPermissionsAreNamedAndNothingIsStored() {
        grant("svc@contoso.test", "https://outlook.office.com/IMAP.AccessAsUser.All");

        Answer answer = administrator.get(CALLBACK + "?code=c&state=" + state());

        assertThat(answer.body())
                .contains("Not connected", "not every permission", "API permissions", "Send mail by SMTP");
        assertThat(tokens.signedIn(id)).isNull();
    }

    @Test
    void somebodyElseThanExpectedIsNamedAndNothingIsStored() {
        grant("other@contoso.test", ALL);

        Answer answer = administrator.get(CALLBACK + "?code=c&state=" + state());

        assertThat(answer.body()).contains("other@contoso.test instead of svc@contoso.test", "private window");
        assertThat(tokens.signedIn(id)).isNull();
    }

    @Test
    void deniedConsentIsToldInWords() {
        Answer answer = administrator.get(
                CALLBACK + "?error=access_denied&error_description=AADSTS65004%3A+%3Cb%3Edenied&state=" + state());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Not connected", "Nothing was changed", "AADSTS65004")
                .doesNotContain("<b>denied");
        assertThat(tokens.signedIn(id)).isNull();
    }

    @Test
    void anExpiredCodeIsToldWithItsNumber() {
        String state = state();
        status = 400;
        answer =
                "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70008: The provided authorization code has expired.\",\"error_codes\":[70008]}";

        Answer page = administrator.get(CALLBACK + "?code=old&state=" + state);

        assertThat(page.body()).contains("Not connected", "AADSTS70008");
        assertThat(tokens.signedIn(id)).isNull();
    }

    @Test
    void aCallbackWithoutACodeUsesTheStateUp() {
        String state = state();

        assertThat(administrator.get(CALLBACK + "?state=" + state).body()).contains("No code came back");
        assertThat(administrator.get(CALLBACK + "?code=c&state=" + state).body())
                .contains("cannot be used");
    }

    @Test
    void forgedOrMissingStatesLeadNowhere() {
        for (String query : new String[] {
            "",
            "?code=c",
            "?code=c&state=forged",
            "?code=c&state=" + "x".repeat(5000),
            "?state=%3Cscript%3E&error=%3Cscript%3E"
        }) {
            Answer answer = administrator.get(CALLBACK + query);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("This sign-in cannot be used").doesNotContain("<script>", "%3Cscript");
            assertThat(answer.location()).isEmpty();
        }
    }

    @Test
    void anotherAdministratorCannotEndTheSignIn() {
        hire("Eve Else", "eve@example.com", Role.ADMINISTRATOR);
        grant("svc@contoso.test", ALL);
        String state = state();

        Answer answer = stranger().signIn("eve@example.com", PASSWORD).get(CALLBACK + "?code=c&state=" + state);

        assertThat(answer.body()).contains("started by somebody else");
        assertThat(tokens.signedIn(id)).isNull();
    }

    @Test
    void whoIsNotSignedInComesBackToTheResultAfterSigningIn() {
        grant("svc@contoso.test", ALL);
        String back = CALLBACK + "?code=c&state=" + state();
        Visitor later = stranger();
        assertThat(later.get(back, "Accept: text/html").location()).isEqualTo("/sign-in");

        Answer answer = later.post("/sign-in", Map.of("email", ADMINISTRATOR, "password", PASSWORD));

        assertThat(URI.create(answer.location()).getPath()).isEqualTo(CALLBACK);
        assertThat(later.follow(answer.location()).body()).contains("Connected");
    }
}
