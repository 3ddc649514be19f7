package org.postroom.web.assistant;

import java.util.HashMap;
import java.util.Map;

/** Plans for tests, by the fields of the page. */
final class Plans {
    static final String CLIENT = "0f6a1c52-7b1e-4a57-8b3b-6a1d3c9e2f41";
    static final String OBJECT = "9d0e4a77-1f0a-4d4e-8a5c-30f7a2b6c815";

    private Plans() {}

    /** For a grant, and a shared mailbox or a user's own. */
    static Plan of(String grant, String kind, String... more) {
        return PlanForm.read(fields(grant, kind, more), null).plan();
    }

    static Map<String, String> fields(String grant, String kind, String... more) {
        Map<String, String> fields = new HashMap<>();
        fields.put("mailbox", kind.equals("shared") ? "support@contoso.com" : "pia@contoso.com");
        fields.put("kind", kind);
        fields.put("grant", grant);
        fields.put("user", kind.equals("shared") ? "svc@contoso.com" : "");
        fields.put("tenant", "contoso.com");
        fields.put("client", CLIENT);
        fields.put("object", OBJECT);
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        return fields;
    }
}
