package org.postroom.simulator.entra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;

/** A checked request to {@code /authorize}, and the ways back from it. */
record AuthorizationRequest(
        App app,
        String tenant,
        String redirectUri,
        Scopes scopes,
        @Nullable String state,
        @Nullable String challenge,
        boolean challengeHashed,
        @Nullable String nonce,
        String prompt,
        @Nullable String loginHint,
        String responseMode,
        @Nullable String deviceCode) {
    private static final Set<String> PROMPTS = Set.of("", "login", "none", "consent", "select_account", "create");

    /** Checks all that can be told to the app by a redirect; who asks and where to is right already. */
    static AuthorizationRequest of(App app, String tenant, String redirectUri, Form query) throws AadException {
        String type = query.get("response_type").orElseThrow(() -> new AadException(AadError.missing("response_type")));
        if (!type.equals("code")) {
            throw new AadException(AadError.of(
                    700054,
                    "unsupported_response_type",
                    "response_type '" + type + "' is not enabled for the application."));
        }
        String scope = query.get("scope").orElseThrow(() -> new AadException(AadError.missing("scope")));
        String prompt = query.get("prompt").orElse("");
        if (!PROMPTS.contains(prompt)) {
            throw new AadException(AadError.of(90023, "invalid_request", "Unsupported 'prompt' value."));
        }
        String method = query.get("code_challenge_method").orElse("plain");
        Optional<String> challenge = query.get("code_challenge");
        if (!Set.of("plain", "S256").contains(method)) {
            throw new AadException(AadError.of(
                    501491, "invalid_request", "Invalid Code_Challenge_method parameter: '" + method + "'."));
        }
        if (challenge.isPresent() && !challenge.get().matches("[A-Za-z0-9._~-]{43,128}")) {
            throw new AadException(AadError.of(50147, "invalid_request", "Invalid size of Code_Challenge parameter."));
        }
        return new AuthorizationRequest(
                app,
                tenant,
                redirectUri,
                Scopes.parse(scope, tenant),
                query.get("state").orElse(null),
                challenge.orElse(null),
                method.equals("S256"),
                query.get("nonce").orElse(null),
                prompt,
                query.get("login_hint").orElse(null),
                query.get("response_mode").orElse("query"),
                null);
    }

    /** Sends the browser back to the app with these fields and the state. */
    Response back(Map<String, String> fields) {
        return back(redirectUri, responseMode, state, fields);
    }

    static Response back(String redirectUri, String mode, @Nullable String state, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        if (state != null) {
            all.put("state", state);
        }
        if (mode.equals("form_post")) {
            return Response.html(200, Pages.formPost(redirectUri, all));
        }
        String joint = mode.equals("fragment") ? "#" : redirectUri.contains("?") ? "&" : "?";
        return Response.redirect(redirectUri + joint + new Form(all).encoded());
    }

    static Map<String, String> errorFields(ErrorBody error) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("error", error.error().error());
        fields.put("error_description", error.description());
        fields.put("error_uri", error.uri());
        if (error.error().suberror() != null) {
            fields.put("error_subcode", error.error().suberror());
        }
        return fields;
    }
}
