package dev.lifeboat.local.explore;

import java.util.Set;
import java.util.TreeSet;

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
        Generations generations) {
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
                Generations.BEGINNING);
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
        return new World(
                drill,
                first,
                restore.checked() ? Data.RESTORED : Data.UNCHECKED,
                Door.OPEN,
                live.isWorthKeeping() ? live : quarantine,
                null,
                fence,
                noted,
                lease,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    /** Puts the quarantine back in the live database's place, and the restored one aside. */
    World swapBack(String incident) {
        Set<String> noted = new TreeSet<>(swaps);
        noted.remove(incident);
        return new World(
                drill,
                first,
                quarantine,
                Door.OPEN,
                Data.ABSENT,
                restore,
                fence,
                noted,
                lease,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    /** Drops all that drills have made. */
    World dropDrill() {
        boolean made = !swaps.isEmpty();
        return new World(
                drill,
                first,
                made ? Data.ABSENT : live,
                made ? Door.OPEN : door,
                made ? Data.ABSENT : quarantine,
                null,
                fence,
                Set.of(),
                lease,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    World withDoor(Door next) {
        return new World(
                drill,
                first,
                live,
                next,
                quarantine,
                restore,
                fence,
                swaps,
                lease,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    World withRestore(Restore next) {
        return new World(
                drill,
                first,
                live,
                door,
                quarantine,
                next,
                fence,
                swaps,
                lease,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    World withFence(long next) {
        return new World(
                drill,
                first,
                live,
                door,
                quarantine,
                restore,
                next,
                swaps,
                lease,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    World withLease(Lease next) {
        return new World(
                drill,
                first,
                live,
                door,
                quarantine,
                restore,
                fence,
                swaps,
                next,
                restartedBy,
                dns,
                changedBy,
                generations);
    }

    World withRestartedBy(long next) {
        return new World(
                drill, first, live, door, quarantine, restore, fence, swaps, lease, next, dns, changedBy, generations);
    }

    World withDns(boolean next) {
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
                next,
                changedBy,
                generations);
    }

    World withChangedBy(long next) {
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
                next,
                generations);
    }

    /** The same target, with its clusters otherwise. */
    World withGenerations(Generations next) {
        return new World(
                drill, first, live, door, quarantine, restore, fence, swaps, lease, restartedBy, dns, changedBy, next);
    }

    /** Another PostgreSQL server in the target's place, in another cluster: what was there stays where it was. */
    World withServer(Data holds, Generations next) {
        return new World(
                drill,
                holds,
                holds,
                Door.OPEN,
                Data.ABSENT,
                null,
                0,
                Set.of(),
                lease,
                restartedBy,
                dns,
                changedBy,
                next);
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
