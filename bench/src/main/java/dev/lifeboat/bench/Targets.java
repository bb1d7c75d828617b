package dev.lifeboat.bench;

import dev.lifeboat.pgrestore.DatabaseRestore;

/** The databases that contenders restore into: made and dropped outside of what is timed. */
final class Targets {
    private static final String PEER = "peer";

    private final Workbench bench;

    Targets(Workbench bench) {
        this.bench = bench;
    }

    /** An empty one for a peer; the caller's until {@link #clear}. */
    String forPeer() {
        bench.postgres().psql("postgres", "CREATE DATABASE " + PEER + " TEMPLATE template0");
        bench.settle();
        return PEER;
    }

    /** Ours makes its own. */
    void forOurs() {
        bench.settle();
    }

    void clear() {
        new DatabaseRestore(database -> Server.connect(bench.postgres().environment(), database), null, Server.TARGET)
                .dropScratch();
        bench.postgres().psql("postgres", "DROP DATABASE IF EXISTS " + PEER);
    }
}
