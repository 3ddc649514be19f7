package org.postroom.web.inbox;

import org.postroom.conversation.State;
import org.postroom.send.Delivery;

/** A state in words, with the dot beside it. */
record StateWord(String word, String dot) {
    static StateWord of(State state) {
        return switch (state) {
            case NEW -> new StateWord("New", "dot-busy");
            case OPEN -> new StateWord("Open", "dot-warn");
            case WAITING -> new StateWord("Waiting", "dot-idle");
            case SNOOZED -> new StateWord("Snoozed", "dot-idle");
            case CLOSED -> new StateWord("Closed", "dot-good");
        };
    }

    static StateWord of(Delivery.State state) {
        return switch (state) {
            case QUEUED, SENDING -> new StateWord("Sending", "dot-busy");
            case SENT -> new StateWord("Sent", "dot-good");
            case UNCERTAIN -> new StateWord("Not certain", "dot-warn");
            case FAILED -> new StateWord("Failed", "dot-bad");
        };
    }
}
