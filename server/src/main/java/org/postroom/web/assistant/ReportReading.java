package org.postroom.web.assistant;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.credentials.Tokens;
import org.postroom.doctor.DoctorReport.Result;
import org.postroom.doctor.DoctorReport.Step;
import org.postroom.web.assistant.Checklist.State;
import org.postroom.web.assistant.Checklist.Tick;

/** A report, read for one plan; used once, by one thread. */
final class ReportReading {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d{4,8})");
    private static final Set<String> OF_REGISTRATION = Set.of(
            "90002", "50059", "50194", "9001023", "700016", "70001", "700011", "7000112", "50011", "90072", "50034");
    private static final Set<String> OF_PROOF = Set.of(
            "7000215", "7000222", "7000218", "700025", "700027", "70002", "50012", "50027", "5002723", "5002738",
            "5002730", "50048", "700021", "700023", "700024");
    private static final Set<String> OF_CONSENT = Set.of(
            "65001", "650056", "90094", "65004", "650052", "650057", "65005", "500011", "70011", "28002", "28000",
            "700022", "50105");

    private final Plan plan;
    private final List<Item> items;
    private final List<Step> steps;
    private final Map<Item, State> states = new EnumMap<>(Item.class);
    private final Map<Item, Step> seen = new EnumMap<>(Item.class);
    private final List<Step> elsewhere = new ArrayList<>();

    ReportReading(Plan plan, List<Step> steps) {
        this.plan = plan;
        this.items = Item.of(plan);
        this.steps = steps;
    }

    Checklist list() {
        passed();
        steps.stream().filter(s -> s.result() == Result.FAIL).forEach(this::failed);
        List<Tick> ticks = new ArrayList<>();
        for (Item item : items) {
            State state = states.getOrDefault(item, State.NOT_KNOWN);
            Step step = seen.get(item);
            ticks.add(new Tick(
                    item,
                    item.title(plan),
                    state,
                    step == null ? null : step.what(),
                    state == State.DONE ? null : step == null ? open(item) : step.remedy(),
                    step == null || state == State.DONE ? List.of() : step.commands(),
                    step == null ? null : step.code()));
        }
        return new Checklist(ticks, elsewhere);
    }

    /** What to do about an item that no step told anything about. */
    private String open(Item item) {
        return item == Item.SEND_AS && passed("outgoing: may send as")
                ? "Only a mail proves it: enter an address for a test mail above and test again."
                : item.todo(plan);
    }

    private void passed() {
        if (passed("incoming: token obtained")) {
            done(Item.REGISTRATION, Item.PROOF, Item.SIGN_IN);
        }
        if (passed("incoming: authenticated")) {
            done(Item.IMAP, Item.PRINCIPAL);
        }
        if (passed("incoming: mailbox opened")) {
            done(Item.FULL_ACCESS);
        }
        boolean out = passed("outgoing: authenticated");
        if (out) {
            done(Item.SMTP_AUTH);
        }
        if (out && !plan.byRole()) {
            // An application is let in there only if Exchange knows it and it has Full Access.
            done(Item.PRINCIPAL);
        }
        // Exchange refuses a sender only when it has the whole message: for another's name only a mail proves it.
        if (passed("outgoing: test mail") || (!plan.needsRights() && passed("outgoing: may send as"))) {
            done(Item.SEND_AS);
        }
        boolean read = passed("incoming: authenticated") || passed("incoming: token decoded");
        if (read && (!plan.sends() || out || passed("outgoing: token decoded"))) {
            done(Item.CONSENT);
        }
    }

    private void failed(Step step) {
        String name = step.name();
        if (name.endsWith("token obtained")) {
            token(step);
        } else if (name.endsWith("token decoded")) {
            decoded(step);
        } else if (name.equals("incoming: authenticated")) {
            incoming(step);
        } else if (name.startsWith("incoming: mailbox opened") && says(step, "may not open the mailbox")) {
            toDo(Item.FULL_ACCESS, step);
        } else if (name.equals("outgoing: authenticated")) {
            outgoing(step);
        } else if (name.startsWith("outgoing: ") && says(step, "may not send as")) {
            toDo(Item.SEND_AS, step);
        } else {
            elsewhere.add(step);
        }
    }

    private void token(Step step) {
        String number = number(step).orElse("");
        if (OF_REGISTRATION.contains(number)) {
            toDo(Item.REGISTRATION, step);
        } else if (OF_PROOF.contains(number)) {
            done(Item.REGISTRATION);
            toDo(Item.PROOF, step);
        } else if (OF_CONSENT.contains(number)) {
            done(Item.REGISTRATION);
            toDo(Item.CONSENT, step);
        } else if (items.contains(Item.SIGN_IN) && (Tokens.NOT_CONNECTED.equals(step.code()) || asksForSignIn(step))) {
            toDo(Item.SIGN_IN, step);
        } else {
            other(step);
        }
    }

    /** A numbered refusal that is neither of the application nor a passing trouble is about who signs in. */
    private boolean asksForSignIn(Step step) {
        return number(step).isPresent() && !passing(step);
    }

    private void decoded(Step step) {
        if (says(step, "another user than expected")) {
            toDo(items.contains(Item.SIGN_IN) ? Item.SIGN_IN : Item.CONSENT, step);
        } else if (says(step, "another tenant")) {
            toDo(Item.REGISTRATION, step);
        } else if (says(step, "permission") || says(step, "audience")) {
            toDo(Item.CONSENT, step);
        } else {
            other(step);
        }
    }

    private void incoming(Step step) {
        if (passing(step)) {
            other(step);
        } else if (says(step, "in the token") || says(step, "audience") || says(step, "another")) {
            decoded(step);
        } else if (plan.isApplication() && !passed("outgoing: authenticated")) {
            // IMAP and SMTP refuse an application alike that Exchange does not know.
            toDo(Item.PRINCIPAL, step);
        } else {
            toDo(Item.IMAP, step);
        }
    }

    private void outgoing(Step step) {
        boolean explained = plan.isApplication()
                && (states.get(Item.PRINCIPAL) == State.TO_DO || states.get(Item.FULL_ACCESS) == State.TO_DO);
        if (passing(step)) {
            other(step);
        } else if (says(step, "in the token") || says(step, "audience") || says(step, "another")) {
            decoded(step);
        } else if (!explained) {
            toDo(Item.SMTP_AUTH, step);
            if (says(step, "switched off") && passed("incoming: authenticated")) {
                // The token itself was good enough to be told so.
                done(Item.CONSENT);
            }
        }
    }

    /** Told once, though both directions may fail by it. */
    private void other(Step step) {
        if (elsewhere.stream().noneMatch(e -> Objects.equals(e.what(), step.what()))) {
            elsewhere.add(step);
        }
    }

    private void done(Item... all) {
        for (Item item : all) {
            if (states.get(item) != State.TO_DO) {
                states.put(item, State.DONE);
            }
        }
    }

    private void toDo(Item item, Step step) {
        if (!items.contains(item)) {
            other(step);
            return;
        }
        states.put(item, State.TO_DO);
        seen.putIfAbsent(item, step);
    }

    private boolean passed(String name) {
        return steps.stream().anyMatch(s -> s.name().startsWith(name) && s.result() == Result.PASS);
    }

    private static boolean passing(Step step) {
        String remedy = step.remedy();
        return remedy != null && remedy.startsWith("Postroom tries again by itself");
    }

    private static boolean says(Step step, String words) {
        String what = step.what();
        return what != null && what.toLowerCase(Locale.ROOT).contains(words);
    }

    private static Optional<String> number(Step step) {
        Matcher matcher = NUMBER.matcher(step.code() == null ? "" : step.code());
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
