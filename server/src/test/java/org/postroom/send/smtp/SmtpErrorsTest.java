package org.postroom.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.send.smtp.SmtpFailure.Step;
import org.postroom.story.TestChannels;

/** What Exchange Online and others say by SMTP, each with its cause and remedy. */
class SmtpErrorsTest {
    private static final Authentication APPLICATION = Authentication.OAuth2.microsoft(
            Grant.CLIENT_CREDENTIALS, "contoso.test", "app", false, "http://127.0.0.1:1", List.of(), null);

    private static SmtpErrors errors(String who) {
        return new SmtpErrors(TestChannels.smtp(
                1,
                Security.STARTTLS,
                switch (who) {
                    case "user" -> TestChannels.OAUTH;
                    case "application" -> APPLICATION;
                    default -> TestChannels.PASSWORD;
                }));
    }

    private static SmtpReply reply(String line) {
        return new SmtpReply(Integer.parseInt(line.substring(0, 3)), List.of(line.substring(4)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user | 535 5.7.3 Authentication unsuccessful [AM0PR01.prod.outlook.com] | SETTINGS | refused the sign-in of svc@contoso.test | Set-CASMailbox -Identity svc@contoso.test -SmtpClientAuthenticationDisabled $false",
                "application | 535 5.7.3 Authentication unsuccessful | SETTINGS | application app | Add-MailboxPermission -Identity support@contoso.test",
                "application | 535 5.7.3 Authentication unsuccessful | SETTINGS | application app | SMTP.SendAsApp",
                "password | 535 5.7.3 Authentication unsuccessful | SETTINGS | refused the sign-in | User ID and password",
                "user | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | SETTINGS | whole organisation | Set-TransportConfig -SmtpClientAuthenticationDisabled $false",
                "user | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | SETTINGS | whole organisation | Set-CASMailbox -Identity svc@contoso.test",
                "user | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | SETTINGS | switched off for svc@contoso.test | Set-CASMailbox -Identity svc@contoso.test",
                "application | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | SETTINGS | switched off for support@contoso.test | Set-CASMailbox -Identity support@contoso.test",
                "password | 535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. | SETTINGS | Security Defaults | Manage security defaults",
                "user | 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. | SETTINGS | Conditional Access | Sign-in logs",
                "user | 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. | SETTINGS | refused the sign-in | SMTP.Send",
                "password | 550 5.7.30 Basic authentication is not supported for Client Submission. | SETTINGS | no longer takes passwords | OAuth 2.0",
                "user | 501 5.5.124 Invalid XOAUTH2 auth data | SETTINGS | cannot read who signs in | user principal name",
                "user | 504 5.7.4 Unrecognized authentication type | SETTINGS | way of signing in | STARTTLS with port 587",
                "user | 530 5.7.57 Client not authenticated to send mail. | SETTINGS | wants a sign-in | outgoing mail",
                "user | 432 4.3.2 Concurrent connection limit exceeded. | THROTTLED | Too many connections | by itself",
                "user | 454 4.7.0 Temporary authentication failure | PASSING | cannot take it now | by itself",
                "user | 451 4.7.0 Temporary server error. Please try again later. | PASSING | passing error | by itself",
            })
    void signIn(String who, String line, Kind kind, String what, String remedy) {
        SmtpFailure failure = errors(who).authenticate(reply(line));

        assertThat(failure.step()).isEqualTo(Step.AUTHENTICATE);
        assertThat(failure.forGood()).isFalse();
        assertProblem(failure, line, kind, what, remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DATA | 554 5.2.252 SendAsDenied; svc@contoso.test not allowed to send as support@contoso.test | SETTINGS | true | svc@contoso.test may not send as support@contoso.test | Add-RecipientPermission -Identity support@contoso.test -Trustee svc@contoso.test -AccessRights SendAs",
                "SENDER | 550 5.7.60 SMTP; Client does not have permissions to send as this sender | SETTINGS | true | may not send as | Add-RecipientPermission",
                "SENDER | 530 5.7.57 Client not authenticated to send mail. | SETTINGS | false | wants a sign-in | authentication of outgoing mail",
                "DATA | 432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded | THROTTLED | false | takes three | by itself",
                "DATA | 554 5.2.0 STOREDRV.ClientSubmit; sender thread limit exceeded | THROTTLED | false | takes three | by itself",
                "SENDER | 421 4.3.2 The maximum number of concurrent connections has exceeded a limit | THROTTLED | false | Too many connections | by itself",
                "DATA | 451 4.7.0 Temporary server error. Please try again later. PRX4 | PASSING | false | passing error | by itself",
                "SENDER | 451 4.3.2 Temporary server error. Please try again later ATTR2 | PASSING | false | passing error | by itself",
                "RECIPIENT | 550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients | THROTTLED | false | 10,000 | 24 hours",
                "DATA | 550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit | THROTTLED | false | organisation has reached its limit | 24 hours",
                "RECIPIENT | 550 5.1.1 User unknown | SETTINGS | true | every recipient | send again",
                "DATA | 550 5.7.13 Rejected | SETTINGS | true | refused the message | send again",
            })
    void message(Step step, String line, Kind kind, boolean forGood, String what, String remedy) {
        SmtpFailure failure = errors("user").message(step, reply(line));

        assertThat(failure.step()).isEqualTo(step);
        assertThat(failure.forGood()).isEqualTo(forGood);
        assertProblem(failure, line, kind, what, remedy);
    }

    private static void assertProblem(SmtpFailure failure, String line, Kind kind, String what, String remedy) {
        assertThat(failure.problem().kind()).isEqualTo(kind);
        assertThat(failure.problem().what()).contains(what).endsWith(".");
        assertThat(failure.problem().remedy()).contains(remedy).endsWith(".");
        assertThat(failure.problem().code()).isEqualTo(line);
    }
}
