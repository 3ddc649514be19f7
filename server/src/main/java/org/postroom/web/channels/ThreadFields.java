package org.postroom.web.channels;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.ThreadingInput;
import org.postroom.channel.Reopening;
import org.postroom.channel.ThreadRules;
import org.postroom.web.channels.FormFields.Choice;

/** How a channel's mail finds its conversation, as fields of its form. */
final class ThreadFields {
    static final Map<String, String> LABELS = labels();
    static final Choice[] SECURE = {
        new Choice("2", "Only who takes part in it (2)"),
        new Choice("1", "By a signed id anybody, by a number only who takes part (1)"),
        new Choice("0", "By a number in the subject anybody (0)")
    };
    static final Choice[] REOPEN = {
        new Choice("always", "It always opens again"),
        new Choice("within", "It opens again for some days"),
        new Choice("never", "It never opens again")
    };

    private ThreadFields() {}

    static Choice yes(String label) {
        return new Choice("true", label);
    }

    static Choice no(String label) {
        return new Choice("false", label);
    }

    private static Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("threading.secureUpdate", "Who may add to a conversation");
        labels.put("threading.reopen", "Closed conversations");
        labels.put("threading.reopenDays", "Days after closing");
        labels.put("threading.updateByCreate", "Mail that may not");
        labels.put("threading.subjectNumber", "Number in the subject of answers");
        labels.put("threading.numberInBody", "Text and names of attachments");
        labels.put("threading.numberForms", "Forms of a number");
        labels.put("threading.referenceLine", "Reference in plain text");
        return Collections.unmodifiableMap(labels);
    }

    /** The rules as they are. */
    static void put(Map<String, String> form, ThreadRules rules) {
        form.put("threading.secureUpdate", Integer.toString(rules.secureUpdate().mode()));
        form.put("threading.updateByCreate", Boolean.toString(rules.updateByCreate()));
        form.put("threading.subjectNumber", Boolean.toString(rules.subjectNumber()));
        form.put("threading.numberInBody", Boolean.toString(rules.numberInBody()));
        form.put("threading.referenceLine", Boolean.toString(rules.referenceLine()));
        form.put("threading.numberForms", String.join("\n", rules.numberForms()));
        switch (rules.reopen()) {
            case Reopening.Always a -> form.put("threading.reopen", a.word());
            case Reopening.Never n -> form.put("threading.reopen", n.word());
            case Reopening.Within w -> {
                form.put("threading.reopen", "within");
                form.put(
                        "threading.reopenDays",
                        w.time().toSeconds() % 86_400 == 0
                                ? Long.toString(w.time().toDays())
                                : w.word());
            }
        }
    }

    /** What was typed; null if the form had no such fields. */
    static @Nullable ThreadingInput input(Map<String, String> sent) {
        if (LABELS.keySet().stream().noneMatch(sent::containsKey)) {
            return null;
        }
        return new ThreadingInput(
                ChannelForm.port(sent.get("threading.secureUpdate")),
                bool(sent, "threading.updateByCreate"),
                bool(sent, "threading.subjectNumber"),
                forms(sent.get("threading.numberForms")),
                bool(sent, "threading.numberInBody"),
                reopen(sent),
                bool(sent, "threading.referenceLine"));
    }

    private static @Nullable String reopen(Map<String, String> sent) {
        String chosen = sent.get("threading.reopen");
        if (!"within".equals(chosen)) {
            return chosen;
        }
        String days = sent.getOrDefault("threading.reopenDays", "").strip();
        return days.matches("[0-9]{1,4}") ? "P" + days + "D" : days.isEmpty() ? "no days" : days;
    }

    private static @Nullable Boolean bool(Map<String, String> sent, String field) {
        String value = sent.get(field);
        return (value == null || value.isBlank()) ? null : Boolean.valueOf(value);
    }

    private static @Nullable List<@Nullable String> forms(@Nullable String text) {
        return text == null
                ? null
                : List.copyOf(text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList());
    }
}
