package org.postroom.simulator;

/** Ports handed out one after the other from a base, or 0 each time for free ones. */
final class Ports {
    private final int base;
    private int taken;
    private String use = "";

    Ports(int base) {
        this.base = base;
    }

    int next(String forWhat) {
        use = forWhat;
        taken++;
        return base == 0 ? 0 : last();
    }

    int last() {
        return base == 0 ? 0 : base + taken - 1;
    }

    String lastUse() {
        return use;
    }
}
