package org.postroom.channel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.channel.ChannelInput.ThreadingInput;
import org.postroom.channel.ThreadRules.SecureUpdate;

/** Reads how mail is to find its conversation; what is left out stays as it was. */
final class ThreadCheck {
    private static final int MOST_FORMS = 20;
    private static final int LONGEST_FORM = 60;

    private final Entered entered;

    ThreadCheck(Entered entered) {
        this.entered = entered;
    }

    ThreadRules check(@Nullable ThreadingInput input, @Nullable Channel channel) {
        ThreadRules before = channel == null ? ThreadRules.DEFAULT : channel.threading();
        if (input == null) {
            return before;
        }
        List<String> forms = input.numberForms() == null ? before.numberForms() : forms(input.numberForms());
        boolean subjectNumber = input.subjectNumber() == null ? before.subjectNumber() : input.subjectNumber();
        if (subjectNumber && forms.isEmpty()) {
            entered.problem("threading.numberForms", "a number in the subject needs a form, such as [#{number}]");
        }
        Reopening reopen = entered.parsed(
                "threading.reopen", input.reopen(), before.reopen().word(), Reopening::parse);
        return new ThreadRules(
                secureUpdate(input.secureUpdate(), before),
                input.updateByCreate() == null ? before.updateByCreate() : input.updateByCreate(),
                subjectNumber,
                forms,
                input.numberInBody() == null ? before.numberInBody() : input.numberInBody(),
                reopen == null ? before.reopen() : reopen,
                input.referenceLine() == null ? before.referenceLine() : input.referenceLine());
    }

    private SecureUpdate secureUpdate(@Nullable Integer mode, ThreadRules before) {
        if (mode == null) {
            return before.secureUpdate();
        }
        if (mode < 0 || mode >= SecureUpdate.values().length) {
            entered.problem(
                    "threading.secureUpdate",
                    "use 0 (a number is enough), 1 (a signed id is enough) or 2 (the sender takes part)");
            return before.secureUpdate();
        }
        return SecureUpdate.values()[mode];
    }

    private List<String> forms(List<@Nullable String> input) {
        List<String> forms = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            String field = "threading.numberForms." + (i + 1);
            String form = entered.text(field, input.get(i), 1, LONGEST_FORM);
            String bare = form.replace(ThreadRules.NUMBER, "").replace(ThreadRules.DATE, "");
            if (form.indexOf(ThreadRules.NUMBER) < 0
                    || form.indexOf(ThreadRules.NUMBER) != form.lastIndexOf(ThreadRules.NUMBER)
                    || form.indexOf(ThreadRules.DATE) != form.lastIndexOf(ThreadRules.DATE)) {
                entered.problem(field, "write {number} once, such as [#{number}] or Case {number}");
            } else if (bare.codePoints().filter(c -> !Character.isWhitespace(c)).count() < 2
                    || bare.codePoints().anyMatch(Character::isDigit)) {
                entered.problem(
                        field,
                        "put a word or brackets around {number}, without digits: any order number would match else");
            }
            forms.add(form);
        }
        if (forms.size() > MOST_FORMS) {
            entered.problem("threading.numberForms", "at most " + MOST_FORMS + " forms");
        }
        return forms;
    }
}
