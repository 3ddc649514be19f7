package org.postroom.web.channels;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.channel.NextSettings;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Grant;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.Tokens;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.Switching;
import org.postroom.fetch.Fetching;
import org.postroom.secure.ChannelKeys;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One channel: how it fares, Connect, Test connection, on and off, delete. */
@Controller
class ChannelPage {
    private final Channels channels;
    private final ChannelStates states;
    private final Tokens tokens;
    private final Doctor doctor;
    private final Fetching fetching;
    private final ConnectAddress address;
    private final SignInView signIn;
    private final Switching switching;
    private final ReconnectLinking linking;
    private final ChannelKeys keys;
    private final Clock clock;

    ChannelPage(
            Channels channels,
            ChannelStates states,
            Tokens tokens,
            Doctor doctor,
            Fetching fetching,
            ConnectAddress address,
            SignInView signIn,
            Switching switching,
            ReconnectLinking linking,
            ChannelKeys keys,
            Clock clock) {
        this.channels = channels;
        this.states = states;
        this.tokens = tokens;
        this.doctor = doctor;
        this.fetching = fetching;
        this.address = address;
        this.signIn = signIn;
        this.switching = switching;
        this.linking = linking;
        this.keys = keys;
        this.clock = clock;
    }

    @GetMapping("/channels/email/{id}")
    String show(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String added,
            @RequestParam(required = false) @Nullable String saved,
            @RequestParam(required = false) @Nullable String taken,
            @RequestParam(required = false) @Nullable String kept,
            HttpServletRequest request,
            Model model) {
        fillWhole(id, request, model);
        if (added != null) {
            model.addAttribute("added", true);
        } else if (saved != null) {
            model.addAttribute("toast", "Saved.");
        } else if (taken != null) {
            model.addAttribute("toast", "The new sign-in works, and the channel goes by it from now on.");
        } else if (kept != null) {
            model.addAttribute("toast", "The new sign-in does not work yet, so the channel goes on as it was.");
        }
        return "channels/channel";
    }

    /** What changes by itself; the page asks for it every few seconds. */
    @GetMapping("/channels/email/{id}/state")
    String state(@PathVariable String id, HttpServletRequest request, Model model) {
        fill(id, request, model);
        return "channels/channel :: live";
    }

    @PostMapping("/channels/email/{id}/test")
    String test(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String sendTo,
            HttpServletRequest request,
            Model model) {
        Channel channel = channel(id);
        String to = sendTo.strip();
        model.addAttribute("sendTo", to);
        if (to.isEmpty() || Doctor.mayGetTestMail(to)) {
            model.addAttribute("report", doctor.test(channel, to.isEmpty() ? null : to, step -> true));
        } else {
            model.addAttribute("sendToProblem", "Nothing was tried: write one address, like ann@example.com.");
        }
        if (request.getHeader("HX-Request") != null) {
            return "channels/channel :: report";
        }
        fillWhole(id, request, model);
        return "channels/channel";
    }

    @PostMapping("/channels/email/{id}/enable")
    String enable(@PathVariable String id, RedirectAttributes next) {
        return switchTo(id, true, "The channel is enabled and starts to fetch.", next);
    }

    @PostMapping("/channels/email/{id}/disable")
    String disable(@PathVariable String id, RedirectAttributes next) {
        return switchTo(id, false, "The channel is disabled. Mail waits in the mailbox.", next);
    }

    private String switchTo(String id, boolean on, String words, RedirectAttributes next) {
        if (!channels.enable(id, on)) {
            throw ChannelFormPage.notFound();
        }
        return back(id, words, next);
    }

    @PostMapping("/channels/email/{id}/fetch-now")
    String fetchNow(@PathVariable String id, RedirectAttributes next) {
        Channel channel = channel(id);
        if (!channel.enabled()) {
            return back(id, "The channel is disabled; enable it to fetch.", next);
        }
        fetching.fetchNow(id);
        return back(id, "Looking for new mail.", next);
    }

