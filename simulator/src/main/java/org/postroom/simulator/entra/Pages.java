package org.postroom.simulator.entra;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.simulator.http.Response;
import org.postroom.simulator.organisation.App;

/** The pages people see. Plain HTML that works without script. */
final class Pages {
    private static final String STYLE = """
            <style>
            :root { color-scheme: light dark; }
            body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas;
                   color: CanvasText; font: 15px/1.5 "Segoe UI", system-ui, sans-serif; }
            main { box-sizing: border-box; width: min(440px, 94vw); padding: 40px; border: 1px solid color-mix(in srgb,
                   CanvasText 20%, Canvas); border-radius: 4px; }
            h1 { font-size: 24px; font-weight: 600; margin: 12px 0 16px; }
            label { display: block; margin: 12px 0 2px; }
            input[type=email], input[type=text], input[type=password] { box-sizing: border-box; width: 100%;
                   padding: 8px; font: inherit; }
            .buttons { display: flex; justify-content: flex-end; gap: 8px; margin-top: 24px; }
            button { font: inherit; padding: 6px 24px; cursor: pointer; }
            button.main { background: #0f5ea8; color: #fff; border: 1px solid #0f5ea8; }
            .error { color: light-dark(#a4130f, #ff9d97); }
            .fine { font-size: 12px; overflow-wrap: anywhere; opacity: .85; }
            .brand { font-weight: 600; opacity: .8; }
            </style>
            """;

    private Pages() {}

    static String signIn(String action, String flow, App app, @Nullable String hint, @Nullable ErrorBody error) {
        String trouble = error == null
                ? ""
                : "<p class=\"error\" role=\"alert\">"
                        + plainWords(error.error().code()) + "</p><p class=\"fine\">" + escape(error.description())
                        + "</p>";
        return page(
                "Sign in to your account",
                "<h1>Sign in</h1><p>to continue to <b>" + escape(app.name()) + "</b></p>" + trouble
                        + "<form method=\"post\" action=\"" + escape(action) + "\">" + hidden("flow", flow)
                        + "<label for=\"i0116\">Email</label><input id=\"i0116\" name=\"loginfmt\" type=\"email\""
                        + " autocomplete=\"username\" autofocus required value=\"" + escape(hint == null ? "" : hint)
                        + "\"><label for=\"i0118\">Password</label><input id=\"i0118\" name=\"passwd\" type=\"password\""
                        + " autocomplete=\"current-password\"><div class=\"buttons\">"
                        + "<button name=\"decision\" value=\"cancel\" formnovalidate>Cancel</button>"
                        + "<button class=\"main\" id=\"idSIButton9\" name=\"decision\" value=\"signin\">Sign in</button>"
                        + "</div></form>");
    }

    private static String plainWords(int code) {
        return switch (code) {
            case 50126 -> "Your account or password is incorrect.";
            case 50034 -> "This username may be incorrect. Make sure you typed it correctly.";
            case 50057 -> "Your account has been locked. Contact your support person to unlock it, then try again.";
            case 50053 -> "Your account is temporarily locked to prevent unauthorised use. Try again later.";
            case 50055 -> "Your password has expired. Update it, then sign in again.";
            case 50020 -> "Selected user account does not exist in this tenant.";
            default -> "Sorry, but we’re having trouble signing you in.";
        };
    }

    static String selectAccount(String action, String flow, String upn) {
        return page(
                "Pick an account",
                "<h1>Pick an account</h1><form method=\"post\" action=\"" + escape(action) + "\">"
                        + hidden("flow", flow)
                        + "<div class=\"buttons\"><button name=\"decision\" value=\"other\">Use another account</button>"
                        + "<button class=\"main\" name=\"decision\" value=\"pick\">" + escape(upn)
                        + "</button></div></form>");
    }

    static String device(String action, @Nullable String trouble) {
        return page(
                "Enter code",
                "<h1>Enter code to allow access</h1>"
                        + (trouble == null ? "" : "<p class=\"error\" role=\"alert\">" + escape(trouble) + "</p>")
                        + "<form method=\"post\" action=\"" + escape(action) + "\"><label for=\"otc\">Code</label>"
                        + "<input id=\"otc\" name=\"otc\" type=\"text\" autofocus required><div class=\"buttons\">"
                        + "<button class=\"main\">Next</button></div></form>");
    }

    static String error(String title, String message, String detail) {
        return page(
                "Sign in to your account",
                "<h1>" + escape(title) + "</h1><p class=\"error\">" + escape(message) + "</p><p class=\"fine\">"
                        + escape(detail) + "</p>");
    }

    /** Entra's page for what cannot be told to the app. */
    static Response trouble(ErrorBody body) {
        return Response.html(
                400,
                error(
                        "Sorry, but we’re having trouble signing you in.",
                        "AADSTS" + body.error().code() + ": " + body.error().text(),
                        "Request Id: " + body.traceId() + " Correlation Id: " + body.correlationId() + " Timestamp: "
                                + body.timestamp()));
    }

    static String message(String title, String text) {
        return page(title, "<h1>" + escape(title) + "</h1><p>" + escape(text) + "</p>");
    }

    static String formPost(String target, Map<String, String> fields) {
        StringBuilder inputs = new StringBuilder();
        fields.forEach((name, value) -> inputs.append(hidden(name, value)));
        return page(
                "Working…",
                "<form method=\"post\" action=\"" + escape(target) + "\">" + inputs
                        + "<button class=\"main\">Continue</button></form><script>document.forms[0].submit()</script>");
    }

    static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"" + escape(value) + "\">";
    }

    static String page(String title, String body) {
        return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + "</title><meta name=\"viewport\" content=\"width=device-width\">" + STYLE
                + "</head><body><main><div class=\"brand\">Microsoft 365 simulator</div>" + body
                + "</main></body></html>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
