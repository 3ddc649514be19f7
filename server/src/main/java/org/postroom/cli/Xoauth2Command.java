package org.postroom.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code postroom xoauth2}: the SASL string of XOAUTH2 from a token on standard input, or back again with the token
 * masked.
 */
@Command(
        name = "xoauth2",
        mixinStandardHelpOptions = true,
        description = "Reads an access token on standard input and prints the XOAUTH2 SASL string.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:fine", "1:what was read is not usable", "2:wrong usage"})
public final class Xoauth2Command implements Callable<Integer> {
    private static final int MAX_INPUT = 1 << 20;
    private static final List<String> CLAIMS =
            List.of("aud", "iss", "scp", "roles", "exp", "upn", "preferred_username", "appid", "tid");

    @Option(names = "--user", paramLabel = "U", description = "The mailbox to sign in to.")
    private @Nullable String user;

    @Option(names = "--decode", description = "Reads a SASL string and shows user and token, the token masked.")
    private boolean decode;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private final InputStream standardInput;
    private final JsonMapper mapper = JsonMapper.shared();

    /** On the process's standard input. */
    public Xoauth2Command() {
        this(System.in);
    }

    Xoauth2Command(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    /** What the input lacks, said to the user. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;
        private final int status;

        Unusable(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    @Override
    public Integer call() throws IOException {
        try {
            if (decode) {
                decode(input("the SASL string"));
            } else {
                encode(input("the access token"));
            }
            return 0;
        } catch (Unusable e) {
            err().println("postroom xoauth2: " + e.getMessage());
            err().flush();
            return e.status;
        }
    }

    private String input(String what) throws IOException, Unusable {
        if (!decode && user == null) {
            throw new Unusable(2, "--user is missing: name the mailbox, such as --user support@example.org");
        }
        if (decode && user != null) {
            throw new Unusable(2, "--user does not go with --decode: the SASL string names the user");
        }
        byte[] bytes = standardInput.readNBytes(MAX_INPUT + 1);
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (bytes.length > MAX_INPUT) {
            throw new Unusable(1, "standard input is longer than " + MAX_INPUT + " bytes: that is not " + what);
        }
        if (text.isEmpty()) {
            throw new Unusable(1, "standard input is empty: pipe " + what + " into this command");
        }
        return text;
    }

    private void encode(String token) throws Unusable {
        String name = user == null ? "" : user;
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new Unusable(2, "--user must not be empty nor contain control characters");
        }
        if (token.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new Unusable(1, "the token has white space or characters that no token has: pipe the token alone");
        }
        String sasl = "user=" + name + "\u0001auth=Bearer " + token + "\u0001\u0001";
        String encoded = Base64.getEncoder().encodeToString(sasl.getBytes(StandardCharsets.UTF_8));
        out().println(json ? mapper.writeValueAsString(Map.of("sasl", encoded)) : encoded);
        out().flush();
    }

    private void decode(String encoded) throws Unusable {
        String sasl;
        try {
            sasl = new String(Base64.getMimeDecoder().decode(strictly(encoded)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Unusable(1, "standard input is not base64");
        }
        String name = null;
        String token = null;
        for (String field : sasl.split("\u0001")) {
            if (field.startsWith("user=")) {
                name = field.substring(5);
            } else if (field.regionMatches(true, 0, "auth=Bearer ", 0, 12)) {
                token = field.substring(12).strip();
            }
        }
        if (name == null || token == null || token.isEmpty()) {
            throw new Unusable(1, "not an XOAUTH2 string: it must be user=…^Aauth=Bearer …^A^A");
        }
        show(name, token);
    }

    private static String strictly(String encoded) {
        String text = encoded.replaceAll("\\s+", "");
        if (text.regionMatches(true, 0, "AUTHXOAUTH2", 0, 11)) {
            text = text.substring(11);
        }
        if (!text.matches("[A-Za-z0-9+/]*={0,2}")) {
            throw new IllegalArgumentException("not base64");
        }
        return text;
    }

    private void show(String name, String token) {
        var shown = mapper.createObjectNode();
        shown.put("user", name).put("token", masked(token)).put("length", token.length());
        JsonNode claims = claims(token);
        if (claims != null) {
            var kept = shown.putObject("claims");
            for (String claim : CLAIMS) {
                if (claims.has(claim)) {
                    kept.set(claim, claims.get(claim));
                }
            }
        }
        if (json) {
            out().println(mapper.writeValueAsString(shown));
        } else {
            lines(shown).forEach(out()::println);
        }
        out().flush();
    }

    private static List<String> lines(JsonNode shown) {
        List<String> lines = new ArrayList<>();
        lines.add("user    " + printable(shown.get("user").stringValue()));
        lines.add("token   " + shown.get("token").stringValue() + " ("
                + shown.get("length").intValue() + " characters)");
        JsonNode claims = shown.get("claims");
        if (claims != null) {
            for (Map.Entry<String, JsonNode> claim : claims.properties()) {
                JsonNode value = claim.getValue();
                String text = value.isString() ? value.stringValue() : value.toString();
                boolean time = claim.getKey().equals("exp") && value.isIntegralNumber();
                lines.add("%-7s %s"
                        .formatted(
                                claim.getKey(),
                                time
                                        ? java.time.Instant.ofEpochSecond(value.longValue())
                                                .toString()
                                        : printable(text)));
            }
        }
        return lines;
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String masked(String token) {
        return token.length() < 24 ? "…" : token.substring(0, 4) + "…" + token.substring(token.length() - 4);
    }

    /** The claims of a JWT, whose signature is not checked; null if it is none. */
    private @Nullable JsonNode claims(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return null;
        }
        try {
            JsonNode claims = mapper.readTree(Base64.getUrlDecoder().decode(parts[1]));
            return claims.isObject() ? claims : null;
        } catch (IllegalArgumentException | JacksonException e) {
            return null;
        }
    }

    private PrintWriter out() {
        return spec == null
                ? new PrintWriter(System.out, false, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec == null
                ? new PrintWriter(System.err, false, StandardCharsets.UTF_8)
                : spec.commandLine().getErr();
    }
}
