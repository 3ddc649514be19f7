package org.postroom.web.assistant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.credentials.Cloud;
import org.postroom.credentials.Grant;
import org.postroom.mail.Address;

/**
 * The assistant's fields, as they stand in the page's address, and the plan they make. Nothing in here is a secret. A field
 * that was not filled in is no mistake: what depends on it is left open.
 */
final class PlanForm {
    private static final Pattern ID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");
    /** Entra ID's names for "any directory", of which none works with a mailbox's own application. */
    private static final Set<String> ANY_TENANT = Set.of("common", "organizations", "consumers");

    private static final int LONGEST = 254;
    private static final int LONGEST_SHOWN = 300;

    static final List<Grant> GRANTS =
            List.of(Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE, Grant.CLIENT_CREDENTIALS, Grant.PASSWORD);

    private final Map<String, String> sent;
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final Map<String, String> shown = new LinkedHashMap<>();

    private PlanForm(Map<String, String> sent) {
        this.sent = sent;
    }

    /** One of the values of a field. */
    record Choice(String value, String label, @Nullable String port) {
        Choice(String value, String label) {
            this(value, label, null);
        }
    }

    /**
     * What came of reading the fields.
     *
     * @param problems messages, by field
     * @param shown what stands in the fields again
     */
    record Read(Plan plan, Map<String, String> problems, Map<String, String> shown) {}

    /** What can be chosen, by field. */
    static Map<String, List<Choice>> choices() {
        return Map.of(
                "cloud",
                List.of(
                        new Choice("global", "Worldwide"),
                        new Choice("gcc-high", "United States government (GCC High)"),
                        new Choice("dod", "United States government (DoD)"),
                        new Choice("china", "China (21Vianet)")),
                "grant",
                List.of(
                        new Choice("authorization_code", "Authorization code: a person signs in once"),
                        new Choice("device_code", "Device code: a person signs in once, on another device"),
                        new Choice("client_credentials", "Client credentials: the application by itself"),
                        new Choice("password", "Password: for migration only")),
                "proof",
                List.of(
                        new Choice("secret", "A client secret"),
                        new Choice("certificate", "A certificate"),
                        new Choice("none", "Nothing: a public client")),
                "kind",
                List.of(new Choice("shared", "A shared mailbox"), new Choice("user", "A user's own mailbox")),
                "protocol",
                List.of(
                        new Choice("imap-smtp", "IMAP in, SMTP out"),
                        new Choice("imap", "IMAP in, and nothing goes out")),
                "rights",
                List.of(
                        new Choice("mailbox", "Permission SMTP.SendAsApp, and rights on the mailbox"),
                        new Choice("role", "A role on this mailbox (RBAC for Applications)")));
    }

    /**
     * Reads the fields.
     *
     * @param authority where sign-in happens, if a channel says so
     */
    static Read read(Map<String, String> sent, @Nullable String authority) {
        PlanForm form = new PlanForm(sent);
        return new Read(form.plan(authority), form.problems, form.shown);
    }

    private Plan plan(@Nullable String authority) {
        Cloud cloud = chosen("cloud", "global", Cloud::of, Cloud.GLOBAL);
        Grant grant = chosen(
                "grant",
                "authorization_code",
                word -> Grant.of(word).filter(GRANTS::contains),
                Grant.AUTHORIZATION_CODE);
        Proof proof = chosen("proof", grant == Grant.DEVICE_CODE ? "none" : "secret", Proof::of, Proof.SECRET);
        if (grant == Grant.DEVICE_CODE) {
            proof = Proof.NONE;
        } else if (grant == Grant.CLIENT_CREDENTIALS && proof == Proof.NONE) {
            problems.put("proof", "an application that signs in by itself needs a secret or a certificate");
            proof = Proof.SECRET;
        }
        boolean application = grant == Grant.CLIENT_CREDENTIALS;
        boolean shared = choice("kind", "shared").equals("shared");
        boolean sends = choice("protocol", "imap-smtp").equals("imap-smtp");
        boolean byRole = choice("rights", "mailbox").equals("role") && application && sends;
        String mailbox = address("mailbox");
        String user = application ? "" : address("user");
        if (shared && !application && !user.isEmpty() && user.equalsIgnoreCase(mailbox)) {
            problems.put("user", "a shared mailbox cannot sign in; enter a licensed user, such as svc@contoso.com");
            user = "";
        }
        String clientId = id("client", "Application (client) ID");
        String objectId = application ? id("object", "Object ID") : "";
        if (!objectId.isEmpty() && objectId.equals(clientId)) {
            problems.put(
                    "object",
                    "this is the Application (client) ID; the Object ID stands on the enterprise"
                            + " application's overview");
            objectId = "";
        }
        return new Plan(
                cloud,
                authority == null ? cloud.authority() : authority,
                grant,
                proof,
                mailbox,
                shared,
                user.isEmpty() && !shared && !application ? mailbox : user,
                tenant(),
                clientId,
                objectId,
                sends,
                byRole);
    }

