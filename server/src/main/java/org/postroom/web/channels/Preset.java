package org.postroom.web.channels;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postroom.channel.Channel;
import org.postroom.channel.ThreadRules;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Provider;

/** What is known beforehand of a provider's mail servers. */
enum Preset {
    /** Exchange Online: OAuth 2.0, IMAP in, SMTP submission out. */
    MICROSOFT(Provider.MICROSOFT, "Microsoft 365", "oauth2", "outlook.office365.com", "smtp.office365.com"),
    /** Gmail and Workspace with an app password. */
    GOOGLE(Provider.GOOGLE, "Google", "password", "imap.gmail.com", "smtp.gmail.com"),
    /** Nothing is known. */
    OTHER(Provider.OTHER, "Other mail server", "password", "", "");

    private final Provider provider;
    private final String title;
    private final String authentication;
    private final String incoming;
    private final String outgoing;

    Preset(Provider provider, String title, String authentication, String incoming, String outgoing) {
        this.provider = provider;
        this.title = title;
        this.authentication = authentication;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    /** Whose identity server it means. */
    Provider provider() {
        return provider;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }

    /** Its name in addresses and forms. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Preset> parse(String word) {
        for (Preset preset : values()) {
            if (preset.word().equals(word)) {
                return Optional.of(preset);
            }
        }
        return Optional.empty();
    }

    /** The provider a channel was most likely made for. */
    static Preset of(Channel channel) {
        if (channel.authentication() instanceof Authentication.OAuth2 oauth) {
            return switch (oauth.provider()) {
                case MICROSOFT -> MICROSOFT;
                case GOOGLE -> GOOGLE;
                case OTHER -> OTHER;
            };
        }
        if (channel.incoming().host().equals(MICROSOFT.incoming)) {
            return MICROSOFT;
        }
        return channel.incoming().host().equals(GOOGLE.incoming) ? GOOGLE : OTHER;
    }

    /** A new form. */
    Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("preset", word());
        form.put("enabled", "true");
        form.put("script", "default");
        form.put("authentication.type", authentication);
        form.put("authentication.grant", "authorization_code");
        form.put("authentication.cloud", "global");
        form.put("authentication.proof", "secret");
        form.put("incoming.host", incoming);
        form.put("incoming.port", "993");
        form.put("incoming.security", "tls");
        form.put("incoming.folder", "INBOX");
        form.put("incoming.afterImport", "keep");
        form.put("incoming.startFrom", "now");
        form.put("outgoing.protocol", "smtp");
        form.put("outgoing.host", outgoing);
        form.put("outgoing.port", "587");
        form.put("outgoing.security", "starttls");
        form.put("outgoing.authentication", "same");
        ThreadFields.put(form, ThreadRules.DEFAULT);
        return form;
    }
}
