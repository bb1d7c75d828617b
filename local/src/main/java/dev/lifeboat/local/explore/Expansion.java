package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.local.explore.Outcomes.Answer;
import dev.lifeboat.local.explore.Outcomes.Halfway;
import dev.lifeboat.local.explore.Position.Move;
import dev.lifeboat.local.states.ErrorHandlers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds everything that may happen next. */
final class Expansion {
    private static final String CONTRACT = "dev.lifeboat.contract.error.";
    /** They tell of the world, so they come only where a model says so. */
    private static final Set<String> TELLING = Set.of(CONTRACT + "FencedOffException", CONTRACT + "LeaseHeldException");

    private static final List<String> OF_LAMBDA = List.of("Runtime.ExitError", "States.Timeout", "Lambda.Unknown");

    private final Walker walker;
    private final ActionModels models;
    private final Reduction reduction;
    private final Map<String, Concern> concerns;
    private final Set<Node> twins;
    private final boolean inTurn;
    private final Limits limits;
    private final IdentityHashMap<JsonNode, Collection<String>> failures = new IdentityHashMap<>();

    /**
     * @param concerns what the rules ask each machine about
     * @param twins beginnings of two executions that are alike: the one that moves first is called the first
     * @param inTurn whether the second of two begins when the first is gone
     * @param limits how much may go wrong on one path
     */
    Expansion(
            Walker walker,
            ActionModels models,
            Map<String, Concern> concerns,
            Collection<Node> twins,
            boolean inTurn,
            Limits limits) {
        this.inTurn = inTurn;
        this.concerns = concerns;
        this.limits = limits;
        this.walker = walker;
        this.models = models;
        this.twins = Set.copyOf(twins);
        this.reduction = new Reduction(models, walker);
    }

    /** A point at which a call may end unheard. */
    private record Point(String what, World world, boolean whole) {}

    List<Edge> of(Node node) {
        List<Edge> edges = new ArrayList<>();
        if (node.isAsAlone()) {
            return edges;
        }
        boolean first = twins.contains(node) || (inTurn && node.runs().get(0).isRunning());
        int movers = first ? 1 : node.runs().size();
        for (int index = 0; index < movers; index++) {
            if (node.runs().get(index).isRunning()) {
                new Step(node, index, edges).all();
            }
        }
        if (node.late() != null) {
            late(node, edges);
        }
        if (node.runs().size() == 1 && node.runs().get(0).isRunning()) {
            superseded(node, edges);
        }
        return edges;
    }

    private ActionModel model(Call call) {
        return require(models, call);
    }

    /** @throws ExploreException when there is no model of it */
    static ActionModel require(ActionModels models, Call call) {
        ActionModel model = models.find(call);
        if (model == null) {
            throw new ExploreException(
                    "State " + call.state() + " of statemachines/" + call.machine() + ".asl.json calls '"
                            + call.action() + "' of " + call.function() + ", and no model says what that does.",
                    "Declare it in a class of dev.lifeboat.local.explore, as docs/explore.md says.");
        }
        return model;
    }

    /** What a call does that was given up. */
    private void late(Node node, List<Edge> edges) {
        Call call = node.late().call();
        World world = node.world();
        Outcomes outcomes = model(call).run(world, call, node::isRunning);
        Map<World, String> worlds = new LinkedHashMap<>();
        outcomes.halfway.forEach(each -> worlds.putIfAbsent(each.after(), each.what() + ", and dies"));
        outcomes.answers.forEach(each -> worlds.putIfAbsent(each.after(), each.name()));
        worlds.remove(world);
        worlds.forEach((after, what) -> {
            World left = after.door() == Door.CLOSED && world.door() != Door.CLOSED
                    ? after.withDoor(Door.CLOSED_LATE)
                    : after;
            String violation = Rules.step(world, left, call.token(), concerns.get(call.machine()), false, true);
            if (violation == null) {
                violation = Rules.lease(node, left, true);
            }
            String who = node.runs().size() == 1
                    ? ""
                    : " of execution " + (node.late().run() + 1);
            edges.add(new Edge(
                    call.state() + who + ", which was given up, comes late: " + what,
                    reduction.of(node.withoutLate().in(changed(world, left, call.token()))),
                    violation));
        });
    }

    /** Another recovery takes over and begins, although this one runs: a person gave it the lease. */
    private static void superseded(Node node, List<Edge> edges) {
        World world = node.world();
        Run run = node.runs().get(0);
        if ((run.done() & Duties.LEASED) == 0 || world.lease().owner().equals(Node.ANOTHER)) {
            return;
        }
        long token = world.lease().token() + 1;
        World taken = world.withLease(new Lease(token, Node.ANOTHER, true))
                .withFence(token)
                .withRestartedBy(token)
                .withChangedBy(token);
        edges.add(new Edge("another recovery takes the target over", node.with(0, run, taken), null));
    }

