package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.conversation.Contacts;
import org.postroom.conversation.Views.Complained;
import org.postroom.conversation.Views.Contact;
import org.postroom.conversation.Views.Invalid;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Contacts: who they are, and whether mail reaches them. */
@RestController
@RequestMapping("/api/v1/contacts/{id}")
@Tag(name = "contacts")
class ContactCalls {
    private final Contacts contacts;

    ContactCalls(Contacts contacts) {
        this.contacts = contacts;
    }

    /** A contact with what is known of its address. */
    @Schema(name = "ContactDetails")
    record ContactJson(
            String id,
            String name,
            String address,

            @Schema(description = "Why mail to this address does not arrive; null as far as is known.") @Nullable
            Invalid invalid,

            @Schema(description = "When it called a message of ours spam; it gets no automatic answers.") @Nullable
            Complained complained,

            Instant createdAt,

            @Schema(description = "When it last wrote, to the hour.") @Nullable
            Instant lastActiveAt) {}

    @Operation(operationId = "readContact", summary = "One contact")
    @GetMapping
    ContactJson read(@PathVariable String id) {
        Contacts.Details found = contacts.find(id).orElseThrow(() -> Refusal.notFound("contact", id));
        Contact contact = found.contact();
        return new ContactJson(
                contact.id(),
                contact.name(),
                contact.address(),
                contact.invalid(),
                contact.complained(),
                found.since(),
                found.active());
    }

    @Operation(
            operationId = "clearContactFlag",
            summary = "Take every flag off a contact: its address counts as reachable, automatic answers are allowed")
    @PostMapping("/clear-flag")
    ContactJson clear(@PathVariable String id) {
        if (!contacts.clear(id, null)) {
            throw Refusal.notFound("contact", id);
        }
        return read(id);
    }
}
