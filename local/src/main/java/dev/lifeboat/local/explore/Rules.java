package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.explore.ActionModel.Duty;
import java.util.Set;

/** The rules of the design that no path may break. Each says what is wrong, or null. */
final class Rules {
    private static final String WITHOUT_LEASE = "It changes the target without holding its lease.";
    private static final String TAKES_LEASE = "It takes the lease away from execution ";

    private Rules() {}

    /** Whether only a guard is broken: two executions are walked on, so that the harm is found as well. */
    static boolean isGuard(String violation) {
        return violation.equals(WITHOUT_LEASE) || violation.startsWith(TAKES_LEASE);
    }

    /**
     * Looks whether two recoveries are at work at once.
     *
     * @param before where one of them acts
     * @param actor its index
     * @param after the world that it leaves
     * @param token under which it acts
     */
    static String together(Node before, int actor, World after, long token) {
        World world = before.world();
        if (world.lease().isHeldUnder(token) || !world.differsInDatabases(after)) {
            return null;
        }
        for (int index = 0; index < before.runs().size(); index++) {
            Run other = before.runs().get(index);
            if (index != actor && other.isRunning() && has(other.done(), Duties.CHANGED)) {
                return "It changes the target's databases while execution " + (index + 1)
                        + ", which has changed them too, still runs: two recoveries at once.";
            }
        }
        return null;
    }

    /**
     * Looks at one step.
     *
     * @param before the world that it found
     * @param after the world that it left
     * @param token under which it acted
     * @param actor what the machine is asked about that acted
     * @param owns whether the lease was its execution's, under whichever token: one whose newer token it did not hear of is its own too
     * @param late whether it came after its Task or execution had given it up: then the fences alone hold it up
     */
    static String step(World before, World after, long token, Concern actor, boolean owns, boolean late) {
        if (before.equals(after)) {
            return null;
        }
        Data first = before.first();
        // Who rebuilds nothing leads DNS to the cluster that is the target's, whether another one is built beside it or
        // not.
        boolean dnsLedToNew = actor.clusters() && after.dns() && !before.dns();
        String generations = Generations.rule(before.generations(), after.generations(), dnsLedToNew);
        if (generations != null) {
            return generations;
        }
        boolean sameServer =
                before.generations().server() == after.generations().server();
        if (sameServer && first.isWorthKeeping() && after.live() != first && after.quarantine() != first) {
            return "It destroys the " + first + " database that was there, and no quarantine keeps it.";
        }
        if (after.live() == Data.UNCHECKED && before.live() != Data.UNCHECKED) {
            return "It puts a restore live that was not compared with its backup.";
        }
        if (after.dns() && !before.dns() && !after.live().isUsable()) {
            return "It leads DNS to a target whose database is " + after.live() + ".";
        }
        return changes(before, after, token, owns, late);
    }

    private static String changes(World before, World after, long token, boolean owns, boolean late) {
        boolean databases = before.differsInDatabases(after);
        boolean workloads = before.restartedBy() != after.restartedBy();
        if (databases && token < before.changedBy()) {
            return "It changes the target's databases under token " + token + " although token " + before.changedBy()
                    + " did already: two recoveries at once.";
        }
        if (after.restartedBy() < before.restartedBy()) {
            return "It restarts applications under token " + token + " although token " + before.restartedBy()
                    + " did already: two recoveries at once.";
        }
        boolean holds = before.lease().isHeldUnder(token) || (before.lease().held() && owns);
        boolean clusters = before.generations().differsInDeeds(after.generations());
        if ((databases || workloads || clusters) && !late && !holds) {
            return WITHOUT_LEASE;
        }
        return null;
    }

    /**
     * Looks at what an execution calls.
     *
     * @param model of the call; null when it starts an execution
     * @param done what the execution has done, of {@link Duties}
     */
    static String call(ActionModel model, int done) {
        boolean harmless = model != null && model.duty() != Duty.NONE;
        return has(done, Duties.FENCED_OFF) && !harmless
                ? "It was fenced off, and does not leave the target to its new owner."
                : null;
    }

