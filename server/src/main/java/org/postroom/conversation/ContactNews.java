package org.postroom.conversation;

import java.util.Map;
import org.postroom.mail.News;

/**
 * Something became known about a contact.
 *
 * @param type {@code contact.flagged} or {@code contact.cleared}
 */
public record ContactNews(String type, String contactId, Map<String, Object> data) implements News {
    @Override
    public String subject() {
        return "contact/" + contactId;
    }
}
