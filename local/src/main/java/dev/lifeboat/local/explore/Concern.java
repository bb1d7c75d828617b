package dev.lifeboat.local.explore;

/**
 * What a machine is asked about, beyond what all are: what it, or a machine that it starts, works on. Nobody is asked about what another machine's
 * execution left of something that it has no hand in.
 *
 * @param databases whether it changes databases
 * @param doors whether it closes and opens the live one, and so has to leave it open
 * @param clusters whether it rebuilds clusters, and so has to end with one that has taken over
 */
record Concern(boolean databases, boolean doors, boolean clusters) {
    Concern and(Concern nested) {
        return new Concern(databases || nested.databases, doors || nested.doors, clusters || nested.clusters);
    }
}
