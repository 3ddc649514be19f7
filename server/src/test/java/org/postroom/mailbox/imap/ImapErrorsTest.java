package org.postroom.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelProblem;
import org.postroom.channel.ChannelProblem.Kind;
import org.postroom.channel.Security;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.mailbox.MailboxException;
import org.postroom.mailbox.MailboxException.Step;
import org.postroom.mailbox.imap.ImapConnection.Outcome;
import org.postroom.story.TestChannels;

/** What Exchange Online and others say by IMAP, each with its cause and remedy. */
class ImapErrorsTest {
    private static final Authentication APPLICATION = Authentication.OAuth2.microsoft(
            Grant.CLIENT_CREDENTIALS, "contoso.test", "app", false, "http://127.0.0.1:1", List.of(), null);

    private static Channel channel(String who) {
        return TestChannels.imap(
                1,
                Security.TLS,
                switch (who) {
                    case "user" -> TestChannels.OAUTH;
                    case "application" -> APPLICATION;
                    default -> TestChannels.PASSWORD;
                });
    }

    private static Outcome outcome(String line) {
        String[] parts = line.split(" ", 2);
        return new Outcome(false, parts[0], parts[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user | NO AUTHENTICATE failed. | SETTINGS | refused the sign-in of svc@contoso.test | Set-CASMailbox -Identity support@contoso.test -ImapEnabled $true",
                "user | NO AUTHENTICATE failed. | SETTINGS | refused the sign-in | IMAP.AccessAsUser.All was granted, then connect again",
                "application | NO AUTHENTICATE failed. | SETTINGS | application app | IMAP.AccessAsApp has an administrator's consent",
                "application | NO AUTHENTICATE failed. | SETTINGS | application app | New-ServicePrincipal -AppId app",
                "password | NO LOGIN failed. | SETTINGS | refused the sign-in | User ID and password",
                "user | NO [UNAVAILABLE] Temporary authentication failure. | PASSING | just now | by itself",
                "user | NO [LIMIT] Too many simultaneous connections. | THROTTLED | too many connections | other programs",
                "user | NO Request is throttled. Suggested Backoff Time: 1000 milliseconds | THROTTLED | pause | by itself",
            })
    void signIn(String who, String line, Kind kind, String what, String remedy) {
        MailboxException e = new ImapErrors(channel(who)).authenticate(outcome(line));

        assertThat(e.step()).isEqualTo(Step.AUTHENTICATE);
        assertProblem(e, kind, what, remedy);
        assertThat(e.problem().code()).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user | BAD User is authenticated but not connected. | | SETTINGS | svc@contoso.test may not open the mailbox support@contoso.test | Add-MailboxPermission -Identity support@contoso.test -User svc@contoso.test -AccessRights FullAccess",
                "user | BAD User is authenticated but not connected. | Connection closed. 14 | SETTINGS | may not open | right account signed in and has a licence",
                "user | BAD User is authenticated but not connected. | Connection closed. 14 | SETTINGS | may not open | too many connections",
                "application | BAD User is authenticated but not connected. | | SETTINGS | application app may not open | wrong object ID",
                "user | NO Request is throttled. Suggested Backoff Time: 1000 milliseconds | | THROTTLED | pause | by itself",
                "user | BAD [LIMIT] Too many commands | | THROTTLED | pause | by itself",
                "user | NO Too many concurrent connections | | THROTTLED | too many connections | 20 by IMAP",
                "user | NO Server error | | PASSING | refused a command | by itself",
            })
    void work(String who, String line, @Nullable String bye, Kind kind, String what, String remedy) {
        assertProblem(new ImapErrors(channel(who)).work(Step.WORK, outcome(line), bye), kind, what, remedy);
    }

    @Test
    void endOfTheTokenIsNoTroubleOfTheChannel() {
        MailboxException e = new ImapErrors(channel("user"))
                .work(Step.WORK, new Outcome(false, "BYE", ""), "Session invalidated - AccessTokenExpired");

        assertThat(e.tokenExpired()).isTrue();
        assertProblem(e, Kind.PASSING, "access token ended", "connects again with a new one");
    }

    @Test
    void goodbyeIsNoRefusedCommand() {
        MailboxException e =
                new ImapErrors(channel("user")).work(Step.WORK, new Outcome(false, "BYE", ""), "Server shutting down");

        assertThat(e.tokenExpired()).isFalse();
        assertProblem(e, Kind.PASSING, "ended the connection", "by itself");
    }

    @Test
    void passwordAtMicrosoftIsOfThePast() {
        Channel plain = channel("password");
        Channel.Incoming in = plain.incoming();
        Channel atMicrosoft = new Channel(
                plain.id(),
                plain.name(),
                plain.address(),
                true,
                "default",
                plain.authentication(),
                new Channel.Incoming(
                        "imap",
                        "outlook.office365.com",
                        993,
                        Security.TLS,
                        in.folder(),
                        in.afterImport(),
                        in.startFrom()),
                plain.outgoing(),
                plain.properties(),
                plain.route(),
                plain.createdAt(),
                plain.updatedAt(),
                1);

        assertProblem(
                new ImapErrors(atMicrosoft).authenticate(outcome("NO LOGIN failed.")),
                Kind.SETTINGS,
                "refused the sign-in",
                "OAuth 2.0");
    }

    private static void assertProblem(MailboxException e, Kind kind, String what, String remedy) {
        ChannelProblem problem = e.problem();
        assertThat(problem.kind()).isEqualTo(kind);
        assertThat(problem.what()).contains(what).endsWith(".");
        assertThat(problem.remedy()).contains(remedy).endsWith(".");
    }
}
