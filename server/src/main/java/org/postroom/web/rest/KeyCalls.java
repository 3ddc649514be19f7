package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channels;
import org.postroom.secure.ChannelKey;
import org.postroom.secure.ChannelKeys;
import org.postroom.secure.ChannelKeys.Added;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys by which a channel's mail is checked and opened. Secret parts go in and never come out. */
@RestController
@RequestMapping("/api/v1/channels/{id}/keys")
@Tag(name = "channels")
class KeyCalls {
    private final Channels channels;
    private final ChannelKeys keys;

    KeyCalls(Channels channels, ChannelKeys keys) {
        this.channels = channels;
        this.keys = keys;
    }

    /** A key without anything secret. */
    @Schema(name = "ChannelKey")
    record KeyJson(
            String id,

            @Schema(allowableValues = {"smime", "openpgp"}) String standard,

            @Schema(
                    allowableValues = {"own", "peer", "authority"},
                    description = "own opens what is encrypted; peer and authority check signatures.")
            String purpose,

            @Schema(description = "The name or user id it was made out to.")
            String subject,

            List<String> addresses,

            @Schema(description = "SHA-256 of a certificate, or an OpenPGP key's own.")
            String fingerprint,

            @Nullable Instant validFrom,

            @Schema(description = "Null if it never ends.") @Nullable
            Instant validUntil,

            Instant addedAt) {
        static KeyJson of(ChannelKey key) {
            return new KeyJson(
                    key.id(),
                    key.standard().name().toLowerCase(Locale.ROOT),
                    key.purpose().name().toLowerCase(Locale.ROOT),
                    key.subject(),
                    key.addresses(),
                    key.fingerprint(),
                    key.validFrom(),
                    key.validUntil(),
                    key.addedAt());
        }
    }

    /** A file of keys. */
    @Schema(name = "NewChannelKeys")
    record NewKeysJson(
            @Schema(
                    description = "A file of keys: PEM or armored text as it is, anything else (PKCS#12, DER, binary"
                            + " OpenPGP) in Base64. 1 MB at most.")
            @Nullable
            String file,

            @Schema(description = "If the file needs one.") @Nullable
            String passphrase) {
        /** Never shows either. */
        @Override
        public String toString() {
            return "NewKeysJson[]";
        }
    }

    @Operation(operationId = "listChannelKeys", summary = "Keys of a channel, without anything secret")
    @GetMapping
    Listing<KeyJson> list(@PathVariable String id) {
        return listing(keys.list(channel(id)));
    }

    @Operation(
            operationId = "addChannelKeys",
            summary = "Add what is in a file of keys; answers what was in it. A key that was there already is replaced")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Listing<KeyJson> add(@PathVariable String id, @RequestBody NewKeysJson body) {
        String channel = channel(id);
        String passphrase = body.passphrase() == null ? "" : body.passphrase();
        return switch (keys.add(channel, bytes(body.file()), passphrase)) {
            case Added.Done(List<ChannelKey> added) -> listing(added);
            case Added.Wrong(String field, String message) -> throw Refusal.wrong(field, message);
        };
    }

    @Operation(operationId = "deleteChannelKey", summary = "Delete a key; what was opened by it stays as it is")
    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, @PathVariable String key) {
        if (!keys.delete(channel(id), key)) {
            throw Refusal.notFound("key", key);
        }
    }

    private static Listing<KeyJson> listing(List<ChannelKey> some) {
        return new Listing<>(some.stream().map(KeyJson::of).toList(), null);
    }

    private static byte[] bytes(@Nullable String file) {
        if (file == null || file.isBlank()) {
            throw Refusal.wrong("file", "send the file: PEM or armored text as it is, anything else in Base64");
        }
        if (file.contains("-----BEGIN ")) {
            return file.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(file);
        } catch (IllegalArgumentException e) {
            throw Refusal.wrong("file", "this is neither PEM or armored text nor Base64");
        }
    }

    private String channel(String id) {
        return channels.find(id)
                .orElseThrow(() -> Refusal.notFound("channel", id))
                .id();
    }
}