    private static World changed(World before, World after, long token) {
        return before.differsInDatabases(after) ? after.withChangedBy(Math.max(token, before.changedBy())) : after;
    }

    /** What may happen to one execution. */
    private final class Step {
        private final Node node;
        private final int index;
        private final Run run;
        private final Position position;
        private final JsonNode state;
        private final List<Edge> edges;
        private final boolean counted;

        Step(Node node, int index, List<Edge> edges) {
            this.node = node;
            this.index = index;
            this.run = node.runs().get(index);
            this.position = run.position();
            this.state = position.top().definition();
            this.edges = edges;
            this.counted = node.runs().size() > 1;
        }

        private boolean mayFail() {
            return !counted || node.faults() < limits.faults();
        }

        void all() {
            if (isNested() && models.find(position.call()) == null) {
                add("starts an execution", walker.descend(position), node.world(), 0, false);
                if (mayFail()) {
                    for (String error : failures.computeIfAbsent(state, key -> representatives(named()))) {
                        fault("fails with " + error, failing(error), node.world(), 0, false);
                    }
                }
                ended(false);
                return;
            }
            ActionModel model = model(position.call());
            Outcomes outcomes = model.run(node.world(), position.call(), node::isRunning);
            // Where two executions are explored, only a call of one that was stopped comes late: singly, every call
            // does.
            boolean mayOutlive = model.changing() && node.late() == null && node.lates() < limits.lates();
            boolean mayBeLate = mayOutlive && !counted;
            for (Answer answer : outcomes.answers) {
                Move move = walker.succeed(position, answer.result());
                add(answer.name(), move, answer.after(), Duties.done(model.duty()), false);
                if (mayBeLate) {
                    String twice = answer.name() + ", and is delivered once more";
                    add(twice, move, answer.after(), Duties.done(model.duty()), true);
                }
            }
            for (String refusal : outcomes.refusals) {
                int told = refusal.equals("FencedOffException") ? Duties.FENCED_OFF : 0;
                add("fails with " + refusal, failing(CONTRACT + refusal), node.world(), told, false);
            }
            if (mayFail()) {
                failures(model, points(outcomes), mayBeLate);
            }
            ended(mayOutlive);
        }

        private boolean isNested() {
            return position.call().function().equals("states");
        }

        private Collection<Point> points(Outcomes outcomes) {
            Map<World, Point> points = new LinkedHashMap<>();
            points.put(node.world(), new Point("", node.world(), false));
            for (Halfway halfway : outcomes.halfway) {
                String what = " when it had " + halfway.what();
                points.putIfAbsent(halfway.after(), new Point(what, halfway.after(), false));
            }
            for (Answer answer : outcomes.answers) {
                String what = " when it had done all (" + answer.name() + ")";
                points.putIfAbsent(answer.after(), new Point(what, answer.after(), true));
            }
            return points.values();
        }

        private void failures(ActionModel model, Collection<Point> points, boolean mayBeLate) {
            Collection<String> errors = failures.computeIfAbsent(state, key -> representatives(errors(model)));
            int vain = Duties.inVain(model.duty());
            for (Point point : points) {
                for (String error : errors) {
                    fault("fails with " + error + point.what(), failing(error), point.world(), vain, false);
                }
                if (!point.world().equals(node.world()) && ErrorHandlers.isRetried(state, "Runtime.ExitError")) {
                    fault("dies" + point.what() + ", and is tried again", staying(), point.world(), 0, false);
                }
                if (mayBeLate && !point.whole()) {
                    String what = "is silent too long" + point.what() + ", and goes on; ";
                    fault(what + "it is given up", failing("States.Timeout"), point.world(), vain, true);
                    if (ErrorHandlers.isRetried(state, "States.Timeout")) {
                        fault(what + "it is tried again", staying(), point.world(), 0, true);
                    }
                }
            }
        }

        private Move staying() {
            return new Move(position, "");
        }

        private Move failing(String error) {
            return walker.fail(position, position.frames().size(), error);
        }

