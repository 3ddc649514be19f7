package org.postroom.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.postroom.store.RawStore;

/** A raw store whose nth flush fails once, and which notes what was staged and then forgotten. */
final class FlakyRawStore implements RawStore {
    private final RawStore real;
    private final int failing;
    private final AtomicInteger flushes = new AtomicInteger();
    private final Set<Path> staged = ConcurrentHashMap.newKeySet();

    FlakyRawStore(RawStore real, int failing) {
        this.real = real;
        this.failing = failing;
    }

    int flushes() {
        return flushes.get();
    }

    /** Files that were taken in and still lie there. */
    List<Path> lost() {
        return staged.stream().filter(Files::exists).toList();
    }

    @Override
    public Staged stage(InputStream in, long limit) throws IOException {
        Staged one = real.stage(in, limit);
        staged.add(one.file());
        return one;
    }

    @Override
    public void flush(List<Staged> some) {
        if (flushes.incrementAndGet() == failing) {
            throw new IllegalStateException("the disk is full");
        }
        real.flush(some);
    }

    @Override
    public void drop(List<Staged> some) {
        real.drop(some);
    }

    @Override
    public InputStream open(String sha256) {
        return real.open(sha256);
    }

    @Override
    public boolean holds(String sha256) {
        return real.holds(sha256);
    }
}
