package org.postroom.simulator.organisation;

import org.jspecify.annotations.Nullable;

/** A Microsoft 365 tenant and its switches. Safe for all threads. */
public final class Tenant {
    private final String id;
    private final String domain;
    private volatile boolean smtpAuthDisabled;
    private volatile boolean securityDefaults;
    private volatile boolean basicAuth;
    private volatile @Nullable Integer refuseTokensWith;

    /** Makes a tenant with every switch at Microsoft's default of today: modern authentication only, SMTP AUTH on. */
    public Tenant(String id, String domain) {
        this.id = id;
        this.domain = domain;
    }

    /** Directory id, a GUID. */
    public String id() {
        return id;
    }

    /** Accepted domain, in lower case. */
    public String domain() {
        return domain;
    }

    /** Set-TransportConfig -SmtpClientAuthenticationDisabled. */
    public boolean smtpAuthDisabled() {
        return smtpAuthDisabled;
    }

    /** Sets {@link #smtpAuthDisabled()}. */
    public void smtpAuthDisabled(boolean disabled) {
        smtpAuthDisabled = disabled;
    }

    /** Whether Entra's Security Defaults are on: no passwords over IMAP and SMTP. */
    public boolean securityDefaults() {
        return securityDefaults;
    }

    /** Sets {@link #securityDefaults()}. */
    public void securityDefaults(boolean on) {
        securityDefaults = on;
    }

    /** Whether IMAP and SMTP still take passwords. */
    public boolean basicAuth() {
        return basicAuth;
    }

    /** Sets {@link #basicAuth()}. */
    public void basicAuth(boolean allowed) {
        basicAuth = allowed;
    }

    /** The AADSTS code every token request of this tenant is refused with, null for none. */
    public @Nullable Integer refuseTokensWith() {
        return refuseTokensWith;
    }

    /** Sets {@link #refuseTokensWith()}. */
    public void refuseTokensWith(@Nullable Integer code) {
        refuseTokensWith = code;
    }
}
