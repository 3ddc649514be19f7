package org.postroom.web.channels;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.ChannelStates;
import org.postroom.channel.Channels;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Tokens;
import org.postroom.doctor.Doctor;
import org.postroom.fetch.Fetching;
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

    ChannelPage(
            Channels channels,
            ChannelStates states,
            Tokens tokens,
            Doctor doctor,
            Fetching fetching,
            ConnectAddress address) {
        this.channels = channels;
        this.states = states;
        this.tokens = tokens;
        this.doctor = doctor;
        this.fetching = fetching;
        this.address = address;
    }

    @GetMapping("/channels/email/{id}")
    String show(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String added,
            @RequestParam(required = false) @Nullable String saved,
            HttpServletRequest request,
            Model model) {
        fill(id, request, model);
        if (added != null) {
            model.addAttribute("added", true);
        } else if (saved != null) {
            model.addAttribute("toast", "Saved.");
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
    String test(@PathVariable String id, HttpServletRequest request, Model model) {
        Channel channel = channel(id);
        model.addAttribute("report", doctor.test(channel));
        if (request.getHeader("HX-Request") != null) {
            return "channels/channel :: report";
        }
        fill(id, request, model);
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
        return channels.find(id).orElseThrow(ChannelFormPage::notFound);
    }

    private void fill(String id, HttpServletRequest request, Model model) {
        Channel channel = channel(id);
        boolean oauth = channel.authentication() instanceof Authentication.OAuth2;
        model.addAttribute("channel", channel);
        model.addAttribute("row", ChannelRow.of(channel, states.of(id).orElse(null)));
        model.addAttribute("oauth", oauth ? channel.authentication() : null);
        model.addAttribute("account", oauth ? tokens.signedIn(id) : null);
        model.addAttribute("connectWord", oauth ? ConnectPage.word(request.getSession()) : null);
        model.addAttribute(
                "redirectAddress", oauth ? address.redirectAddress(request).orElse(null) : null);
        model.addAttribute("form", ChannelForm.of(channel));
    }
}
