package dev.lifeboat.local.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A state of everything that is explored.
 *
 * @param runs the executions
 * @param world what they share
 * @param late a call that may still act; null when there is none
 * @param lates how many calls have been late, this one among them
 * @param faults how many calls have failed, where only so many may
 */
record Node(List<Run> runs, World world, Late late, int lates, int faults) {
    /** The owner of a lease that is none of those that are explored. */
    static final String ANOTHER = "another recovery";

    Node with(int index, Run run, World next) {
        List<Run> changed = new ArrayList<>(runs);
        changed.set(index, run);
        return new Node(List.copyOf(changed), next, late, lates, faults);
    }

    /** The same, made of parts that other nodes have too. */
    Node of(Map<Object, Object> shared) {
        return new Node(
                one(shared, runs.stream().map(run -> one(shared, run)).toList()),
                one(shared, world),
                late == null ? null : one(shared, late),
                lates,
                faults);
    }

    @SuppressWarnings("unchecked") // an equal object is of the same class
    private static <T> T one(Map<Object, Object> shared, T part) {
        T known = (T) shared.putIfAbsent(part, part);
        return known == null ? part : known;
    }

    /** The same in another world. */
    Node in(World next) {
        return new Node(runs, next, late, lates, faults);
    }

    Node withLate(Late next) {
        return new Node(runs, world, next, lates + 1, faults);
    }

    /** The same when the late call has acted, or can do nothing any more. */
    Node withoutLate() {
        return new Node(runs, world, null, lates, faults);
    }

    /** The same after one more fault. */
    Node afterFault() {
        return new Node(runs, world, late, lates, faults + 1);
    }

    /** Whether the execution of an ARN, or the one that started it, has not ended. */
    boolean isRunning(String arn) {
        if (arn.equals(ANOTHER)) {
            return true;
        }
        for (Run run : runs) {
            if (run.isRunning() && run.position().executions().contains(arn)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing more may happen, or nothing that is not walked elsewhere. */
    boolean isEnd() {
        return isAsAlone() || runs.stream().noneMatch(Run::isRunning);
    }

    /** Whether one of two is gone that never changed anything: how the other goes on is walked where it is explored by itself. */
    boolean isAsAlone() {
        return late == null && runs.stream().anyMatch(run -> Run.UNSEEN.equals(run.ending()));
    }
}
