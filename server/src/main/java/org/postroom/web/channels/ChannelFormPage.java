package org.postroom.web.channels;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.Channels.Saved;
import org.postroom.channel.FieldProblem;
import org.postroom.doctor.Switching;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * Adding and editing a channel. Sent by htmx, a form with errors stays as it is and only gets its messages, so that
 * nothing typed is lost, secrets included; without JavaScript the page comes again with all but the secrets.
 */
@Controller
class ChannelFormPage {
    private final Channels channels;
    private final Switching switching;
    private final ConnectAddress connect;

    ChannelFormPage(Channels channels, Switching switching, ConnectAddress connect) {
        this.channels = channels;
        this.switching = switching;
        this.connect = connect;
    }

    @GetMapping("/channels/email/new")
    String choose() {
        return "channels/new";
    }

    @GetMapping("/channels/email/new/{preset}")
    String add(
            @PathVariable String preset,
            @RequestParam Map<String, String> given,
            HttpServletRequest request,
            Model model) {
        Preset chosen = Preset.parse(preset).orElseThrow(ChannelFormPage::notFound);
        return form(null, ChannelForm.prefilled(chosen.form(), given), List.of(), request, model);
    }

    @GetMapping("/channels/email/{id}/edit")
    String edit(@PathVariable String id, HttpServletRequest request, Model model) {
        Channel channel = channels.find(id).orElseThrow(ChannelFormPage::notFound);
        return form(channel, ChannelForm.of(channel), List.of(), request, model);
    }

    @PostMapping("/channels/email")
    String create(
            @RequestParam Map<String, String> sent,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answer(channels.add(ChannelForm.input(sent)), null, sent, request, response, model);
    }

    @PostMapping("/channels/email/{id}/edit")
    String change(
            @PathVariable String id,
            @RequestParam Map<String, String> sent,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Channel before = channels.find(id).orElseThrow(ChannelFormPage::notFound);
        return answer(channels.change(id, ChannelForm.input(sent)), before, sent, request, response, model);
    }

    private String answer(
            Saved saved,
            @Nullable Channel before,
            Map<String, String> sent,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return switch (saved) {
            case Saved.Done(Channel channel) -> go(channel, before == null ? "?added" : "?saved", request, response);
            case Saved.Waiting(Channel channel, Channel next) ->
                go(
                        channel,
                        switch (switching.tryOut(channel.id())) {
                            case Switching.Outcome.TakenOver t -> "?taken";
                            case Switching.Outcome.NeedsSignIn n -> "?next#next";
                            case Switching.Outcome.Failed f -> "?kept#next";
                            case Switching.Outcome.Nothing n -> "";
                        },
                        request,
                        response);
            case Saved.Wrong(List<FieldProblem> problems) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                String page = form(before, ChannelForm.typed(sent), problems, request, model);
                yield byHtmx(request) ? "channels/form :: messages" : page;
            }
            case Saved.NoSuchChannel() -> throw notFound();
        };
    }

    private static String go(Channel channel, String how, HttpServletRequest request, HttpServletResponse response) {
        String to = "/channels/email/" + channel.id() + how;
        if (byHtmx(request)) {
            response.setHeader("HX-Redirect", to);
            return "channels/form :: nothing";
        }
        return "redirect:" + to;
    }

    private String form(
            @Nullable Channel channel,
            Map<String, String> form,
            List<FieldProblem> problems,
            HttpServletRequest request,
            Model model) {
        Map<String, String> byField = new LinkedHashMap<>();
        List<FieldProblem> elsewhere = new ArrayList<>();
        for (FieldProblem problem : problems) {
            String field = FormFields.place(problem.field(), form);
            if (FormFields.ALL.contains(field)) {
                byField.merge(field, FormFields.words(problem), (a, b) -> a + "; " + b);
            } else {
                elsewhere.add(problem);
            }
        }
        Preset preset = Preset.parse(form.getOrDefault("preset", "")).orElse(Preset.OTHER);
        model.addAttribute("channel", channel);
        model.addAttribute("preset", preset);
        model.addAttribute("choices", FormFields.choices(preset));
        model.addAttribute("form", form);
        model.addAttribute("problems", byField);
        model.addAttribute("elsewhere", elsewhere);
        model.addAttribute("fields", FormFields.LABELS);
        model.addAttribute("redirectAddress", connect.redirectAddress(request).orElse(null));
        return "channels/form";
    }

    private static boolean byHtmx(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
