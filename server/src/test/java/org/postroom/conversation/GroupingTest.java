package org.postroom.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Mails put into conversations in memory. */
class GroupingTest {
    private static final Set<String> ANN = Set.of("ann@a.test");

    private static Clues mail(@Nullable String own, Set<String> people, String... names) {
        return new Clues(own, List.of(names), List.of(), null, people);
    }

    private static List<List<Integer>> grouped(Clues... mails) {
        Grouping grouping = new Grouping();
        for (Clues mail : mails) {
            grouping.add(mail);
        }
        return List.copyOf(grouping.conversations());
    }

    @Test
    void lateParentJoinsItsChildrenAndTheirConversations() {
        assertThat(grouped(
                        mail("<grandchild>", ANN, "<child>"),
                        mail("<other>", ANN, "<parent>"),
                        mail("<stays>", ANN),
                        mail("<child>", ANN, "<parent>"),
                        mail("<parent>", ANN)))
                .containsExactly(List.of(0, 1, 3, 4), List.of(2));
    }

    @Test
    void twoChildrenOfAParentNeverSeenAreSiblings() {
        assertThat(grouped(mail("<1>", ANN, "<lost>"), mail("<2>", ANN, "<lost>")))
                .containsExactly(List.of(0, 1));
    }

    @Test
    void eachStrangerWhoAnswersANewsletterHasAConversationOfHisOwn() {
        Set<String> bob = Set.of("bob@b.test");

        assertThat(grouped(
                        mail("<1>", ANN, "<news>"),
                        mail("<2>", bob, "<news>"),
                        mail("<3>", ANN, "<news>"),
                        mail("<4>", bob, "<news>"),
                        mail("<5>", bob, "<1>")))
                .containsExactly(List.of(0, 2), List.of(1, 3), List.of(4));
    }

    @Test
    void circlesAndRepeatsEnd() {
        assertThat(grouped(
                        mail("<1>", ANN, "<2>"),
                        mail("<2>", ANN, "<3>", "<1>"),
                        mail("<3>", ANN, "<1>"),
                        mail("<1>", ANN, "<2>"),
                        mail(null, ANN, "<3>"),
                        mail(null, ANN)))
                .containsExactly(List.of(0, 1, 2, 3, 4), List.of(5));
    }

    @Test
    void reportJoinsItsOriginalWhoeverSentIt() {
        Clues report = new Clues("<r>", List.of(), List.of("<1>"), null, Set.of("mailer-daemon@b.test"));

        assertThat(grouped(mail("<1>", ANN), report)).containsExactly(List.of(0, 1));
    }

    @Test
    void providersThreadJoinsOnlyWhatIdsDoNot() {
        Clues one = new Clues("<1>", List.of(), List.of(), "thread:7", ANN);
        Clues two = new Clues("<2>", List.of(), List.of(), "thread:7", ANN);
        Clues stranger = new Clues("<3>", List.of(), List.of(), "thread:7", Set.of("bob@b.test"));

        assertThat(grouped(one, two, stranger)).containsExactly(List.of(0, 1), List.of(2));
    }

    @Test
    void orderDoesNotMatterAmongTheSamePeople() {
        for (int seed = 0; seed < 2_000; seed++) {
            List<Clues> mails = GeneratedMails.of(seed, false).stream()
                    .map(mail -> new Clues(mail.own(), mail.names(), List.of(), null, mail.people()))
                    .collect(Collectors.toCollection(ArrayList::new));
            Set<Set<Clues>> expected = byIds(mails);
            for (int round = 0; round < 3; round++) {
                Grouping grouping = new Grouping();
                mails.forEach(grouping::add);

                assertThat(sets(grouping, mails)).as("seed %s", seed).isEqualTo(expected);

                Collections.shuffle(mails, new Random(seed + round));
            }
        }
    }

    private static Set<Set<Clues>> sets(Grouping grouping, List<Clues> mails) {
        return grouping.conversations().stream()
                .map(some -> some.stream().map(mails::get).collect(Collectors.toSet()))
                .collect(Collectors.toSet());
    }

    /** What belongs together because it shares an id with another, or with one that does. */
    private static Set<Set<Clues>> byIds(List<Clues> mails) {
        Map<String, Integer> colours = new HashMap<>();
        int[] colour = IntStream.range(0, mails.size()).toArray();
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = 0; i < colour.length; i++) {
                for (String key : mails.get(i).keys()) {
                    int least = Math.min(colour[i], colours.getOrDefault(key, colour[i]));
                    changed |= least < colour[i] || least < colours.getOrDefault(key, Integer.MAX_VALUE);
                    colour[i] = least;
                    colours.put(key, least);
                }
            }
        }
        Map<Integer, Set<Clues>> sets = new HashMap<>();
        for (int i = 0; i < colour.length; i++) {
            sets.computeIfAbsent(colour[i], c -> new HashSet<>()).add(mails.get(i));
        }
        return new HashSet<>(sets.values());
    }

    @Test
    void newsletterThatEverybodyAnswersCostsLittle() {
        long before = System.nanoTime();
        Grouping grouping = new Grouping();

        for (int i = 0; i < 5_000; i++) {
            grouping.add(mail("<" + i + ">", Set.of(i + "@a.test"), "<news>"));
        }

        assertThat(grouping.conversations()).hasSize(5_000);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    }
}
