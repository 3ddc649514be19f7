package org.postroom.credentials;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Microsoft's clouds: where sign-in happens and what tokens are for. Only presets: authority, hosts and scopes of a
 * channel can all be set, for Microsoft's pages on national clouds change (reference page microsoft-365, 4.1).
 */
public enum Cloud {
    GLOBAL("https://login.microsoftonline.com", "https://outlook.office.com/", "https://outlook.office365.com/"),
    /** United States government, GCC High. */
    GCC_HIGH("https://login.microsoftonline.us", "https://outlook.office365.us/", "https://outlook.office365.us/"),
    /** United States Department of Defense. */
    DOD("https://login.microsoftonline.us", "https://outlook-dod.office365.us/", "https://outlook-dod.office365.us/"),
    /** China, operated by 21Vianet. */
    CHINA("https://login.partner.microsoftonline.cn", "https://partner.outlook.cn/", "https://partner.outlook.cn/");

    private final String authority;
    private final String userResource;
    private final String applicationResource;

    Cloud(String authority, String userResource, String applicationResource) {
        this.authority = authority;
        this.userResource = userResource;
        this.applicationResource = applicationResource;
    }

    /** As REST writes it, such as {@code gcc-high}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The cloud of this word. */
    public static Optional<Cloud> of(String word) {
        return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }

    @JsonCreator
    static Cloud stored(String word) {
        return of(word).orElseThrow(() -> new IllegalArgumentException("no such cloud: " + word));
    }

    /** Where sign-in happens. */
    public String authority() {
        return authority;
    }

    /** What stands before the name of a permission that a person gives. */
    public String userResource() {
        return userResource;
    }

    /** What an application asks for: all that it was granted. */
    public String applicationScope() {
        return applicationResource + ".default";
    }
}
