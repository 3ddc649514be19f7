package org.postroom.channel;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Secrets.Purpose;
import tools.jackson.databind.json.JsonMapper;

/** How a channel proves itself, as somebody entered it. */
final class AuthenticationCheck {
    private final Entered entered;
    private final Map<Purpose, String> secrets = new EnumMap<>(Purpose.class);
    private final JsonMapper json = JsonMapper.builder().build();
    private final OAuthCheck oauth;

    AuthenticationCheck(Entered entered, Instant now) {
        this.entered = entered;
        this.oauth = new OAuthCheck(entered, secrets, now);
    }

    /** The secrets that were entered; empty for one to forget. */
    Map<Purpose, String> secrets() {
        return secrets;
    }

    /** That of incoming mail. */
    @Nullable
    Authentication incoming(@Nullable AuthenticationInput input, @Nullable Channel before) {
        String type = input == null ? null : input.type();
        if (input == null || type == null) {
            entered.problem("authentication.type", "say how Postroom signs in: password or oauth2");
            return null;
        }
        return switch (type) {
            case "password" ->
                password(
                        "authentication",
                        input,
                        Purpose.INCOMING_PASSWORD,
                        before == null ? null : before.authentication());
            case "oauth2" ->
                oauth.check(
                        input,
                        before != null && before.authentication() instanceof Authentication.OAuth2 old ? old : null);
            default -> {
                entered.problem("authentication.type", "'" + type + "' is unknown; use password or oauth2");
                yield null;
            }
        };
    }

    /** That of outgoing mail; null if it is the same as of incoming mail. */
    @Nullable
    Authentication outgoing(@Nullable Object given, @Nullable Channel before) {
        String field = "outgoing.authentication";
        if (given == null || "same".equals(given)) {
            return null;
        }
        AuthenticationInput input = given instanceof Map<?, ?> map
                ? json.convertValue(map, AuthenticationInput.class)
                : given instanceof AuthenticationInput known ? known : null;
        if (input == null) {
            entered.problem(field, "use same, or an object with type, username and password");
            return null;
        }
        Authentication was = before == null ? null : before.outgoing().authentication();
        String type = Objects.requireNonNullElse(input.type(), "");
        return switch (type) {
            case "password" -> password(field, input, Purpose.OUTGOING_PASSWORD, was);
            case "oauth2" -> {
                entered.problem(field + ".type", "OAuth 2.0 for outgoing mail is that of incoming mail; use same");
                yield null;
            }
            default -> {
                entered.problem(
                        field + ".type",
                        type.isEmpty()
                                ? "say how Postroom signs in: password"
                                : "'" + type + "' is unknown; use password");
                yield null;
            }
        };
    }

    private Authentication password(
            String field, AuthenticationInput input, Purpose purpose, @Nullable Authentication was) {
        String username = entered.text(field + ".username", input.username(), 1, 320);
        if (input.password() != null && !input.password().isEmpty()) {
            secrets.put(purpose, input.password());
        } else if (!(was instanceof Authentication.Password)) {
            entered.problem(field + ".password", "enter the password");
        }
        return new Authentication.Password(username);
    }
}
