package org.postroom.channel;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.AuthenticationInput;
import org.postroom.credentials.Authentication;
import org.postroom.credentials.Cloud;
import org.postroom.credentials.Grant;
import org.postroom.credentials.Provider;
import org.postroom.credentials.SafeAddress;
import org.postroom.credentials.Secrets.Purpose;

/** OAuth 2.0 settings as somebody entered them. */
final class OAuthCheck {
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    private static final int MOST_SCOPES = 30;

    private final Entered entered;
    private final Map<Purpose, String> secrets;
    private final ApplicationCheck application;

    OAuthCheck(Entered entered, Map<Purpose, String> secrets, Instant now) {
        this.entered = entered;
        this.secrets = secrets;
        this.application = new ApplicationCheck(entered, secrets, now);
    }

    /**
     * Checks.
     *
     * @param old what it was before, whose secrets are stored; null if it was no OAuth 2.0
     */
    Authentication.OAuth2 check(AuthenticationInput input, Authentication.@Nullable OAuth2 old) {
        Provider provider = provider(input.provider());
        Grant grant = grant(input.grant(), provider);
        Cloud cloud = cloud(input.cloud(), provider);
        String tenant = provider == Provider.MICROSOFT && grant != Grant.EXTERNAL ? tenant(input.tenant()) : "";
        String authority = authority(input.authority(), provider, cloud, grant);
        String service = tokenService(input.tokenService(), grant);
        String user = entered.address("authentication.signInUser", input.signInUser(), grant == Grant.PASSWORD);
        var proof = application.check(input, provider, grant, authority, old);
        if (grant == Grant.PASSWORD) {
            signInPassword(input, old, user);
        }
        return new Authentication.OAuth2(
                provider,
                grant,
                cloud,
                tenant,
                proof.clientId(),
                proof.isPublic(),
                proof.certificate(),
                proof.certificate() == null && !proof.isPublic() ? expiry(input.clientSecretExpires()) : null,
                authority,
                scopes(input.scopes(), provider),
                user,
                service);
    }

    private Provider provider(@Nullable String given) {
        String word = given == null || given.isBlank() ? Provider.MICROSOFT.word() : given.strip();
        return Provider.of(word).orElseGet(() -> {
            entered.problem("authentication.provider", "'" + word + "' is unknown; use microsoft, google or other");
            return Provider.OTHER;
        });
    }

    private Grant grant(@Nullable String given, Provider provider) {
        String word = given == null || given.isBlank() ? Grant.AUTHORIZATION_CODE.word() : given.strip();
        Grant grant = Grant.of(word).orElse(null);
        if (grant != null && provider.grants().contains(grant)) {
            return grant;
        }
        String known = provider.grants().stream().map(Grant::word).collect(Collectors.joining(", "));
        String why = grant == null
                ? "'" + word + "' is unknown; use one of " + known
                : provider == Provider.GOOGLE
                        ? "Google does not offer " + word + " for mail; use one of " + known
                        : word + " is not offered there; use one of " + known;
        entered.problem("authentication.grant", why);
        return Grant.AUTHORIZATION_CODE;
    }

    private Cloud cloud(@Nullable String given, Provider provider) {
        String word = given == null || given.isBlank() ? Cloud.GLOBAL.word() : given.strip();
        Cloud cloud = Cloud.of(word).orElse(null);
        if (cloud == null) {
            entered.problem("authentication.cloud", "'" + word + "' is unknown; use global, gcc-high, dod or china");
            return Cloud.GLOBAL;
        }
        return provider == Provider.MICROSOFT ? cloud : Cloud.GLOBAL;
    }

    private String tenant(@Nullable String given) {
        String tenant = entered.text("authentication.tenant", given, 1, 253);
        if (!tenant.isEmpty() && !TENANT.matcher(tenant).matches()) {
            entered.problem(
                    "authentication.tenant",
                    "enter the directory (tenant) id or a domain, such as contoso.com, without spaces");
        }
        return tenant;
    }

    private String authority(@Nullable String given, Provider provider, Cloud cloud, Grant grant) {
        String field = "authentication.authority";
        String usual = provider == Provider.MICROSOFT ? cloud.authority() : provider.usualAuthority();
        String text = given == null || given.isBlank() ? usual : given.strip();
        if (grant == Grant.EXTERNAL) {
            return "";
        }
        if (text.isEmpty()) {
            entered.problem(field, "enter the identity server's issuer, such as https://login.example.com/realms/mail");
            return text;
        }
        String like = usual.isEmpty() ? "https://login.example.com/realms/mail" : usual;
        return address(field, text, "enter an address like " + like, "the authority must be https");
    }

    private @Nullable String tokenService(@Nullable String given, Grant grant) {
        String field = "authentication.tokenService";
        if (grant != Grant.EXTERNAL) {
            return null;
        }
        String text = given == null ? "" : given.strip();
        if (text.equals(Authentication.OAuth2.COMMAND)) {
            return text;
        }
        String words = "enter the address of your token service, such as https://tokens.example.com/mail, or the word"
                + " command for the one that the operator has configured";
        return address(field, text, words, "the token service must be https");
    }

    private String address(String field, String text, String words, String notHttps) {
        try {
            URI uri = URI.create(text);
            String host = uri.getHost();
            if (host == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
                entered.problem(field, words);
            } else if (!SafeAddress.isSafe(uri)) {
                entered.problem(field, notHttps);
            }
        } catch (IllegalArgumentException e) {
            entered.problem(field, words);
        }
        return text;
    }

    private List<String> scopes(@Nullable List<String> given, Provider provider) {
        String field = "authentication.scopes";
        List<String> scopes = given == null
                ? List.of()
                : given.stream().map(String::strip).filter(s -> !s.isEmpty()).toList();
        if (scopes.size() > MOST_SCOPES
                || scopes.stream().anyMatch(s -> s.length() > 300 || !s.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+"))) {
            entered.problem(field, "at most " + MOST_SCOPES + " scopes without spaces or quotes, one a line");
            return List.of();
        }
        List<String> resources = scopes.stream()
                .filter(s -> s.startsWith("https://"))
                .map(s -> s.substring(8).replaceAll("[:/].*", "").replace("office365.com", "office.com"))
                .distinct()
                .toList();
        if (provider == Provider.MICROSOFT && resources.stream().anyMatch(r -> r.startsWith("graph."))) {
            entered.problem(
                    field,
                    "scopes of Microsoft Graph do not open a mailbox by IMAP or SMTP; use"
                            + " https://outlook.office.com/IMAP.AccessAsUser.All and its like");
        } else if (provider == Provider.MICROSOFT && resources.size() > 1) {
            entered.problem(
                    field, "a token is for one resource, and these are of several: " + String.join(", ", resources));
        }
        return scopes;
    }

    /** The day a secret ends, or the moment. */
    private @Nullable Instant expiry(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        String text = given.strip();
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException e) {
            entered.problem("authentication.clientSecretExpires", "enter a date, such as 2027-11-22");
            return null;
        }
    }

    /** A stored password goes with its user: for another one it has to be entered again. */
    private void signInPassword(AuthenticationInput input, Authentication.@Nullable OAuth2 old, @Nullable String user) {
        if (input.password() != null && !input.password().isEmpty()) {
            secrets.put(Purpose.SIGN_IN_PASSWORD, input.password());
            return;
        }
        boolean had = old != null && old.grant() == Grant.PASSWORD && Objects.equals(old.signInUser(), user);
        if (!had) {
            entered.problem("authentication.password", "enter the password of the sign-in user");
        }
    }
}
