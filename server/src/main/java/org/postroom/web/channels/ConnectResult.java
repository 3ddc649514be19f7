package org.postroom.web.channels;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.NextSettings;
import org.postroom.credentials.SignIn.Outcome;
import org.postroom.credentials.TokenProblem;
import org.postroom.doctor.DoctorReport;
import org.postroom.doctor.Switching;

/**
 * How a sign-in ended, in the words of the page: what happened, what to do, and the codes at the end.
 *
 * @param kind good, warn or bad
 * @param channelId null if it is not known which channel it was for
 */
record ConnectResult(
        String kind,
        String title,
        String what,
        List<String> remedies,
        @Nullable String user,
        List<Permission> permissions,
        @Nullable String codes,
        @Nullable String channelId) {

    /** A permission that the channel needs, and whether it was granted. */
    record Permission(String name, String meaning, boolean granted) {}

    static ConnectResult of(Connecting.Ended ended) {
        return switch (ended) {
            case Connecting.Ended.SignedIn(Outcome outcome) -> of(outcome);
            case Connecting.Ended.Switched(Outcome.Connected connected, Switching.Outcome tried) ->
                switched(connected, tried);
        };
    }

    /** For somebody without an account here, who has no channel's page to go to. */
    ConnectResult forOutside() {
        List<String> next = kind.equals("good")
                ? List.of("You can close this page. Postroom goes on with the mailbox by itself.")
                : List.of("Open the link again and sign in as the account that it names.", "Nothing was changed.");
        return new ConnectResult(kind, title, what, next, user, permissions, codes, channelId);
    }

    private static ConnectResult switched(Outcome.Connected c, Switching.Outcome tried) {
        return switch (tried) {
            case Switching.Outcome.TakenOver t ->
                new ConnectResult(
                        "good",
                        "Connected and taken over",
                        "The new sign-in works in both directions, and the channel goes by it from now on.",
                        List.of("Nothing was fetched twice and nothing was left out."),
                        c.user(),
                        permissions(c.needed(), List.of()),
                        null,
                        NextSettings.channelId(c.channelId()));
            case Switching.Outcome.Failed(DoctorReport report) -> {
                DoctorReport.Step failed = report.steps().stream()
                        .filter(s -> s.result() == DoctorReport.Result.FAIL)
                        .findFirst()
                        .orElseThrow();
                yield new ConnectResult(
                        "bad",
                        "Signed in, and not taken over yet",
                        "The sign-in worked, and the test after it did not: " + failed.what(),
                        List.of(
                                String.valueOf(failed.remedy()),
                                "The channel goes on as it was. Go back to it and try again once this is mended."),
                        c.user(),
                        permissions(c.needed(), List.of()),
                        failed.code(),
                        NextSettings.channelId(c.channelId()));
            }
            case Switching.Outcome.NeedsSignIn n -> gone();
            case Switching.Outcome.Nothing n -> gone();
        };
    }

    private static ConnectResult gone() {
        return of(new Outcome.Unknown("What the channel was to change to was changed or given up meanwhile."));
    }

    static ConnectResult of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Connected c ->
                new ConnectResult(
                        "good",
                        "Connected",
                        "The sign-in worked, and every permission that the channel needs was granted.",
                        List.of(
                                "The channel starts to fetch at once.",
                                "Go back to the channel and press Test connection: it counts the messages on the server"
                                        + " and tries the way out."),
                        c.user(),
                        permissions(c.needed(), List.of()),
                        null,
                        c.channelId());
            case Outcome.NotUsable n -> notUsable(n);
            case Outcome.Refused(String channelId, TokenProblem problem) ->
                new ConnectResult(
                        "bad",
                        "Not connected",
                        problem.what(),
                        List.of(problem.remedy(), "Nothing was changed: what was connected before still is."),
                        null,
                        List.of(),
                        codes(problem),
                        NextSettings.channelId(channelId));
            case Outcome.Unknown(String why) ->
                new ConnectResult(
                        "warn",
                        "This sign-in cannot be used",
                        why,
                        List.of(
                                "Go to the channel's page and press Connect again, in this browser.",
                                "Nothing was changed."),
                        null,
                        List.of(),
                        null,
                        null);
        };
    }

    private static ConnectResult notUsable(Outcome.NotUsable n) {
        String what;
        List<String> remedies;
        if (n.expected() != null) {
            what = "Somebody else signed in than the channel expects: " + n.user() + " instead of " + n.expected()
                    + ".";
            remedies = List.of(
                    "Press Connect again and choose " + n.expected()
                            + ". If the browser picks the other account by itself, use a private window.",
                    "Or change the sign-in user on the channel's form, if " + n.user() + " is right after all.",
                    "Nothing was changed: what was connected before still is.");
        } else {
            what = "The sign-in worked, but not every permission that the channel needs was granted.";
            remedies = List.of(
                    "In the Entra admin center, open App registrations, this application, API permissions; add what the"
                            + " list above lacks and grant admin consent.",
                    "Microsoft may take 15 to 30 minutes to let a new permission count. Then press Connect again.",
                    "Nothing was changed: what was connected before still is.");
        }
        return new ConnectResult(
                "bad",
                "Not connected",
                what,
                remedies,
                n.user(),
                permissions(n.needed(), n.missing()),
                null,
                NextSettings.channelId(n.channelId()));
    }

    private static List<Permission> permissions(List<String> needed, List<String> missing) {
        return needed.stream()
                .map(scope -> new Permission(lastPart(scope), meaning(lastPart(scope)), !missing.contains(scope)))
                .toList();
    }

    private static String lastPart(String scope) {
        return scope.substring(scope.lastIndexOf('/') + 1);
    }

    private static String meaning(String name) {
        return switch (name) {
            case "IMAP.AccessAsUser.All" -> "Read the mailbox by IMAP";
            case "POP.AccessAsUser.All" -> "Read the mailbox by POP3";
            case "SMTP.Send" -> "Send mail by SMTP";
            case "offline_access" -> "Stay connected without asking again";
            default -> name;
        };
    }

    private static @Nullable String codes(TokenProblem problem) {
        String codes = Stream.of(problem.error(), problem.code(), problem.detail())
                .filter(text -> text != null && !text.isBlank())
                .distinct()
                .collect(Collectors.joining(" · "));
        return codes.isEmpty() ? null : codes;
    }
}
