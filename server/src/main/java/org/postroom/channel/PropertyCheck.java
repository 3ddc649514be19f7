package org.postroom.channel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.MailProperty.Effect;
import org.postroom.credentials.Authentication;

/** Checks the {@code mail.*} properties of a channel, by name, by value, and against how it signs in. */
final class PropertyCheck {
    private static final int LONGEST = 500;
    private static final int MOST = 200;

    private final List<FieldProblem> problems = new ArrayList<>();

    /** The properties as they are kept. */
    Map<String, String> check(@Nullable Map<String, @Nullable String> entered) {
        Map<String, String> kept = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        if (entered != null && entered.size() > MOST) {
            problems.add(new FieldProblem("properties", "at most " + MOST + " of them"));
            return kept;
        }
        (entered == null ? Map.<String, @Nullable String>of() : entered).forEach((name, value) -> {
            if (!name.matches("mail\\.[A-Za-z0-9._-]{1,100}")) {
                problem(name, "names of properties begin with mail.; everything else has a field of its own");
            } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                problem(name, "it is there twice, in capitals and small letters");
            } else if (value == null || value.isBlank() || value.length() > LONGEST) {
                problem(name, value == null || value.isBlank() ? "the value is missing" : "the value is too long");
            } else if (value.chars().anyMatch(Character::isISOControl)) {
                problem(name, "no line breaks or control characters");
            } else {
                known(name, value);
                kept.put(name, value.strip());
            }
        });
        return kept;
    }

    private void known(String name, String value) {
        MailProperty property = MailProperty.named(name).orElse(null);
        if (property == null) {
            return;
        }
        switch (property.effect()) {
            case Effect.Honoured(PropertyValue type) -> value(name, value, type);
            case Effect.Kept(PropertyValue type, String hint) -> value(name, value, type);
            case Effect.Idle idle -> {
                // Harmless whatever it says.
            }
            case Effect.Field(String instead) -> problem(name, "take it out and use " + instead);
            case Effect.Refused(String reason) -> problem(name, "take it out: " + reason);
            case Effect.RefusedValue(String refused, String reason, String hint) -> {
                if (value.strip().equalsIgnoreCase(refused)) {
                    problem(name, "take it out: " + reason);
                }
            }
        }
    }

    private void value(String name, String value, PropertyValue type) {
        if (!type.takes(value)) {
            problem(name, type.remedy());
        }
    }

    /** Whether the mechanisms that are left fit the way the channel signs in. */
    void against(Channel channel) {
        if (!problems.isEmpty()) {
            return;
        }
        Channel.Incoming in = channel.incoming();
        mechanisms("imap", channel.options().mechanisms("imap", in.security()), channel.authentication());
        if (channel.sends()) {
            Security security = channel.outgoing().security();
            mechanisms("smtp", channel.options().mechanisms("smtp", security), channel.outgoingAuthentication());
        }
    }

    private void mechanisms(String protocol, List<String> left, Authentication authentication) {
        String name = "mail." + protocol + ".auth.mechanisms";
        switch (authentication) {
            case Authentication.OAuth2 oauth -> {
                if (!left.contains("XOAUTH2")) {
                    problem(name, "OAuth 2.0 needs XOAUTH2; leave it in, or sign in with a password");
                }
            }
            case Authentication.Password password -> {
                if (!left.contains("PLAIN") && !left.contains("LOGIN")) {
                    problem(name, "a password needs PLAIN or LOGIN; leave one in, or sign in with OAuth 2.0");
                }
            }
        }
    }

    /** All that is wrong. */
    List<FieldProblem> problems() {
        return List.copyOf(problems);
    }

    private void problem(String name, String message) {
        problems.add(new FieldProblem("properties." + name, message));
    }
}
