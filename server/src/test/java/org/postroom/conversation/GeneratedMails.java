package org.postroom.conversation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mails of several trees, made from a seed: parents that never came, mails that name themselves or each other in a circle,
 * repeated ids, ids in any order, strangers who answer one newsletter.
 */
final class GeneratedMails {
    private final Random random;
    private final int seed;
    private final List<Clues> mails = new ArrayList<>();

    private GeneratedMails(int seed) {
        this.random = new Random(seed);
        this.seed = seed;
    }

    /** In an order of the seed's own. */
    static List<Clues> of(int seed, boolean strangers) {
        GeneratedMails generated = new GeneratedMails(seed);
        int trees = 1 + generated.random.nextInt(5);
        for (int tree = 0; tree < trees; tree++) {
            generated.tree(tree, strangers);
        }
        Collections.shuffle(generated.mails, generated.random);
        return generated.mails;
    }

    private void tree(int tree, boolean strangers) {
        List<String> ids = new ArrayList<>();
        int size = 1 + random.nextInt(8);
        for (int i = 0; i < size; i++) {
            String id = "<" + tree + "." + i + "." + seed + "@a.test>";
            List<String> names = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0 && !ids.isEmpty(); n--) {
                names.add(ids.get(random.nextInt(ids.size())));
            }
            if (random.nextInt(10) == 0) {
                // A circle: it names one that is still to be written.
                names.add("<" + tree + "." + (i + 1) + "." + seed + "@a.test>");
            }
            ids.add(id);
            names.remove(id);
            if (random.nextInt(5) > 0) {
                mails.add(new Clues(
                        missing(id), names.stream().distinct().toList(), List.of(), thread(tree), who(strangers)));
            }
        }
        if (random.nextInt(4) == 0 && !ids.isEmpty()) {
            mails.add(new Clues(ids.getFirst(), List.of(), List.of(), null, who(strangers)));
        }
    }

    private @Nullable String missing(String id) {
        return random.nextInt(15) == 0 ? null : id;
    }

    private @Nullable String thread(int tree) {
        return random.nextInt(3) == 0 ? "thread:" + seed + "." + tree : null;
    }

    private Set<String> who(boolean strangers) {
        if (!strangers) {
            return Set.of("ann@a.test");
        }
        String one = "p" + random.nextInt(4) + "@a.test";
        return random.nextInt(4) == 0 ? Set.of(one, "p" + random.nextInt(4) + ".cc@a.test") : Set.of(one);
    }
}
