package org.postroom.web.live;

import jakarta.servlet.http.HttpServletRequest;
import org.postroom.access.CurrentPerson;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Where a page listens for news: ids of conversations that changed, never what is in them. */
@RestController
class LivePage {
    private final LiveFeed feed;

    LivePage(LiveFeed feed) {
        this.feed = feed;
    }

    @GetMapping(path = "/inbox/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> live(@AuthenticationPrincipal CurrentPerson person, HttpServletRequest request) {
        return feed.open(person.id(), request.getSession().getId())
                .map(emitter -> ResponseEntity.ok()
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no")
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .body(emitter))
                .orElseGet(() ->
                        ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS).build());
    }
}
