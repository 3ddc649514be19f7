package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.fetch.Fetching;
import org.postroom.fetch.Inbound;
import org.postroom.fetch.Inbound.Quarantined;
import org.postroom.intake.Intake;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Messages that could not be handled. */
@RestController
@RequestMapping("/api/v1/quarantine")
@Tag(name = "quarantine")
class QuarantineCalls {
    private final Inbound inbound;
    private final Fetching fetching;
    private final Intake intake;

    QuarantineCalls(Inbound inbound, Fetching fetching, Intake intake) {
        this.inbound = inbound;
        this.fetching = fetching;
        this.intake = intake;
    }

    /** The message that came of a quarantined one. */
    @Schema(name = "Imported")
    record ImportedJson(String message) {}

    /** A message that could not be handled. */
    @Schema(name = "Quarantined")
    record QuarantinedJson(
            String id,
            String channel,

            @Schema(description = "Its name on the mail server.")
            String sourceId,

            long size,
            @Nullable String why,

            @Schema(description = "Whether its bytes are here.")
            boolean held,

            Instant storedAt) {
        static QuarantinedJson of(Quarantined message) {
            return new QuarantinedJson(
                    message.id(),
                    message.channelId(),
                    message.sourceId(),
                    message.size(),
                    message.why(),
                    !message.sha256().isEmpty(),
                    message.storedAt());
        }
    }

    @Operation(operationId = "listQuarantine", summary = "Messages that could not be handled, newest first")
    @GetMapping
    Listing<QuarantinedJson> list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = Listing.LIMIT) int limit) {
        int size = Listing.limit(limit);
        List<Quarantined> page = inbound.quarantine(cursor == null ? null : Cursors.decode(cursor), size + 1);
        return Listing.of(page, size, message -> Cursors.encode(message.id())).map(QuarantinedJson::of);
    }

    @Operation(operationId = "retryQuarantined", summary = "Try a message again")
    @PostMapping("/{id}/retry")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void retry(@PathVariable String id) {
        Quarantined message = message(id);
        if (!inbound.retry(id)) {
            throw Refusal.conflict(
                    "The bytes of this message could not be had from the mail server, so there is nothing"
                            + " to try again; discard it.");
        }
        fetching.fetchNow(message.channelId());
    }

    @Operation(
            operationId = "importQuarantined",
            summary = "Import a message by its header alone, without understanding its content")
    @PostMapping("/{id}/import")
    @ResponseStatus(HttpStatus.CREATED)
    ImportedJson importUnparsed(@PathVariable String id) {
        return intake.importUnparsed(message(id))
                .map(ImportedJson::new)
                .orElseThrow(() -> Refusal.conflict(
                        "The bytes of this message could not be had from the mail server, so there is nothing to"
                                + " import; discard it."));
    }

    @Operation(operationId = "discardQuarantined", summary = "Take a message out of the quarantine for good")
    @PostMapping("/{id}/discard")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discard(@PathVariable String id) {
        message(id);
        inbound.discard(id);
    }

    private Quarantined message(String id) {
        return inbound.quarantined(id).orElseThrow(() -> Refusal.notFound("quarantined message", id));
    }
}
