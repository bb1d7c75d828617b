package dev.lifeboat.local.explore;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes nodes the same that no step to come can tell apart. What executions left that are gone counts only as far as somebody who may still act compares
 * it: docs/decisions/0024 says why no rule is missed by that.
 */
final class Reduction {
    /** A restore whose maker can do nothing more with it. Whoever prepares one of its own drops it, however far it is. */
    private static final Restore ABANDONED = new Restore(-1, "", Restore.Stage.PREPARED, false);
    /** A token of the fencing row that refuses nobody. */
    private static final long BELOW_ALL = -1;
    /** Stands for all incidents that are over. */
    private static final String EARLIER = "an earlier incident";

    private final ActionModels models;
    private final Walker walker;

    Reduction(ActionModels models, Walker walker) {
        this.models = models;
        this.walker = walker;
    }

    Node of(Node node) {
        Node known = withoutSpentCall(node);
        World world = known.world();
        World seen = seen(known, world);
        return ranked(seen.equals(world) ? known : known.in(seen));
    }

    private Node ranked(Node node) {
        Ranks ranks = Ranks.among(tokens(node));
        if (ranks.areKept()) {
            return node;
        }
        List<Run> runs = node.runs().stream()
                .map(run ->
                        run.isRunning() ? new Run(walker.ranked(run.position(), ranks), run.done(), run.ending()) : run)
                .toList();
        Late late = node.late() == null
                ? null
                : new Late(
                        walker.ranked(node.late().call(), ranks),
                        node.late().run(),
                        node.late().server());
        return new Node(runs, ranks.of(node.world()), late, node.lates(), node.faults());
    }

    /** All that anybody has, or that is written down. */
    private static Set<Long> tokens(Node node) {
        World world = node.world();
        Set<Long> tokens =
                new HashSet<>(List.of(world.lease().token(), world.fence(), world.restartedBy(), world.changedBy()));
        if (world.restore() != null) {
            tokens.add(world.restore().token());
        }
        if (world.beside() != null) {
            tokens.add(world.beside().token());
        }
        tokens.addAll(acting(node));
        return tokens;
    }

    /** Those under which somebody may still act. */
    private static Set<Long> acting(Node node) {
        Set<Long> tokens = new HashSet<>();
        for (Run run : node.runs()) {
            if (run.isRunning()) {
                tokens.addAll(run.position().tokens());
            }
        }
        if (node.late() != null) {
            tokens.add(node.late().call().token());
        }
        return tokens;
    }

    /** A late call that can never change anything any more is forgotten. */
    private Node withoutSpentCall(Node node) {
        if (node.late() == null) {
            return node;
        }
        Call call = node.late().call();
        ActionModel model = Expansion.require(models, call);
        Outcomes outcomes = model.run(node.world(), call, node::isRunning);
        boolean fenced = outcomes.answers.isEmpty()
                && outcomes.halfway.isEmpty()
                && outcomes.refusals.contains("FencedOffException");
        boolean givesBackWhatIsNotItsOwn =
                model.duty() == ActionModel.Duty.RELEASE && node.world().lease().token() > call.token();
        boolean reachesAServerThatWasReplaced = call.function().equals("RecoverDatabase")
                && model.duty() == ActionModel.Duty.NONE
                && node.late().server() != node.world().generations().server();
        return fenced || givesBackWhatIsNotItsOwn || reachesAServerThatWasReplaced ? node.withoutLate() : node;
    }

    private static World seen(Node node, World world) {
        Set<Long> tokens = acting(node);
        Set<String> incidents = new HashSet<>();
        for (Run run : node.runs()) {
            if (run.isRunning()) {
                incidents.addAll(run.position().incidents());
            }
        }
        if (node.late() != null) {
            incidents.add(node.late().call().incident());
        }
        boolean owned = node.isRunning(world.lease().owner());
        if (owned) {
            tokens.add(world.lease().token());
        }
        return seen(
                world, tokens, incidents, owned, node.isRunning(world.lease().heir()));
    }

    private static World seen(World world, Set<Long> tokens, Set<String> incidents, boolean owned, boolean heirRuns) {
        Restore restore = world.restore();
        Restore left = restore == null || tokens.contains(restore.token()) ? restore : ABANDONED;
        long least = tokens.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        // That there is a fencing row is seen, whatever it holds.
        long fence = world.fence() != 0 && world.fence() < least ? BELOW_ALL : world.fence();
        long restartedBy = compared(world.restartedBy(), least);
        long changedBy = compared(world.changedBy(), least);
        Lease lease = world.lease();
        if (!owned && !tokens.contains(lease.token())) {
            long most = tokens.stream().mapToLong(Long::longValue).max().orElse(0);
            long token = Math.max(Math.max(most, fence), Math.max(restartedBy, changedBy));
            lease = new Lease(token, "", false);
        } else if (!heirRuns && !lease.heir().isEmpty()) {
            lease = lease.inheritedBy("");
        }
        Lease kept = lease;
        Beside beside = beside(world.beside(), tokens);
        return world.with(next -> {
            next.restore = left;
            next.beside = beside;
            next.fence = fence;
            next.swaps = swaps(world, incidents);
            next.generations =
                    incidents.contains(world.generations().switching().by())
                            ? world.generations()
                            : world.generations().withoutIncident();
            next.lease = kept;
            next.restartedBy = restartedBy;
            next.changedBy = changedBy;
        });
    }

    /**
     * Whoever makes an instance of its own takes away what others have made, and none but its maker goes on with it. A live one that is half
     * restored is seen by all, whoever began it.
     */
    private static Beside beside(Beside beside, Set<Long> tokens) {
        if (beside == null || tokens.contains(beside.token())) {
            return beside;
        }
        return beside.isHalfRestored() ? beside.under(0) : null;
    }

    /** Tokens are compared, never counted: one below all that may still come is as good as none. */
    private static long compared(long token, long least) {
        return token < least ? 0 : token;
    }

    /** Whose swap it was is asked by the incident itself alone; whether a drill made anything, by every drill. */
    private static Set<String> swaps(World world, Set<String> incidents) {
        if (incidents.containsAll(world.swaps())) {
            return world.swaps();
        }
        Set<String> asked = new TreeSet<>();
        for (String incident : new LinkedHashSet<>(world.swaps())) {
            if (incidents.contains(incident)) {
                asked.add(incident);
            } else if (world.drill()) {
                asked.add(EARLIER);
            }
        }
        return asked;
    }
}
