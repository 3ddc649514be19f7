package org.postroom.conversation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postroom.mail.MessageId;

/**
 * Message-IDs of our own, which carry the conversation and a signature, so that an answer finds its conversation whatever
 * was stored, and nobody can write himself into one. Lower case throughout: some relays change case.
 */
public final class OwnMessageIds {
    private static final String BEGIN = "pr.";
    private static final int LENGTH = BEGIN.length() + 32 + 1 + 16 + 1 + 24;
    private static final int MOST_MARKS = 10;
    private static final Pattern FORM =
            Pattern.compile("<pr\\.([0-9a-f]{32})\\.([0-9a-f]{16})\\.([0-9a-f]{24})@[^<>]+>");

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /** Signed by this key, at least 32 bytes. */
    public OwnMessageIds(byte[] key) {
        this.key = key.clone();
    }

    /** A new Message-ID for a message of this conversation. */
    public MessageId make(String conversationId, String domain) {
        byte[] unique = new byte[8];
        random.nextBytes(unique);
        String conversation = conversationId.replace("-", "");
        String word = HexFormat.of().formatHex(unique);
        String safeDomain =
                domain.matches("[A-Za-z0-9.-]{1,253}") ? domain.toLowerCase(Locale.ROOT) : "postroom.invalid";
        return new MessageId(
                "<pr." + conversation + "." + word + "." + sign(conversation, word) + "@" + safeDomain + ">");
    }

    /** The conversation of a Message-ID that we made; empty for every other. */
    public Optional<String> conversation(MessageId id) {
        Matcher matcher = FORM.matcher(id.value().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] expected = sign(matcher.group(1), matcher.group(2)).getBytes(StandardCharsets.US_ASCII);
        byte[] found = matcher.group(3).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(expected, found)) {
            return Optional.empty();
        }
        String hex = matcher.group(1);
        return Optional.of(UUID.fromString(hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-"
                        + hex.substring(12, 16) + "-" + hex.substring(16, 20) + "-" + hex.substring(20))
                .toString());
    }

    /**
     * A Message-ID that we made.
     *
     * @param key what it is known by in the store, whatever a relay made of its case and domain
     */
    record Signed(MessageId id, String conversation, String key) {}

    /** The Message-ID if we made it; empty for every other. */
    Optional<Signed> signed(MessageId id) {
        return conversation(id).map(conversation -> new Signed(id, conversation, key(id.value())));
    }

    /** What a message is known by in the store: the same for a Message-ID of ours whatever its case and domain. */
    static String key(String messageId) {
        Matcher matcher = FORM.matcher(messageId.toLowerCase(Locale.ROOT));
        return matcher.matches() ? "ours:" + matcher.group(1) + "." + matcher.group(2) : messageId;
    }

    /** A mark for the body of a message, which carries the same signed id as its Message-ID. */
    public static String mark(MessageId own) {
        String value = own.value();
        return "[" + value.substring(1, value.lastIndexOf('@')) + "]";
    }

    /** Marks of ours in a text, in their order and each once; ten candidates are looked at, at most. */
    List<Signed> marks(String text) {
        List<Signed> found = new ArrayList<>();
        int looked = 0;
        for (int at = text.indexOf(BEGIN); at >= 0 && looked < MOST_MARKS; at = text.indexOf(BEGIN, at + 1)) {
            if (at + LENGTH <= text.length() && text.charAt(at + BEGIN.length() + 32) == '.') {
                looked++;
                String whole = text.substring(at, at + LENGTH);
                signed(new MessageId("<" + whole + "@mark.invalid>"))
                        .filter(one -> !found.contains(one))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private String sign(String conversation, String unique) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] all = mac.doFinal((conversation + "." + unique).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(all, 0, 12);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
