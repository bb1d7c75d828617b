package dev.lifeboat.local.explore;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A target and all that a recovery shares with others, small enough to be told apart by every difference that a rule asks for. Immutable.
 *
 * @param drill whether the target is a drill's scratch database
 * @param first what the live database held before the first execution
 * @param live what it holds now
 * @param door whether it admits applications
 * @param quarantine what the database holds that a swap put away
 * @param restore the database beside it, null when there is none
 * @param fence the token in the fencing row of database {@code postgres}, 0 when there is no row
 * @param swaps incidents whose swap is noted
 * @param lease the object in the bucket
 * @param restartedBy the fence annotation of the Deployments, 0 before the first restart
 * @param dns whether the DNS records were led to the target
 * @param changedBy the highest token that has changed a database; kept by the explorer, not by any action
 * @param generations the cluster that it is in, and the one that is built in its stead
 * @param beside the instance of PostgreSQL that is made beside the live one, null when there is none
 * @param putBy the incident that has put the live instance in place of another one, empty when none has
 * @param formerRuns whether what was live before that is still in use
 */
record World(
        boolean drill,
        Data first,
        Data live,
        Door door,
        Data quarantine,
        Restore restore,
        long fence,
        Set<String> swaps,
        Lease lease,
        long restartedBy,
        boolean dns,
        long changedBy,
        Generations generations,
        Beside beside,
        String putBy,
        boolean formerRuns) {
    static World beginning(boolean drill, Data live) {
        return new World(
                drill,
                live,
                live,
                Door.OPEN,
                Data.ABSENT,
                null,
                0,
                Set.of(),
                Lease.NONE,
                0,
                false,
                0,
                Generations.BEGINNING,
                null,
                "",
                false);
    }

    /** A world that is being changed: one field after the other, in place of a constructor with all of them. */
    static final class Draft {
        boolean drill;
        Data first;
        Data live;
        Door door;
        Data quarantine;
        Restore restore;
        long fence;
        Set<String> swaps;
        Lease lease;
        long restartedBy;
        boolean dns;
        long changedBy;
        Generations generations;
        Beside beside;
        String putBy;
        boolean formerRuns;

        private Draft(World from) {
            drill = from.drill;
            first = from.first;
            live = from.live;
            door = from.door;
            quarantine = from.quarantine;
            restore = from.restore;
            fence = from.fence;
            swaps = from.swaps;
            lease = from.lease;
            restartedBy = from.restartedBy;
            dns = from.dns;
            changedBy = from.changedBy;
            generations = from.generations;
            beside = from.beside;
            putBy = from.putBy;
            formerRuns = from.formerRuns;
        }

        private World world() {
            return new World(
                    drill,
                    first,
                    live,
                    door,
                    quarantine,
                    restore,
                    fence,
                    swaps,
                    lease,
                    restartedBy,
                    dns,
                    changedBy,
                    generations,
                    beside,
                    putBy,
                    formerRuns);
        }
    }

    /** The same with what the change sets. */
    World with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.world();
    }

    /** Makes the token the fencing row's. */
    World raise(long token) {
        if (fence > token) {
            throw new Refusal("FencedOffException");
        }
        return fence == token ? this : withFence(token);
    }

    /** Each Deployment carries the token of the recovery that wrote to it last: an older one is refused. */
    void requireDeploymentsFence(long token) {
        if (restartedBy > token) {
            throw new Refusal("FencedOffException");
        }
    }

    /** Puts the restore in the live database's place, which is kept. */
    World swap(String incident) {
        Set<String> noted = new TreeSet<>(swaps);
        noted.add(incident);
        return with(next -> {
            next.live = restore.checked() ? Data.RESTORED : Data.UNCHECKED;
            next.door = Door.OPEN;
            next.quarantine = live.isWorthKeeping() ? live : quarantine;
            next.restore = null;
            next.swaps = noted;
        });
    }

    /** Puts the quarantine back in the live database's place, and the restored one aside. */
    World swapBack(String incident) {
        Set<String> noted = new TreeSet<>(swaps);
        noted.remove(incident);
        return with(next -> {
            next.live = quarantine;
            next.door = Door.OPEN;
            next.quarantine = Data.ABSENT;
            next.swaps = noted;
        });
    }

    /** Drops all that drills have made. */
    World dropDrill() {
        boolean made = !swaps.isEmpty();
        return with(next -> {
            next.live = made ? Data.ABSENT : live;
            next.door = made ? Door.OPEN : door;
            next.quarantine = made ? Data.ABSENT : quarantine;
            next.restore = null;
            next.swaps = Set.of();
        });
    }

    World withDoor(Door door) {
        return with(next -> next.door = door);
    }

    World withRestore(Restore restore) {
        return with(next -> next.restore = restore);
    }

    World withFence(long fence) {
        return with(next -> next.fence = fence);
    }

    World withLease(Lease lease) {
        return with(next -> next.lease = lease);
    }

    World withRestartedBy(long token) {
        return with(next -> next.restartedBy = token);
    }

    World withDns(boolean dns) {
        return with(next -> next.dns = dns);
    }

    World withChangedBy(long token) {
        return with(next -> next.changedBy = token);
    }

    /** The same target, with its clusters otherwise. */
    World withGenerations(Generations generations) {
        return with(next -> next.generations = generations);
    }

    /** Whether what the target consists of now was put there for the incident. */
    boolean isWorkOf(String incident) {
        return swaps.contains(incident) || putBy.equals(incident) || generations.isWorkOf(incident);
    }

    /** Another PostgreSQL server in the target's place, in another cluster: what was there stays where it was. */
    World withServer(Data holds, Generations generations) {
        return with(next -> {
            next.first = holds;
            next.live = holds;
            next.door = Door.OPEN;
            next.quarantine = Data.ABSENT;
            next.restore = null;
            next.fence = 0;
            next.swaps = Set.of();
            next.beside = null;
            next.putBy = "";
            next.formerRuns = false;
            next.generations = generations;
        });
    }

    World withBeside(Beside beside) {
        return with(next -> next.beside = beside);
    }

    /** Leads applications to the instance beside the live one, which is kept as it is. */
    World takeOver(String incident) {
        return with(next -> {
            next.live = beside.inspected() ? Data.RESTORED : Data.UNCHECKED;
            next.door = Door.OPEN;
            next.quarantine = live.isWorthKeeping() ? live : quarantine;
            next.restore = null;
            next.fence = beside.token();
            next.beside = beside.at(Beside.Stage.LIVE);
            next.putBy = incident;
            next.formerRuns = true;
        });
    }

    /** Restores the live instance where it lies. What it holds is kept once for an incident. */
    World beginInPlace(long token, String incident) {
        boolean begun = isHalfRestored() && beside.keptFor().equals(incident);
        Data kept = begun ? beside.kept() : live;
        return with(next -> {
            next.quarantine = kept.isWorthKeeping() ? kept : quarantine;
            next.live = Data.ABSENT;
            // What a base backup restores is open, and read-only until it is promoted: nobody opens or closes it
            // meanwhile.
            next.door = Door.OPEN;
            next.restore = null;
            // The restart ends every session of older recoveries, and none of their calls begins another one.
            next.fence = Math.max(fence, token);
            next.beside = new Beside(token, Beside.Stage.RESTORING, false, kept, incident);
        });
    }

    /** Whether the live instance is neither what it was nor at its point. */
    boolean isHalfRestored() {
        return beside != null && beside.isHalfRestored();
    }

    /** The live instance holds what it held before, which is no longer kept beside it. */
    World putBack() {
        Data kept = beside.kept();
        return with(next -> {
            next.live = kept;
            next.quarantine = kept.isWorthKeeping() ? Data.ABSENT : quarantine;
            next.beside = beside.at(Beside.Stage.PUT_BACK);
        });
    }

    /** Applications reach the live instance all along: it takes their writes from here on. */
    World promoteInPlace(String incident) {
        return with(next -> {
            next.live = beside.inspected() ? Data.RESTORED : Data.UNCHECKED;
            next.door = Door.OPEN;
            next.fence = beside.token();
            next.beside = beside.at(Beside.Stage.LIVE);
            next.putBy = incident;
        });
    }

    /** Whatever was live before does not run any more. */
    World quarantineFormer() {
        return formerRuns ? with(next -> next.formerRuns = false) : this;
    }

    /** Whether a step between the two changed a database of the target. */
    boolean differsInDatabases(World other) {
        return live != other.live
                || door != other.door
                || quarantine != other.quarantine
                || !java.util.Objects.equals(restore, other.restore);
    }

    /** Whether an application can work with the live database, or could but for a step that came too late. */
    boolean serves() {
        return live.isUsable() && door != Door.CLOSED;
    }
}