    private <T> T chosen(
            String field, String usual, java.util.function.Function<String, java.util.Optional<T>> parse, T fallback) {
        return parse.apply(choice(field, usual)).orElse(fallback);
    }

    /** A word of those that can be chosen. */
    private String choice(String field, String usual) {
        String word = sent.getOrDefault(field, "").strip();
        List<String> known = choices().getOrDefault(field, List.of()).stream()
                .map(Choice::value)
                .toList();
        if (!word.isEmpty() && !known.contains(word)) {
            problems.put(field, "choose one of the list");
        }
        String chosen = known.contains(word) ? word : usual;
        shown.put(field, chosen);
        return chosen;
    }

    /** What was typed; empty if it cannot be used. */
    private String text(String field) {
        String text = sent.getOrDefault(field, "").strip();
        shown.put(field, text.substring(0, Math.min(text.length(), LONGEST_SHOWN)));
        if (text.length() > LONGEST) {
            problems.put(field, "at most " + LONGEST + " characters");
            return "";
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            problems.put(field, "no line breaks or control characters");
            return "";
        }
        return text;
    }

    private String address(String field) {
        String text = text(field);
        if (!text.isEmpty() && !Address.plausible(text)) {
            problems.put(field, "'" + text + "' is not an email address");
            return "";
        }
        return text;
    }

    private String tenant() {
        String text = text("tenant");
        if (!text.isEmpty() && !TENANT.matcher(text).matches()) {
            problems.put("tenant", "enter the directory (tenant) ID or a domain, such as contoso.com, without spaces");
            return "";
        }
        if (ANY_TENANT.contains(text.toLowerCase(Locale.ROOT))) {
            problems.put("tenant", "'" + text + "' stands for any directory; enter that of the mailbox");
            return "";
        }
        return text;
    }

    private String id(String field, String name) {
        String text = text(field);
        if (!text.isEmpty() && !ID.matcher(text).matches()) {
            problems.put(
                    field,
                    text.contains("~")
                            ? "this looks like a secret; enter the " + name
                                    + ", and the secret only on the channel's form"
                            : "the " + name + " looks like 2f1c9a4e-7d5b-4c58-9a4e-0c1d2e3f4a5b");
            if (text.contains("~")) {
                shown.put(field, "");
            }
            return "";
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** The labels of the fields, in their order. */
    static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("mailbox", "Mailbox");
        labels.put("kind", "Kind of mailbox");
        labels.put("protocol", "Protocols");
        labels.put("grant", "Grant");
        labels.put("proof", "Proof of the application");
        labels.put("user", "Sign-in user");
        labels.put("rights", "Right to send");
        labels.put("cloud", "Cloud");
        labels.put("tenant", "Directory (tenant) ID");
        labels.put("client", "Application (client) ID");
        labels.put("object", "Object ID of the enterprise application");
        return labels;
    }

    /** The fields of a plan, as they stand in the page's address. */
    static Map<String, String> fields(Plan plan) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("mailbox", plan.mailbox());
        fields.put("kind", plan.shared() ? "shared" : "user");
        fields.put("protocol", plan.sends() ? "imap-smtp" : "imap");
        fields.put("grant", plan.grant().word());
        fields.put("proof", plan.proof().word());
        fields.put("user", plan.user());
        fields.put("rights", plan.byRole() ? "role" : "mailbox");
        fields.put("cloud", plan.cloud().word());
        fields.put("tenant", plan.tenant());
        fields.put("client", plan.clientId());
        fields.put("object", plan.objectId());
        return fields;
    }
}
