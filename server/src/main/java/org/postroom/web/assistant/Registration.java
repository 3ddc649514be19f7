package org.postroom.web.assistant;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Grant;

/** The registration of an application in Entra ID, step by step, and the permissions it needs. */
final class Registration {
    /** Makes a key and a certificate that is good for two years. */
    static final String OPENSSL = "openssl req -x509 -newkey rsa:3072 -sha256 -days 730 -nodes -subj \"/CN=Postroom\""
            + " -keyout postroom-key.pem -out postroom-cert.pem";

    private Registration() {}

    /**
     * Something to do there.
     *
     * @param copy a value to paste, or null
     */
    record Todo(String what, String how, @Nullable String copy) {}

    /** A permission, as Entra ID's pages name it. */
    record Permission(String name, String kind, String api, String why) {}

    /**
     * All steps but consent.
     *
     * @param redirect the redirect address, or null if Postroom does not know its own
     */
    static List<Todo> steps(Plan plan, @Nullable String redirect) {
        List<Todo> steps = new ArrayList<>();
        steps.add(new Todo(
                "Register an application",
                plan.portalName() + " → App registrations → New registration. Name: Postroom. Supported account types:"
                        + " accounts in this organizational directory only. Leave the redirect URI empty and press"
                        + " Register.",
                null));
        signIn(plan, redirect, steps);
        steps.add(new Todo(
                "Add the permissions",
                plan.isApplication()
                        ? "API permissions → Add a permission → APIs my organization uses → Office 365 Exchange Online →"
                                + " Application permissions: those of the list below."
                        : "API permissions → Add a permission → Microsoft Graph → Delegated permissions: those of the"
                                + " list below.",
                null));
        proof(plan, steps);
        steps.add(new Todo(
                "Copy the IDs",
                "Overview: Application (client) ID and Directory (tenant) ID. Enter both above"
                        + (plan.tenant().isEmpty() || plan.clientId().isEmpty() ? " and press Show." : "."),
                null));
        if (plan.isApplication()) {
            steps.add(new Todo(
                    "Copy the object ID of the enterprise application",
                    plan.portalName() + " → Enterprise applications → Postroom → Overview → Object ID. It is not the"
                            + " Object ID of the app registration; with that one Exchange refuses the sign-in.",
                    null));
        }
        return List.copyOf(steps);
    }

    private static void signIn(Plan plan, @Nullable String redirect, List<Todo> steps) {
        if (plan.grant() == Grant.AUTHORIZATION_CODE) {
            String unknown = redirect == null
                    ? " Postroom does not know its own address yet: set POSTROOM_PUBLIC_URL and restart it."
                    : "";
            steps.add(new Todo(
                    "Register the redirect address",
                    (plan.proof() == Proof.NONE
                                    ? "Authentication → Add a platform → Mobile and desktop applications → Custom redirect"
                                            + " URIs: the address below, character for character."
                                    : "Authentication → Add a platform → Web: the address below, character for character."
                                            + " Not Single-page application, whose sign-ins end after 24 hours.")
                            + unknown,
                    redirect));
        } else if (plan.proof() == Proof.NONE) {
            steps.add(new Todo(
                    "Allow public client flows",
                    "Authentication → Settings (on older pages: Advanced settings) → Allow public client flows → Yes →"
                            + " Save.",
                    null));
        }
    }

    private static void proof(Plan plan, List<Todo> steps) {
        switch (plan.proof()) {
            case SECRET ->
                steps.add(new Todo(
                        "Make a client secret",
                        "Certificates & secrets → Client secrets → New client secret. Copy its Value now, for it is shown"
                                + " once; the Secret ID beside it is not what is needed. Note the day it expires: Postroom"
                                + " warns ahead of it.",
                        null));
            case CERTIFICATE ->
                steps.add(new Todo(
                        "Make a certificate and upload it",
                        "Run this line, then upload postroom-cert.pem: Certificates & secrets → Certificates → Upload"
                                + " certificate. Postroom's form takes the text of both files, postroom-cert.pem and"
                                + " postroom-key.pem, one below the other; the key goes nowhere else.",
                        OPENSSL));
            case NONE -> {}
        }
    }

    /** What the application has to be allowed. */
    static List<Permission> permissions(Plan plan) {
        List<Permission> all = new ArrayList<>();
        String kind = plan.isApplication() ? "Application" : "Delegated";
        String api = plan.isApplication() ? "Office 365 Exchange Online" : "Microsoft Graph";
        if (plan.isApplication()) {
            all.add(new Permission("IMAP.AccessAsApp", kind, api, "read mailboxes that the script grants it"));
            if (plan.sends() && !plan.byRole()) {
                all.add(new Permission("SMTP.SendAsApp", kind, api, "send from them"));
            }
            return List.copyOf(all);
        }
        all.add(new Permission("IMAP.AccessAsUser.All", kind, api, "read what the signed-in user may read"));
        if (plan.sends()) {
            all.add(new Permission("SMTP.Send", kind, api, "send as the signed-in user may send"));
        }
        if (plan.grant().needsPerson()) {
            all.add(new Permission("offline_access", kind, api, "stay connected without asking again"));
        }
        return List.copyOf(all);
    }
}