    /** The link is on this answer alone; it is told once. */
    @PostMapping("/channels/email/{id}/reconnect-link")
    String reconnectLink(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String user,
            @RequestParam(defaultValue = "7") String days,
            @RequestParam(defaultValue = "") String mailBy,
            @AuthenticationPrincipal CurrentPerson person,
            HttpServletRequest request,
            Model model) {
        Channel channel = channel(id);
        Duration life =
                days.strip().matches("[0-9]{1,3}") ? Duration.ofDays(Long.parseLong(days.strip())) : Duration.ZERO;
        model.addAttribute("linkUser", user);
        switch (linking.make(channel, user, life, request, person.id())) {
            case ReconnectLinking.Result.Link link -> {
                model.addAttribute("reconnectLink", link);
                if (!mailBy.isBlank()) {
                    model.addAttribute("mailed", words(linking.mail(channel, link, mailBy)));
                }
            }
            case ReconnectLinking.Result.No(String field, String why) -> model.addAttribute("linkProblem", why);
        }
        fillWhole(id, request, model);
        return "channels/channel";
    }

    private static String words(ReconnectLinking.Mailed mailed) {
        return switch (mailed) {
            case ReconnectLinking.Mailed.Sent(String by) -> "It was mailed by the channel " + by + ".";
            case ReconnectLinking.Mailed.Failed(String why) -> "It could not be mailed: " + why;
        };
    }

    @PostMapping("/channels/email/{id}/next/test")
    String tryNext(@PathVariable String id, RedirectAttributes to) {
        channel(id);
        String words = switch (switching.tryOut(id)) {
            case Switching.Outcome.TakenOver t -> "The new sign-in works, and the channel goes by it from now on.";
            case Switching.Outcome.NeedsSignIn n -> "Somebody has to sign in first: press Connect.";
            case Switching.Outcome.Failed f -> "It does not work yet, so the channel goes on as it was.";
            case Switching.Outcome.Nothing n -> "There is nothing to change to any more.";
        };
        return back(id, words, to);
    }

    @PostMapping("/channels/email/{id}/next/discard")
    String discardNext(@PathVariable String id, RedirectAttributes to) {
        channel(id);
        return back(id, channels.discardNext(id) ? "Given up; the channel stays as it is." : "Nothing waited.", to);
    }

    @PostMapping("/channels/email/{id}/delete")
    String delete(@PathVariable String id, RedirectAttributes next) {
        Channel channel = channel(id);
        channels.delete(id);
        next.addFlashAttribute("toast", channel.name() + " was deleted. Its conversations stay.");
        return "redirect:/channels/email";
    }

    private static String back(String id, String words, RedirectAttributes next) {
        next.addFlashAttribute("toast", words);
        next.addAttribute("id", id);
        return "redirect:/channels/email/{id}";
    }

    private Channel channel(String id) {
        return channels.find(NextSettings.channelId(id)).orElseThrow(ChannelFormPage::notFound);
    }

    /** All of the page, and not only what is asked for every few seconds. */
    private void fillWhole(String id, HttpServletRequest request, Model model) {
        fill(id, request, model);
        model.addAttribute(
                "keys",
                keys.list(id).stream()
                        .map(key -> KeyRow.of(key, clock.instant()))
                        .toList());
        boolean byLink = model.getAttribute("linkFor") != null;
        model.addAttribute(
                "senders",
                byLink
                        ? channels.page(null, 100).stream()
                                .filter(Channel::sends)
                                .toList()
                        : List.of());
    }

    private void fill(String id, HttpServletRequest request, Model model) {
        Channel channel = channel(id);
        boolean oauth = channel.authentication() instanceof Authentication.OAuth2;
        model.addAttribute("channel", channel);
        model.addAttribute("row", ChannelRow.of(channel, states.of(id).orElse(null), clock.instant()));
        model.addAttribute("oauth", oauth ? channel.authentication() : null);
        model.addAttribute("account", oauth ? tokens.signedIn(id) : null);
        model.addAttribute("connectWord", ConnectPage.word(request.getSession()));
        model.addAttribute(
                "redirectAddress", oauth ? address.redirectAddress(request).orElse(null) : null);
        model.addAttribute("form", ChannelForm.of(channel));
        signIn.fill(channel, model);
        OAuthClient client = channel.oauthClient();
        boolean byLink = client != null && client.auth().grant() == Grant.AUTHORIZATION_CODE;
        model.addAttribute("linkFor", byLink ? linking.usualUser(channel, Objects.requireNonNull(client)) : null);
    }
}
