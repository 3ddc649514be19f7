package org.postroom.conversation;

import static org.postroom.store.tables.Tables.CONVERSATION;
import static org.postroom.store.tables.Tables.MESSAGE;

import java.util.Map;
import org.postroom.mail.ParsedMessage;
import org.postroom.store.Database;
import org.postroom.store.tables.tables.records.ConversationRecord;
import org.postroom.store.tables.tables.records.MessageRecord;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Replaces what is stored of a message by what is understood of it now; where it stands and who wrote it stay. */
@Service
public class Rewriting {
    private final Database database;
    private final ApplicationEventPublisher publisher;

    Rewriting(Database database, ApplicationEventPublisher publisher) {
        this.database = database;
        this.publisher = publisher;
    }

    /** Stores it; false if there is no such message that came in, or it is of other bytes. */
    public boolean replace(String messageId, ParsedMessage parsed) {
        return database.write(sql -> {
            MessageRecord row = sql.fetchOne(MESSAGE, MESSAGE.ID.eq(messageId));
            if (row == null
                    || !row.getDirection().equals("in")
                    || !row.getSha256().equals(parsed.sha256())) {
                return false;
            }
            String subjectBefore = row.getSubject();
            row.setSubject(Writing.clean(parsed.subject()));
            row.setTextBody(Writing.clean(parsed.text()));
            row.setNewText(Writing.clean(parsed.newText()));
            row.setHtml(Writing.clean(parsed.html()));
            row.setAttachmentsJson(Writing.JSON.writeValueAsString(parsed.attachments()));
            row.setProblemsJson(Writing.JSON.writeValueAsString(parsed.problems()));
            row.setFindingsJson(Writing.clean(Writing.JSON.writeValueAsString(parsed.findings())));
            row.update();
            ConversationRecord conversation = sql.fetchOne(CONVERSATION, CONVERSATION.ID.eq(row.getConversationId()));
            if (conversation != null) {
                touch(conversation, row, subjectBefore);
            }
            publisher.publishEvent(new ConversationNews(
                    "message.reread",
                    row.getConversationId(),
                    Map.of("message", messageId, "channel", row.getChannelId())));
            return true;
        });
    }

    /** Its subject if it was this message's, its preview if this message is all there is. */
    private static void touch(ConversationRecord conversation, MessageRecord row, String subjectBefore) {
        if (conversation.getSubject().equals(subjectBefore) && !row.getSubject().isBlank()) {
            conversation.setSubject(row.getSubject());
        }
        if (conversation.getMessages() == 1) {
            conversation.setPreview(Writing.preview(row.getNewText().isBlank() ? row.getTextBody() : row.getNewText()));
        }
        conversation.setVersion(conversation.getVersion() + 1);
        conversation.update();
    }
}
