package org.postroom.web.channels;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.ProxyInput;
import org.postroom.wire.Proxy;
import org.postroom.wire.Route;

/** The fields of a channel's proxy in its form. */
final class ProxyFields {
    static final Map<String, String> LABELS = labels();

    private ProxyFields() {}

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("proxy.type", "Proxy");
        labels.put("proxy.host", "Proxy server");
        labels.put("proxy.port", "Port of the proxy");
        labels.put("proxy.username", "User name for the proxy");
        labels.put("proxy.password", "Password for the proxy");
        labels.put("proxy.noProxy", "Not through the proxy");
        return Collections.unmodifiableMap(labels);
    }

    /** A channel's route as it is, without its password. */
    static void put(Map<String, String> form, Route route) {
        switch (route) {
            case Route.Servers s -> form.put("proxy.type", "");
            case Route.Direct d -> form.put("proxy.type", "none");
            case Route.Through(Proxy proxy) -> {
                form.put("proxy.type", proxy.type().word());
                form.put("proxy.host", proxy.host());
                form.put("proxy.port", Integer.toString(proxy.port()));
                form.put("proxy.username", proxy.username() == null ? "" : proxy.username());
                form.put("proxy.noProxy", String.join("\n", proxy.noProxy().entries()));
            }
        }
    }

    /** What was typed, as {@link org.postroom.channel.ChannelInput} takes it. */
    static @Nullable Object input(Map<String, String> sent) {
        String type = sent.getOrDefault("proxy.type", "").strip();
        if (type.isEmpty()) {
            return null;
        }
        return type.equals("none")
                ? type
                : new ProxyInput(
                        type,
                        sent.get("proxy.host"),
                        ChannelForm.port(sent.get("proxy.port")),
                        sent.get("proxy.username"),
                        sent.get("proxy.password"),
                        List.copyOf(ChannelForm.lines(
                                sent.getOrDefault("proxy.noProxy", "").replace(',', ' '))));
    }
}
