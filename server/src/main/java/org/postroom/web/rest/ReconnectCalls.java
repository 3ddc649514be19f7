package org.postroom.web.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.web.channels.ReconnectLinking;
import org.postroom.web.channels.ReconnectLinking.Result;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Links by which a mailbox's owner reconnects without an account. */
@RestController
@RequestMapping("/api/v1/channels/{id}/reconnect-link")
@Tag(name = "channels")
class ReconnectCalls {
    private final Channels channels;
    private final ReconnectLinking linking;

    ReconnectCalls(Channels channels, ReconnectLinking linking) {
        this.channels = channels;
        this.linking = linking;
    }

    /** What is asked for. */
    @Schema(name = "ReconnectLinkRequest")
    record WantedJson(
            @Schema(description = "Who has to sign in; the one who did before if left out.") @Nullable
            String user,

            @Schema(description = "ISO 8601, from PT1M to P30D; P7D if left out.") @Nullable
            String validFor,

            @Schema(
                    description =
                            "A channel, by name or id, that mails the link to the user; nobody gets it if left out.")
            @Nullable
            String mailBy) {}

    /**
     * A link, told once.
     *
     * @param mailProblem why it could not be mailed; null if it was, or was not to be
     */
    @Schema(name = "ReconnectLink")
    record LinkJson(
            String url,
            String user,
            Instant expiresAt,
            boolean mailed,
            @Nullable String mailProblem) {}

    @Operation(
            operationId = "makeReconnectLink",
            summary = "A link, told once, by which the mailbox's owner signs in again without an account")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    LinkJson make(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable WantedJson body,
            HttpServletRequest request) {
        WantedJson wanted = body == null ? new WantedJson(null, null, null) : body;
        Channel channel = channel(id);
        return switch (linking.make(channel, wanted.user(), life(wanted.validFor()), request, null)) {
            case Result.Link link -> told(channel, link, wanted.mailBy());
            case Result.No(String field, String why)
            when field.equals("link") || field.startsWith("authentication") -> throw Refusal.conflict(why + ".");
            case Result.No(String field, String why) -> throw Refusal.wrong(field, why);
        };
    }

    private LinkJson told(Channel channel, Result.Link link, @Nullable String mailBy) {
        String problem = null;
        boolean mailed = false;
        if (mailBy != null && !mailBy.isBlank()) {
            switch (linking.mail(channel, link, mailBy)) {
                case ReconnectLinking.Mailed.Sent s -> mailed = true;
                case ReconnectLinking.Mailed.Failed(String why) -> problem = why;
            }
        }
        return new LinkJson(link.url(), link.expectedUser(), link.expires(), mailed, problem);
    }

    private static @Nullable Duration life(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw Refusal.wrong("validFor", "write it like P7D for seven days, or PT12H for twelve hours");
        }
    }

    @Operation(operationId = "withdrawReconnectLinks", summary = "Withdraw every link of this channel")
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(@PathVariable String id) {
        linking.withdraw(channel(id));
    }

    private Channel channel(String id) {
        return channels.find(id).orElseThrow(() -> Refusal.notFound("channel", id));
    }
}
