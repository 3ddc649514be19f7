package org.postroom.simulator.organisation;

import java.time.Instant;
import java.util.Locale;

/** Somebody who can sign in. Safe for all threads. */
public final class User {
    private final Tenant tenant;
    private final String objectId;
    private final String upn;
    private final String name;
    private volatile String password;
    private volatile boolean licensed = true;
    private volatile boolean disabled;
    private volatile boolean administrator;
    private volatile boolean locked;
    private volatile boolean passwordExpired;
    private volatile Instant passwordTokensValidFrom = Instant.EPOCH;
    private volatile Instant tokensValidFrom = Instant.EPOCH;
    private final ConditionalAccess conditionalAccess = new ConditionalAccess();

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

    /** Sets {@link #password()}, be it expired or not; what becomes of tokens is said on its own. */
    public void password(String changed) {
        password = changed;
        passwordExpired = false;
    }

    /** Whether the password has expired: it signs nobody in, tokens live on. */
    public boolean passwordExpired() {
        return passwordExpired;
    }

    /** Sets {@link #passwordExpired()}. */
    public void passwordExpired(boolean expired) {
        passwordExpired = expired;
    }

    /** Whether too many wrong passwords locked the account: it takes no password, tokens live on. */
    public boolean locked() {
        return locked;
    }

    /** Sets {@link #locked()}. */
    public void locked(boolean isLocked) {
        locked = isLocked;
    }

    /** Whether the user may consent for the whole organisation. */
    public boolean administrator() {
        return administrator;
    }

    /** Sets {@link #administrator()}. */
    public void administrator(boolean is) {
        administrator = is;
    }

    /** What a password got before this moment is dead: public clients' tokens and browsers' sessions. */
    public Instant passwordTokensValidFrom() {
        return passwordTokensValidFrom;
    }

    /** Revokes what the password got before {@code moment}, as every change of it does. */
    public void revokePasswordTokens(Instant moment) {
        passwordTokensValidFrom = moment;
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

    /** All refresh tokens and sessions from before this moment are dead. */
    public Instant tokensValidFrom() {
        return tokensValidFrom;
    }

    /** Revokes every refresh token issued before {@code moment}. */
    public void revokeTokens(Instant moment) {
        tokensValidFrom = moment;
    }

    /** What is demanded of this user's sign-ins, and codes ordered for them. */
    public ConditionalAccess conditionalAccess() {
        return conditionalAccess;
    }
}
