package org.postroom.web.assistant;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.NextSettings.Next;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Provider;
import org.postroom.doctor.Doctor;
import org.postroom.doctor.DoctorReport;
import org.postroom.web.channels.ConnectAddress;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/**
 * The set-up assistant: what to do at Microsoft for one channel, with the real names filled in, and a list that a test of
 * the channel ticks off. All it knows stands in the page's address; it stores nothing.
 */
@Controller
class AssistantPage {
    private static final int LONGEST_ADDRESS = 254;

    private final Channels channels;
    private final Doctor doctor;
    private final ConnectAddress connect;

    AssistantPage(Channels channels, Doctor doctor, ConnectAddress connect) {
        this.channels = channels;
        this.doctor = doctor;
        this.connect = connect;
    }

    @GetMapping("/channels/assistant")
    String show(@RequestParam Map<String, String> sent, HttpServletRequest request, Model model) {
        fill(sent, request, model);
        return "assistant/assistant";
    }

    @PostMapping("/channels/assistant/test")
    String test(@RequestParam Map<String, String> sent, HttpServletRequest request, Model model) {
        Channel channel = channel(sent).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        fill(sent, request, model);
        String sendTo = sent.getOrDefault("sendTo", "").strip();
        model.addAttribute("sendTo", sendTo.substring(0, Math.min(sendTo.length(), LONGEST_ADDRESS)));
        if (!sendTo.isEmpty() && !Doctor.mayGetTestMail(sendTo)) {
            model.addAttribute(
                    "sendToProblem", "Enter one email address, such as you@example.com. Nothing was tested.");
        } else {
            DoctorReport report = doctor.test(channel, sendTo.isEmpty() ? null : sendTo, step -> true);
            model.addAttribute("tested", true);
            model.addAttribute("checklist", Checklist.of(ChannelPlan.of(channel, oauth(channel), sent), report));
        }
        return request.getHeader("HX-Request") == null ? "assistant/assistant" : "assistant/assistant :: checklist";
    }

    private void fill(Map<String, String> sent, HttpServletRequest request, Model model) {
        Channel channel = channel(sent).orElse(null);
        Plan stored = channel == null ? null : ChannelPlan.of(channel, oauth(channel), sent);
        Map<String, String> entered = stored == null || sent.containsKey("grant") ? sent : PlanForm.fields(stored);
        PlanForm.Read read = PlanForm.read(entered, stored == null ? null : stored.authority());
        Plan plan = read.plan();
        String redirect = connect.redirectAddress(request).orElse(null);
        List<String> missing = RightsScript.missing(plan);
        model.addAttribute("plan", plan);
        model.addAttribute("form", read.shown());
        model.addAttribute("problems", read.problems());
        model.addAttribute("fields", PlanForm.labels());
        model.addAttribute("choices", PlanForm.choices());
        model.addAttribute("redirectAddress", redirect);
        model.addAttribute("steps", Registration.steps(plan, redirect));
        model.addAttribute("permissions", Registration.permissions(plan));
        model.addAttribute("consentLink", ConsentLink.of(plan, redirect).orElse(null));
        model.addAttribute("missing", missing);
        model.addAttribute("script", missing.isEmpty() ? RightsScript.of(plan) : null);
        model.addAttribute("addLink", ChannelPlan.addLink(plan));
        model.addAttribute("channels", testable());
        model.addAttribute("channel", channel);
        model.addAttribute("differs", stored != null && !stored.equals(plan));
        model.addAttribute("checklist", Checklist.untested(stored == null ? plan : stored));
        model.addAttribute("tested", false);
    }

    /** Channels by OAuth 2.0 at Microsoft, by id and in the order of their names. */
    private Map<String, String> testable() {
        Map<String, String> names = new LinkedHashMap<>();
        channels.all().stream()
                .filter(channel -> fits(next(channel)))
                .sorted((a, b) -> a.name().compareToIgnoreCase(b.name()))
                .forEach(channel -> names.put(channel.id(), channel.name() + " (" + channel.address() + ")"));
        return names;
    }

    /** The chosen channel, as it will be where a change waits to be proven. */
    private Optional<Channel> channel(Map<String, String> sent) {
        String id = sent.getOrDefault("channel", "");
        return id.isEmpty()
                ? Optional.empty()
                : channels.find(id).map(this::next).filter(AssistantPage::fits);
    }

    private Channel next(Channel channel) {
        return channels.next(channel.id()).map(Next::channel).orElse(channel);
    }

    private static boolean fits(Channel channel) {
        Authentication.@Nullable OAuth2 oauth =
                channel.authentication() instanceof Authentication.OAuth2 found ? found : null;
        return oauth != null && oauth.provider() == Provider.MICROSOFT && PlanForm.GRANTS.contains(oauth.grant());
    }

    private static Authentication.OAuth2 oauth(Channel channel) {
        return (Authentication.OAuth2) channel.authentication();
    }
}
