package org.postroom.channel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What happens to a message on the server once it is safely imported. */
public sealed interface AfterImport {
    /** It stays as it is. */
    record Keep() implements AfterImport {}

    /** It is marked as read. */
    record MarkRead() implements AfterImport {}

    /** It is deleted, and nothing else with it. */
    record Delete() implements AfterImport {}

    /** It is moved to another folder. */
    record Move(String folder) implements AfterImport {}

    /**
     * Reads the contract's words.
     *
     * @throws IllegalArgumentException for any other
     */
    @JsonCreator
    static AfterImport parse(String text) {
        return switch (text) {
            case "keep" -> new Keep();
            case "mark-read" -> new MarkRead();
            case "delete" -> new Delete();
            default -> {
                if (text.startsWith("move:") && text.length() > "move:".length() && text.length() < 300) {
                    yield new Move(text.substring("move:".length()));
                }
                throw new IllegalArgumentException(
                        "use keep, mark-read, delete, or move: with a folder, as in move:Done");
            }
        };
    }

    /** As the contract writes it. */
    @JsonValue
    default String word() {
        return switch (this) {
            case Keep k -> "keep";
            case MarkRead m -> "mark-read";
            case Delete d -> "delete";
            case Move(String folder) -> "move:" + folder;
        };
    }
}
