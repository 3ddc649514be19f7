package org.postroom.web.channels;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.channel.NextSettings;
import org.postroom.credentials.DeviceSignIn;
import org.postroom.credentials.Grant;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.SignIn;
import org.postroom.credentials.SignIn.Callback;
import org.postroom.credentials.TokenProblem;
import org.postroom.person.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/**
 * Connect: to the identity server and back. It is a link and no form, for the page's content policy does not let a form
 * end at another server; the link carries a word of the session, so that no other site can press it.
 */
@Controller
class ConnectPage {
    private static final String WORD = "postroom.connect-word";
    private static final int LONGEST_STATE = 200;
    private static final int LONGEST_CODE = 8_000;
    private static final int LONGEST_TEXT = 1_000;

    private final Channels channels;
    private final Connecting connecting;
    private final ConnectAddress address;

    ConnectPage(Channels channels, Connecting connecting, ConnectAddress address) {
        this.channels = channels;
        this.connecting = connecting;
        this.address = address;
    }

    /** The word that a Connect link of this session carries. */
    static String word(HttpSession session) {
        synchronized (WebUtils.getSessionMutex(session)) {
            if (session.getAttribute(WORD) instanceof String known) {
                return known;
            }
            String made = UUID.randomUUID().toString();
            session.setAttribute(WORD, made);
            return made;
        }
    }

    @GetMapping("/channels/email/{id}/connect")
    Object connect(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String word,
            @AuthenticationPrincipal CurrentPerson person,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Channel channel = channels.find(id).orElseThrow(ChannelFormPage::notFound);
        OAuthClient client = channel.oauthClient();
        if (client == null || !client.auth().grant().needsPerson()) {
            return "redirect:/channels/email/" + NextSettings.channelId(channel.id());
        }
        if (!same(word, word(request.getSession()))) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            return page(
                    model,
                    channel,
                    "warn",
                    "Press Connect on the channel's page",
                    "This link is of another session, so nothing was started.",
                    "Go to the channel's page and press Connect there.");
        }
        if (client.auth().grant() == Grant.DEVICE_CODE) {
            return switch (connecting.startDevice(client)) {
                case DeviceSignIn.Start.Shown s ->
                    "redirect:/channels/email/" + NextSettings.channelId(channel.id()) + "#sign-in";
                case DeviceSignIn.Start.Impossible(TokenProblem problem) -> {
                    response.setStatus(HttpStatus.BAD_GATEWAY.value());
                    yield page(model, channel, "bad", "The sign-in cannot begin", problem.what(), problem.remedy());
                }
            };
        }
        String redirect = address.redirectAddress(request).orElse(null);
        if (redirect == null) {
            response.setStatus(HttpStatus.CONFLICT.value());
            return page(
                    model,
                    channel,
                    "bad",
                    "Postroom does not know its own address",
                    "The identity server has to send the browser back to an address that is registered there, and"
                            + " Postroom does not take that address from the browser.",
                    "Set POSTROOM_PUBLIC_URL to the address that people use, such as https://mail.example.com, and"
                            + " restart Postroom.");
        }
        return switch (connecting.start(client, redirect, new SignIn.Starter.Person(person.id()))) {
            case SignIn.Start.Go(URI there) ->
                ResponseEntity.status(HttpStatus.FOUND).location(there).build();
            case SignIn.Start.Impossible(TokenProblem problem) -> {
                response.setStatus(HttpStatus.BAD_GATEWAY.value());
                yield page(model, channel, "bad", "The sign-in cannot begin", problem.what(), problem.remedy());
            }
        };
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(Model model, Channel channel, String kind, String title, String what, String remedy) {
        model.addAttribute("channel", channel);
        model.addAttribute(
                "result",
                new ConnectResult(
                        kind,
                        title,
                        what,
                        List.of(remedy),
                        null,
                        List.of(),
                        null,
                        NextSettings.channelId(channel.id())));
        return "channels/connect-result";
    }

    @GetMapping(ConnectAddress.PATH)
    String callback(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(value = "error_description", required = false) @Nullable String description,
            @AuthenticationPrincipal @Nullable CurrentPerson person,
            HttpServletResponse response,
            Model model) {
        boolean tooLong = longer(state, LONGEST_STATE) || longer(code, LONGEST_CODE) || longer(error, LONGEST_STATE);
        Callback callback = tooLong
                ? new Callback(null, null, null, null)
                : new Callback(state, code, error, description == null ? null : cut(description));
        SignIn.Waiting waiting = connecting.waiting(callback);
        boolean byLink = waiting != null && waiting.linkHash() != null;
        if (!byLink) {
            demandAdministrator(person);
        }
        ConnectResult result = waiting == null
                ? ConnectResult.of(Connecting.unknown())
                : ConnectResult.of(connecting.finish(callback, waiting, person == null ? null : person.id()));
        if (byLink) {
            result = result.forOutside();
            model.addAttribute("outside", true);
        }
        if (!result.kind().equals("good")) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        model.addAttribute("result", result);
        model.addAttribute(
                "channel",
                result.channelId() == null
                        ? null
                        : channels.find(result.channelId()).orElse(null));
        return "channels/connect-result";
    }

    /** The address itself is open to all, for those who come back from a reconnect link have no account. */
    private static void demandAdministrator(@Nullable CurrentPerson person) {
        if (person == null) {
            throw new InsufficientAuthenticationException("sign in to Postroom first");
        }
        if (!person.may(Role.ADMINISTRATOR)) {
            throw new AccessDeniedException("only an administrator connects channels");
        }
    }

    private static boolean longer(@Nullable String text, int most) {
        return text != null && text.length() > most;
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
}