        /** Whoever waits for it may stop waiting. */
        private void ended(boolean mayOutlive) {
            for (int depth = 1; depth < position.frames().size(); depth++) {
                Frame outer = position.frames().get(depth - 1);
                if (outer.fork() == null && outer.definition().has("TimeoutSeconds")) {
                    Move move = walker.fail(position, depth, "States.Timeout");
                    String what = "is ended, for " + outer.state() + " has waited too long";
                    add(what, move, node.world(), 0, false);
                    if (mayOutlive) {
                        add(what + ", and goes on", move, node.world(), 0, true);
                    }
                }
            }
            // Where a stopped execution stood is of no interest any more.
            String label = label("is called, and the execution is stopped", "");
            Run gone = counted ? run.gone() : new Run(null, 0, "stopped");
            edges.add(new Edge(label, reduction.of(node.with(index, gone, node.world())), null));
            if (mayOutlive) {
                Run acting = counted ? new Run(null, 0, Run.GONE) : gone;
                Node late = node.with(index, acting, node.world()).withLate(late(node.world()));
                edges.add(new Edge(label + ", but the call goes on", reduction.of(late), null));
            }
        }

        private Late late(World found) {
            return new Late(position.call(), index, found.generations().server());
        }

        private void add(String what, Move move, World after, int done, boolean late) {
            add(what, move, after, done, late, false);
        }

        private void fault(String what, Move move, World after, int done, boolean late) {
            add(what, move, after, done, late, counted);
        }

        private void add(String what, Move move, World after, int done, boolean late, boolean fault) {
            String label = label(what, move.through());
            World before = node.world();
            long token = position.call().token();
            World world = changed(before, after, token);
            String violation = counted ? Rules.together(node, index, world, token) : null;
            if (violation == null) {
                Concern actor = concerns.get(position.call().machine());
                boolean owns = position.executions().contains(before.lease().owner());
                violation = Rules.step(before, world, token, actor, owns, false);
            }
            if (violation == null) {
                violation = Rules.call(models.find(position.call()), run.done());
            }
            if (violation == null) {
                violation = Rules.lease(
                        node,
                        world,
                        position.executions().contains(world.lease().owner()));
            }
            int changing = !counted || before.equals(world)
                    ? 0
                    : before.differsInDatabases(world) ? Duties.ACTED | Duties.CHANGED : Duties.ACTED;
            int restoring = world.isHalfRestored() && !world.beside().equals(before.beside()) ? Duties.RESTORING : 0;
            Run next = new Run(move.to(), run.done() | done | changing | restoring, null);
            if (move.to().frames().isEmpty()) {
                if (violation == null) {
                    Concern concern =
                            concerns.get(position.frames().get(0).machine().name());
                    violation = Rules.end(
                            move.to(), next.done(), world, concern, position.incidents(), isNewest(world.lease()));
                }
                next = counted ? next.gone() : new Run(null, 0, Rules.ending(move.to(), next.done()));
            }
            Node to = node.with(index, next, world);
            if (late) {
                to = to.withLate(late(before));
            }
            edges.add(new Edge(label, reduction.of(fault ? to.afterFault() : to), violation));
        }

        /** A late call may have taken the lease once more, which the execution does not know. */
        private boolean isNewest(Lease lease) {
            long token = position.call().token();
            return position.executions().contains(lease.owner()) && (token == 0 || token == lease.token());
        }

        private String label(String what, String through) {
            StringBuilder label = new StringBuilder();
            if (node.runs().size() > 1) {
                label.append("execution ").append(index + 1).append(": ");
            }
            label.append(position.top().state()).append(' ').append(what);
            if (!through.isEmpty()) {
                label.append("; then ").append(through);
            }
            return label.toString();
        }

        /** The ways to fail that the Task's Retry and Catch name. */
        private Set<String> named() {
            Set<String> names = new LinkedHashSet<>();
            for (String field : List.of("Catch", "Retry")) {
                state.path(field).forEach(rule -> rule.path("ErrorEquals").forEach(name -> names.add(name.asText())));
            }
            names.remove("States.ALL");
            names.removeAll(TELLING);
            return names;
        }

        private Set<String> errors(ActionModel model) {
            Set<String> errors = new LinkedHashSet<>();
            model.errors().forEach(error -> errors.add(CONTRACT + error));
            errors.addAll(named());
            model.refusals().forEach(refusal -> {
                if (!model.errors().contains(refusal)) {
                    errors.remove(CONTRACT + refusal);
                }
            });
            errors.addAll(model.function().equals("sns") ? List.of("States.Timeout") : OF_LAMBDA);
            return errors;
        }

        /** One of each kind that the state treats alike. */
        private Collection<String> representatives(Set<String> errors) {
            Map<String, String> kinds = new LinkedHashMap<>();
            for (String error : errors) {
                kinds.putIfAbsent(
                        ErrorHandlers.catcher(state, error)
                                .map(JsonNode::toString)
                                .orElse(""),
                        error);
            }
            return kinds.values();
        }
    }
}
