package org.postroom.send;

import java.util.Map;
import org.postroom.mail.News;

/**
 * An outgoing message went a step further.
 *
 * @param type such as {@code message.sent}
 */
public record SendNews(String type, String conversationId, String messageId, Map<String, Object> data) implements News {
    @Override
    public String subject() {
        return "conversation/" + conversationId;
    }
}
