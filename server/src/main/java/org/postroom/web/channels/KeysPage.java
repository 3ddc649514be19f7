package org.postroom.web.channels;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.secure.ChannelKey;
import org.postroom.secure.ChannelKeys;
import org.postroom.secure.ChannelKeys.Added;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Encryption and signatures on a channel's page: files of keys in, keys out of use. */
@Controller
class KeysPage {
    private final Channels channels;
    private final ChannelKeys keys;

    KeysPage(Channels channels, ChannelKeys keys) {
        this.channels = channels;
        this.keys = keys;
    }

    @PostMapping("/channels/email/{id}/keys")
    String add(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable MultipartFile file,
            @RequestParam(defaultValue = "") String passphrase,
            RedirectAttributes next)
            throws IOException {
        Channel channel = channel(id);
        byte[] content = file == null ? new byte[0] : file.getBytes();
        switch (keys.add(channel.id(), content, passphrase)) {
            case Added.Done(List<ChannelKey> added) ->
                next.addFlashAttribute(
                        "toast",
                        added.size() == 1
                                ? "The key of " + added.getFirst().subject() + " was added."
                                : added.size() + " keys were added.");
            case Added.Wrong(String field, String message) -> {
                next.addFlashAttribute("keyField", field);
                next.addFlashAttribute("keyProblem", message);
            }
        }
        return back(id, next);
    }

    @PostMapping("/channels/email/{id}/keys/{key}/delete")
    String delete(@PathVariable String id, @PathVariable String key, RedirectAttributes next) {
        boolean gone = keys.delete(channel(id).id(), key);
        next.addFlashAttribute(
                "toast",
                gone ? "The key was deleted. What was opened by it stays readable." : "The key was gone already.");
        return back(id, next);
    }

    private static String back(String id, RedirectAttributes next) {
        next.addAttribute("id", id);
        return "redirect:/channels/email/{id}#keys";
    }

    private Channel channel(String id) {
        return channels.find(id).orElseThrow(ChannelFormPage::notFound);
    }
}