    /** Looks at who gets the lease. */
    static String lease(Node before, World after, boolean known) {
        Lease had = before.world().lease();
        Lease has = after.lease();
        if (has.token() == had.token()) {
            return null;
        }
        if (had.held() && !had.owner().equals(has.owner()) && before.isRunning(had.owner())) {
            return TAKES_LEASE + had.owner() + ", which still runs.";
        }
        return known ? null : "The lease's owner " + has.owner() + " is no execution, so nobody can ever take it over.";
    }

    /**
     * Looks at how an execution ended by itself.
     *
     * @param end its last position
     * @param done what it had done, of {@link Duties}
     * @param world what it left
     * @param concern what its machine is asked about
     * @param incidents on whose behalf it acted
     * @param newest whether nobody took the lease after it
     */
    static String end(Position end, int done, World world, Concern concern, Set<String> incidents, boolean newest) {
        boolean told = has(done, Duties.TOLD | Duties.TOLD_IN_VAIN);
        if (end.failure() != null && !told) {
            return "It ends in " + end.failure().error() + ", and nobody is told.";
        }
        if (has(done, Duties.LEASED) && !told && !has(done, Duties.REPORTED | Duties.REPORTED_IN_VAIN)) {
            return "It held the lease and ends without a report, and nobody is told.";
        }
        if (!has(done, Duties.LEASED) || !newest) {
            return null; // what it finds is another one's
        }
        if (concern.doors() && world.door() == Door.CLOSED && !(has(done, Duties.REOPENED_IN_VAIN) && told)) {
            return "It ends and leaves the live database closed to applications.";
        }
        // Whoever only found it so has changed nothing.
        if (world.isHalfRestored() && has(done, Duties.RESTORING) && end.failure() == null) {
            return "It ends and leaves the live database half restored.";
        }
        String outcome = outcome(end);
        boolean well = outcome.equals("recovered") || outcome.equals("not-needed");
        if (outcome.equals("not-needed") && incidents.stream().anyMatch(world::isWorkOf)) {
            return "It ends as not-needed although what it finds is its own incident's work, which nobody is told of.";
        }
        // Whose cluster was well has not looked at the database.
        boolean looked = concern.databases() && (!concern.clusters() || outcome.equals("recovered"));
        if (looked && !world.drill() && well && world.formerRuns()) {
            return "It ends as " + outcome
                    + " although an instance that was live before is still in use: two take writes.";
        }
        if (hasRebuilt(end)
                && outcome.equals("recovered")
                && !world.generations().areWhole()) {
            return "It ends as recovered although the new generation has not taken over.";
        }
        // Of a drill's database its own recovery alone is asked: nobody is served from it, and the next drill drops it.
        boolean asked = !world.drill() || (concern.databases() && !concern.clusters());
        if (asked && well && !world.serves()) {
            return "It ends as " + outcome + " although the live database is " + world.live()
                    + (world.door() == Door.OPEN ? "." : " and closed.");
        }
        return null;
    }

    /** A recovery that found the old cluster alive has built none, whatever another one had begun. */
    private static boolean hasRebuilt(Position end) {
        return end.output() != null && end.output().path("generation").isObject();
    }

    private static boolean has(int done, int any) {
        return (done & any) != 0;
    }

    /** The outcome that the execution claims; empty when it claims none. */
    static String outcome(Position end) {
        JsonNode output = end.output();
        return output == null ? "" : output.path("outcome").asText();
    }

    /** How the execution ended, in words that many paths share. */
    static String ending(Position end, int done) {
        if (end.failure() == null) {
            String outcome = outcome(end);
            return outcome.isEmpty() ? "succeeded" : outcome;
        }
        String error = end.failure().error();
        String told = has(done, Duties.TOLD) ? "a person was told" : "a person is told by the event rule alone";
        return error.substring(error.lastIndexOf('.') + 1) + ", " + told;
    }
}
