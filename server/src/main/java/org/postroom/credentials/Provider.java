package org.postroom.credentials;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whose identity server a channel's tokens come from, and which grants it has for mail. */
public enum Provider {
    /** Microsoft Entra ID; {@code authority} and {@code tenant} lead to its addresses. */
    MICROSOFT(
            "https://login.microsoftonline.com",
            EnumSet.of(Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE, Grant.CLIENT_CREDENTIALS, Grant.PASSWORD)),
    /** Google. Its device flow has no scope for mail. */
    GOOGLE("https://accounts.google.com", EnumSet.of(Grant.AUTHORIZATION_CODE, Grant.SERVICE_ACCOUNT)),
    /** Any other server; {@code authority} is its issuer, whose description names its addresses. */
    OTHER(
            "",
            EnumSet.of(
                    Grant.AUTHORIZATION_CODE,
                    Grant.DEVICE_CODE,
                    Grant.CLIENT_CREDENTIALS,
                    Grant.PASSWORD,
                    Grant.EXTERNAL));

    private final String authority;
    private final Set<Grant> grants;

    Provider(String authority, Set<Grant> grants) {
        this.authority = authority;
        this.grants = grants;
    }

    /** As the contract writes it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The provider of this word. */
    public static Optional<Provider> of(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }

    @JsonCreator
    static Provider stored(String word) {
        return of(word).orElseThrow(() -> new IllegalArgumentException("no such provider: " + word));
    }

    /** Where sign-in happens if nobody says otherwise; empty if somebody must. */
    public String usualAuthority() {
        return authority;
    }

    /** The grants it has for mail; an external token service stands for any provider. */
    public Set<Grant> grants() {
        EnumSet<Grant> all = EnumSet.copyOf(grants);
        all.add(Grant.EXTERNAL);
        return all;
    }
}
