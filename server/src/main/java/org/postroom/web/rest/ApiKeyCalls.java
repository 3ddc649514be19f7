package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.ApiKey;
import org.postroom.access.ApiKeys;
import org.postroom.channel.FieldProblem;
import org.postroom.person.Role;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keys of programs. */
@RestController
@RequestMapping("/api/v1/api-keys")
@Tag(name = "api-keys")
class ApiKeyCalls {
    /** The member that shows a new key, once. */
    static final String SECRET = "key";

    private final ApiKeys keys;

    ApiKeyCalls(ApiKeys keys) {
        this.keys = keys;
    }

    /** What a new key is to be. */
    @Schema(name = "NewApiKey")
    record NewKeyJson(
            @Nullable String name,

            @Schema(allowableValues = {"administrator", "supervisor", "agent"}) @Nullable
            String role) {}

    /** A key; the key itself is not in it. */
    @Schema(name = "ApiKey")
    record KeyJson(
            String id,
            String name,
            Role role,
            Instant createdAt,
            @Nullable Instant usedAt) {
        static KeyJson of(ApiKey key) {
            return new KeyJson(key.id(), key.name(), key.role(), key.createdAt(), key.usedAt());
        }
    }

    /**
     * A new key.
     *
     * @param key the key itself; it is not shown again
     */
    @Schema(name = "MadeApiKey")
    record MadeJson(
            String id,
            String name,
            Role role,
            Instant createdAt,

            @Schema(description = "The key itself; it is not shown again.")
            String key) {
        /** Never shows the key. */
        @Override
        public String toString() {
            return "MadeJson[id=" + id + "]";
        }
    }

    @Operation(operationId = "listApiKeys", summary = "All keys, oldest first")
    @GetMapping
    Listing<KeyJson> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listing.LIMIT) int limit) {
        int size = Listing.limit(limit);
        List<ApiKey> page = keys.page(cursor == null ? null : Cursors.decode(cursor), size + 1);
        return Listing.of(page, size, key -> Cursors.encode(key.id())).map(KeyJson::of);
    }

    @Operation(operationId = "addApiKey", summary = "Make a key; it is shown this once")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<MadeJson> add(@RequestBody NewKeyJson body) {
        String name = body.name() == null ? "" : body.name().strip();
        Role role = role(body.role());
        List<FieldProblem> problems = new ArrayList<>();
        if (name.isEmpty() || name.length() > 100 || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem("name", "use 1 to 100 characters, to know the key by"));
        }
        if (role == null) {
            problems.add(new FieldProblem("role", "use administrator, supervisor or agent"));
        }
        if (role == null || !problems.isEmpty()) {
            throw Refusal.wrong(problems);
        }
        ApiKeys.Made made = keys.create(name, role);
        return ResponseEntity.created(
                        URI.create("/api/v1/api-keys/" + made.key().id()))
                .body(new MadeJson(made.key().id(), name, role, made.key().createdAt(), made.secret()));
    }

    private static @Nullable Role role(@Nullable String word) {
        try {
            return word == null ? null : Role.parse(word);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Operation(operationId = "deleteApiKey", summary = "Take a key back; it stops working at once")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        if (!keys.delete(id)) {
            throw Refusal.notFound("API key", id);
        }
    }
}
