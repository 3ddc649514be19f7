package org.postroom.simulator.organisation;

import java.time.Duration;

/** A Microsoft 365 tenant and its switches. Safe for all threads. */
public final class Tenant {
    private final String id;
    private final String domain;
    private volatile boolean smtpAuthDisabled;
    private volatile boolean securityDefaults;
    private volatile boolean basicAuth;
    private volatile boolean imapEnabled = true;
    private volatile boolean userConsent = true;
    private volatile Duration permissionDelay = Duration.ZERO;
    private final ConditionalAccess conditionalAccess = new ConditionalAccess();

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

    /** Whether any mailbox may be opened by IMAP; a mailbox may have it off on its own. */
    public boolean imapEnabled() {
        return imapEnabled;
    }

    /** Sets {@link #imapEnabled()}. */
    public void imapEnabled(boolean enabled) {
        imapEnabled = enabled;
    }

    /** Whether users may consent for themselves; administrators always may. */
    public boolean userConsent() {
        return userConsent;
    }

    /** Sets {@link #userConsent()}. */
    public void userConsent(boolean allowed) {
        userConsent = allowed;
    }

    /** How long a right granted from now on takes until it counts; up to half an hour at Microsoft. */
    public Duration permissionDelay() {
        return permissionDelay;
    }

    /** Sets {@link #permissionDelay()}. */
    public void permissionDelay(Duration delay) {
        permissionDelay = delay;
    }

    /** What is demanded of this tenant's sign-ins, and codes ordered for them. */
    public ConditionalAccess conditionalAccess() {
        return conditionalAccess;
    }
}
