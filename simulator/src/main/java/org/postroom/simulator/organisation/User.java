package org.postroom.simulator.organisation;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Somebody who can sign in. Safe for all threads. */
public final class User {
    private final Tenant tenant;
    private final String objectId;
    private final String upn;
    private final String name;
    private volatile String password;
    private volatile boolean licensed = true;
    private volatile boolean disabled;
    private volatile Instant tokensValidFrom = Instant.EPOCH;
    private volatile @Nullable Integer refuseTokensWith;

    /** Makes a licensed, enabled user. */
    public User(Tenant tenant, String objectId, String upn, String name, String password) {
        this.tenant = tenant;
        this.objectId = objectId;
        this.upn = upn.toLowerCase(Locale.ROOT);
        this.name = name;
        this.password = password;
    }

    /** The home tenant. */
    public Tenant tenant() {
        return tenant;
    }

    /** Object id in the directory, a GUID. */
    public String objectId() {
        return objectId;
    }

    /** User principal name, in lower case; also the address of the mailbox. */
    public String upn() {
        return upn;
    }

    /** Display name. */
    public String name() {
        return name;
    }

    /** The password in clear text: nobody's real one. */
    public String password() {
        return password;
    }

    /** Sets {@link #password()}; tokens of a confidential client live on, as when a user changes it himself. */
    public void password(String changed) {
        password = changed;
    }

    /** Whether an Exchange licence is assigned; without one there is no mailbox to open. */
    public boolean licensed() {
        return licensed;
    }

    /** Sets {@link #licensed()}. */
    public void licensed(boolean assigned) {
        licensed = assigned;
    }

    /** Whether sign-in is blocked. */
    public boolean disabled() {
        return disabled;
    }

    /** Sets {@link #disabled()}. */
    public void disabled(boolean blocked) {
        disabled = blocked;
    }

    /** Refresh tokens issued before this moment are dead. */
    public Instant tokensValidFrom() {
        return tokensValidFrom;
    }

    /** Revokes every refresh token issued before {@code moment}. */
    public void revokeTokens(Instant moment) {
        tokensValidFrom = moment;
    }

    /** The AADSTS code this user's token requests are refused with, null for none. */
    public @Nullable Integer refuseTokensWith() {
        return refuseTokensWith;
    }

    /** Sets {@link #refuseTokensWith()}. */
    public void refuseTokensWith(@Nullable Integer code) {
        refuseTokensWith = code;
    }
}
