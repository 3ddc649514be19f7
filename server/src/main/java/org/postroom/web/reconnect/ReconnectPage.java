package org.postroom.web.reconnect;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.credentials.Grant;
import org.postroom.credentials.OAuthClient;
import org.postroom.credentials.ReconnectLinks;
import org.postroom.credentials.ReconnectLinks.Link;
import org.postroom.credentials.SignIn;
import org.postroom.credentials.TokenProblem;
import org.postroom.web.channels.ConnectAddress;
import org.postroom.web.channels.Connecting;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * What a mailbox's owner sees who follows a reconnect link: whose mailbox, who has to sign in, and the way there. Nobody
 * has to have an account here; the identity server says who signed in, and only the expected user counts.
 */
@Controller
class ReconnectPage {
    private final ReconnectLinks links;
    private final Channels channels;
    private final Connecting connecting;
    private final ConnectAddress address;

    ReconnectPage(ReconnectLinks links, Channels channels, Connecting connecting, ConnectAddress address) {
        this.links = links;
        this.channels = channels;
        this.connecting = connecting;
        this.address = address;
    }

    @GetMapping("/reconnect/{word}")
    String show(@PathVariable String word, HttpServletResponse response, Model model) {
        Link link = links.open(word);
        OAuthClient client = link == null ? null : client(link);
        if (link == null || client == null) {
            return over(response, model);
        }
        model.addAttribute("word", word);
        model.addAttribute("link", link);
        model.addAttribute("mailbox", client.mailbox());
        return "reconnect";
    }

    /** A link, not a form: the page's content policy does not let a form end at another server. */
    @GetMapping("/reconnect/{word}/go")
    Object go(@PathVariable String word, HttpServletRequest request, HttpServletResponse response, Model model) {
        Link link = links.open(word);
        OAuthClient client = link == null ? null : client(link);
        if (link == null || client == null) {
            return over(response, model);
        }
        String redirect = address.redirectAddress(request).orElse(null);
        if (redirect == null) {
            return problem(
                    response,
                    model,
                    "Postroom does not know its own address.",
                    "Ask whoever runs it to set POSTROOM_PUBLIC_URL.");
        }
        var starter = new SignIn.Starter.Link(link.hash(), link.expectedUser());
        return switch (connecting.start(client, redirect, starter)) {
            case SignIn.Start.Go(URI there) ->
                ResponseEntity.status(HttpStatus.FOUND).location(there).build();
            case SignIn.Start.Impossible(TokenProblem why) -> problem(response, model, why.what(), why.remedy());
        };
    }

    private @Nullable OAuthClient client(Link link) {
        OAuthClient client =
                channels.find(link.channelId()).map(Channel::oauthClient).orElse(null);
        return client == null || client.auth().grant() != Grant.AUTHORIZATION_CODE ? null : client;
    }

    private static String over(HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.GONE.value());
        model.addAttribute("what", "This link is over, was used already, or is not one of ours.");
        model.addAttribute("remedy", "Ask whoever sent it for a new one. Mail waits in the mailbox meanwhile.");
        return "reconnect-over";
    }

    private static String problem(HttpServletResponse response, Model model, String what, String remedy) {
        response.setStatus(HttpStatus.BAD_GATEWAY.value());
        model.addAttribute("what", what);
        model.addAttribute("remedy", remedy);
        return "reconnect-over";
    }
}
