package dev.lifeboat.local.explore;

/**
 * The clusters of a target.
 *
 * @param next how far the new one is
 * @param stack which of its stacks is there, 0 when none is, or it does not matter any more
 * @param server which PostgreSQL server is the target's: 0 the old cluster's, then the new one's, one for each volume that it got
 * @param inPlace whether the old one goes first
 * @param fenced whether the old one is kept from taking writes
 * @param deleted whether the old one is gone
 * @param switching whether the target has been switched to the new one
 */
record Generations(
        Next next, int stack, int server, boolean inPlace, boolean fenced, boolean deleted, Switching switching) {
    /** The old one alone. */
    static final Generations BEGINNING =
            new Generations(Next.ABSENT, 0, 0, false, false, false, new Switching(false, "", false));

    /**
     * What the target parameter names, and what is noted of that.
     *
     * @param there whether it names the new one
     * @param by the incident that has noted so last, empty when none has, or it does not matter any more
     * @param finished whether it is noted that the rebuild has come to its end
     */
    record Switching(boolean there, String by, boolean finished) {}

    /** How far the new one is. */
    enum Next {
        ABSENT,
        CREATING,
        FAILED,
        /** Its stack is there, and nothing runs in it. */
        COMPLETE,
        /** The manifests are applied. */
        APPLIED,
        /** Users would be served through its own load balancer. */
        HEALTHY
    }

    Generations at(Next reached) {
        return new Generations(reached, stack, server, inPlace, fenced, deleted, switching);
    }

    Generations withStack(Next reached, int made) {
        return new Generations(reached, made, server, inPlace, fenced, deleted, switching);
    }

    /** The manifests are applied: there is a server, and no stack is deleted any more. */
    Generations withServer() {
        return new Generations(Next.APPLIED, 0, server + 1, inPlace, fenced, deleted, switching);
    }

    Generations placed(boolean inItsPlace) {
        return new Generations(next, stack, server, inItsPlace, fenced, deleted, switching);
    }

    Generations withFence(boolean closed) {
        return new Generations(next, stack, server, inPlace, closed, deleted, switching);
    }

    Generations withoutOld() {
        return new Generations(next, stack, server, inPlace, fenced, true, switching);
    }

    Generations switchedBy(String incident, boolean toItsEnd) {
        return with(new Switching(true, incident, toItsEnd));
    }

    /** What was noted stays. */
    Generations switchedBack() {
        return with(new Switching(false, switching.by(), switching.finished()));
    }

    /** The same for all who are of another incident. */
    Generations withoutIncident() {
        return with(new Switching(switching.there(), "", switching.finished()));
    }

    private Generations with(Switching other) {
        return new Generations(next, stack, server, inPlace, fenced, deleted, other);
    }

    boolean switched() {
        return switching.there();
    }

    /** Whether the incident has switched to the new one. */
    boolean isWorkOf(String incident) {
        return switching.there() && switching.by().equals(incident);
    }

    /** Whether a step between the two did something that only the lease's owner may. */
    boolean differsInDeeds(Generations other) {
        return fenced != other.fenced
                || deleted != other.deleted
                || switched() != other.switched()
                || server != other.server;
    }

    /** Whether there is no new one, or it has taken over. */
    boolean areWhole() {
        return next == Next.ABSENT || (next == Next.HEALTHY && (fenced || deleted) && switched());
    }

    /**
     * The rules about clusters.
     *
     * @param dnsLed whether the step leads DNS to the new generation
     * @return what is wrong, or null
     */
    static String rule(Generations before, Generations after, boolean dnsLed) {
        boolean healthy = before.next == Next.HEALTHY;
        if (after.deleted && !before.deleted && !after.inPlace && !healthy) {
            return "It deletes the old generation before the new one is healthy.";
        }
        if (after.fenced && !before.fenced && !healthy) {
            return "It takes the old generation out of use before the new one is healthy.";
        }
        if (after.switched() && !before.switched() && !healthy) {
            return "It makes a generation the target's that is not healthy.";
        }
        boolean twoServe = after.next != Next.ABSENT && !after.fenced && !after.deleted;
        if (dnsLed && twoServe) {
            return "It leads DNS to the new generation while the old one may take writes.";
        }
        return null;
    }
}
