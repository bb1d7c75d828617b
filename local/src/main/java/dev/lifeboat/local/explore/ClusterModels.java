package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lifeboat.local.explore.Generations.Next;
import dev.lifeboat.local.explore.Generations.Switching;
import java.util.List;
import java.util.function.Predicate;

/** The actions of function {@code RecoverCluster}. */
final class ClusterModels {
    private static final String FUNCTION = "RecoverCluster";
    private static final String RESULTS = "dev.lifeboat.orchestrator.cluster.";
    private static final String FENCED_OFF = "FencedOffException";
    private static final String REBUILT = "well, and a rebuild to finish";
    private static final String REFUSED = "MisconfiguredException";
    private static final String[] OUTSIDE = {
        "InvalidInputException", REFUSED, "StorageUnavailableException", "AwsUnavailableException"
    };

    private ClusterModels() {}

    static List<ActionModel> all() {
        return List.of(
                assess(),
                findGeneration(),
                selectConfig(),
                snapshotVolume(),
                createStack(),
                stackStatus(),
                deleteFailedStack(),
                clusterReady(),
                bringVolume(),
                apply(),
                discardVolume(),
                checkRoute(),
                fenceOld(),
                unfenceOld(),
                switchTarget(),
                switchBack(),
                findRetired(),
                deleteOld(),
                recoverDatabase());
    }

    /**
     * What the nested machine comes to, whose own ways are explored by themselves. Walked through once more, from each state that a
     * rebuild may be in, they would be millions.
     */
    private static ActionModel recoverDatabase() {
        ActionModel model = new ActionModel("recover-cluster states", "startExecution.sync:2");
        for (String outcome : List.of("recovered", "not-needed", "observed", "not-approved")) {
            model.answers(outcome, "{'Status': 'SUCCEEDED', 'Output': {'outcome': '" + outcome + "'}}");
        }
        return model.refuses(FENCED_OFF).looks((world, call, running, outcomes) -> {
            // It has the starter's lease; one that was taken away meanwhile lets it do nothing, and it ends in an
            // error.
            if (!world.lease().isHeldUnder(call.token())) {
                return;
            }
            // Its first look notes the token where there is a fencing row, and its restore makes one.
            World seen = world.fence() == 0 ? world : world.raise(call.token());
            outcomes.answer("observed", seen);
            outcomes.answer("not-approved", seen);
            if (world.serves()) {
                outcomes.answer("not-needed", seen);
                return;
            }
            World fenced = world.raise(call.token());
            if (world.live() == Data.EMPTY) {
                // It has told a person itself, or its end has: the next look opens what is closed then.
                outcomes.halfway("closed the empty live database", fenced.withDoor(Door.CLOSED_LATE));
            }
            Restore restore = new Restore(call.token(), "nested", Restore.Stage.FINISHED, true);
            outcomes.answer(
                    "recovered",
                    fenced.withRestore(restore).swap(call.payload().path("Name").asText()));
        });
    }

    private static ActionModel action(String action, String result) {
        return new ActionModel(FUNCTION, action).results(RESULTS + result).fails(OUTSIDE);
    }

    private static void requireLease(World world, Call call) {
        if (!world.lease().held() || world.lease().token() != call.token()) {
            throw new Refusal(FENCED_OFF);
        }
    }

    private static ActionModel assess() {
        ActionModel model = action("assess", "ClusterAssessment");
        for (String decision : List.of("not-needed", "look-again", "await", "recover-database", "rebuild", "examine")) {
            model.answers(
                    decision,
                    "{'decision': '" + decision + "', 'reason': 'It was seen.', 'cluster': 'old',"
                            + " 'at': '2026-11-23T03:14:00Z', 'looks': [], 'rejected': []}");
        }
        return model.answers(REBUILT, """
                        {'decision': 'not-needed', 'reason': 'It was seen.', 'cluster': 'new', 'at': '2026-11-23T03:14:00Z',
                         'looks': [], 'rejected': [], 'rebuilt': {
                           'generation': {'name': 'g2', 'cluster': 'new', 'stack': 'new', 'previous': 'old', 'inPlace': false},
                           'facts': {'execution': 'e', 'assessment': null, 'repair': 'rebuild-cluster', 'mode': 'automatic',
                             'approval': null, 'saved': {'config': {'backupId': 'b'}}, 'stack': null, 'volume': null,
                             'recovery': null, 'applications': null, 'route': {'hostname': 'lb.example.org'}, 'fenced': null}}}""").looks(ClusterModels::look);
    }

    private static void look(World world, Call call, Predicate<String> running, Outcomes outcomes) {
        outcomes.answer("look-again", world);
        outcomes.answer("await", world);
        outcomes.answer("examine", world);
        outcomes.answer("rebuild", world);
        Generations generations = world.generations();
        boolean oldIsInUse = !generations.fenced() && !generations.deleted();
        if (!oldIsInUse && !generations.switched()) {
            return;
        }
        if (!world.serves()) {
            outcomes.answer("recover-database", world);
            return;
        }
        Switching switching = generations.switching();
        boolean toBeFinished = switching.by().equals(call.incident()) || !switching.finished();
        outcomes.answer(switching.there() && toBeFinished ? REBUILT : "not-needed", world);
    }

    private static ActionModel findGeneration() {
        String rest = ", 'cluster': 'new', 'stack': 'new', 'previous': 'old', 'inPlace': ";
        return action("find-generation", "ClusterResults$Generation")
                .answers("beside", "{'name': 'g2'" + rest + "false}")
                .answers("in place", "{'name': ''" + rest + "true}")
                .refuses(FENCED_OFF)
                .looks((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    Generations generations = world.generations();
                    outcomes.answer("beside", world.withGenerations(generations.placed(false)));
                    outcomes.answer("in place", world.withGenerations(generations.placed(true)));
                });
    }

    private static ActionModel selectConfig() {
        return action("select-config", "ClusterResults$ConfigChoice")
                .answers("chosen", "{'backupId': 'b', 'takenAt': '2026-11-23T03:00:00Z', 'objects': 2, 'workloads': 2}")
                .fails("NoVerifiedBackupException", "BackupUnusableException");
    }

    private static ActionModel snapshotVolume() {
        String rest = "', 'volume': 'v', 'snapshot': 's', 'reason': 'It was seen.'}";
        return action("snapshot-volume", "ClusterResults$VolumeSnapshot")
                .answers("none", "{'state': 'none', 'reason': 'There is none.'}")
                .answers("pending", "{'state': 'pending" + rest)
                .answers("ready", "{'state': 'ready" + rest)
                .answers("failed", "{'state': 'failed" + rest)
                .refuses(FENCED_OFF)
                // A second one is of no harm.
                .looks((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    outcomes.anyAnswer(world);
                });
    }

    private static ActionModel stack(String action) {
        ActionModel model = action(action, "ClusterResults$StackState").refuses(FENCED_OFF);
        for (String status : List.of("absent", "creating", "complete", "failed", "deleting")) {
            model.answers(
                    status,
                    "{'stack': 'new', 'id': 'none', 'status': '" + status
                            + "', 'reason': 'It was seen.', 'events': []}");
        }
        return model;
    }

    private static void answer(Outcomes outcomes, String status, World world) {
        outcomes.answer(
                status,
                world,
                "id",
                TextNode.valueOf("stack-" + world.generations().stack()));
    }

    private static ActionModel createStack() {
        return stack("create-stack").changes((world, call, running, outcomes) -> {
            requireLease(world, call);
            Generations generations = world.generations();
            boolean oldIsThere = generations.inPlace() && !generations.deleted();
            if (oldIsThere) {
                answer(outcomes, "complete", world);
            } else if (generations.next() == Next.ABSENT) {
                int attempt = call.payload().path("attempt").asInt();
                answer(outcomes, "creating", world.withGenerations(generations.withStack(Next.CREATING, attempt)));
            } else {
                answer(outcomes, word(generations.next()), world);
            }
        });
    }

    private static String word(Next next) {
        return switch (next) {
            case ABSENT -> "absent";
            case CREATING -> "creating";
            case FAILED -> "failed";
            case COMPLETE, APPLIED, HEALTHY -> "complete";
        };
    }

    private static ActionModel stackStatus() {
        return stack("stack-status").looks((world, call, running, outcomes) -> {
            Generations generations = world.generations();
            answer(outcomes, word(generations.next()), world);
            if (generations.next() == Next.CREATING) {
                answer(outcomes, "complete", world.withGenerations(generations.at(Next.COMPLETE)));
                answer(outcomes, "failed", world.withGenerations(generations.at(Next.FAILED)));
            } else if (generations.next() == Next.ABSENT) {
                answer(outcomes, "deleting", world);
            }
        });
    }

    private static ActionModel deleteFailedStack() {
        return stack("delete-failed-stack").changes((world, call, running, outcomes) -> {
            requireLease(world, call);
            Generations generations = world.generations();
            boolean thisOne = call.text("stackId").equals("stack-" + generations.stack());
            if (thisOne && generations.next() != Next.ABSENT) {
                answer(outcomes, "deleting", world.withGenerations(generations.withStack(Next.ABSENT, 0)));
            } else {
                answer(outcomes, word(generations.next()), world);
            }
        });
    }

    private static ActionModel clusterReady() {
        return action("cluster-ready", "ClusterResults$ClusterReadiness")
                .answers("ready", "{'ready': true, 'nodes': 2, 'reason': 'It is ready.'}")
                .answers("not ready", "{'ready': false, 'nodes': 0, 'reason': 'No node is ready.'}")
                .looks((world, call, running, outcomes) -> {
                    outcomes.answer("not ready", world);
                    if (world.generations().next().compareTo(Next.COMPLETE) >= 0) {
                        outcomes.answer("ready", world);
                    }
                });
    }

    private static ActionModel bringVolume() {
        String rest = ", 'volume': 'v2', 'zone': 'z', 'gibibytes': 20}";
        return action("bring-volume", "ClusterResults$VolumeBrought")
                .answers("ready", "{'ready': true" + rest)
                .answers("not yet", "{'ready': false" + rest)
                .fails("KubernetesUnavailableException")
                .refuses(FENCED_OFF)
                // A second one is of no harm.
                .looks((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    outcomes.anyAnswer(world);
                });
    }

    private static ActionModel apply() {
        return action("apply", "ClusterResults$Applied")
                .answers("applied", "{'objects': 30, 'images': 4}")
                .fails("KubernetesUnavailableException", "NoVerifiedBackupException", "BackupUnusableException")
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    if (world.generations().next() != Next.COMPLETE
                            || call.text("part").equals("backups")) {
                        outcomes.answer("applied", world);
                        return;
                    }
                    boolean brought = call.payload().path("volume").isObject();
                    Data holds = brought && world.live().isWorthKeeping() ? world.live() : Data.EMPTY;
                    outcomes.answer(
                            "applied",
                            world.withServer(holds, world.generations().withServer()));
                });
    }

    private static ActionModel discardVolume() {
        return action("discard-volume", "ClusterResults$VolumeDiscarded")
                .answers("discarded", "{'claim': 'data-postgres-0', 'deleted': true}")
                .answers("gone already", "{'claim': 'data-postgres-0', 'deleted': false}")
                .fails("KubernetesUnavailableException")
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    if (world.generations().next() == Next.APPLIED
                            && world.generations().server() == 1) {
                        Generations without = world.generations().at(Next.COMPLETE);
                        outcomes.answer("discarded", world.withDoor(Door.OPEN).withGenerations(without));
                    } else {
                        outcomes.answer("gone already", world);
                    }
                });
    }

    private static ActionModel checkRoute() {
        String rest = ", 'hostname': 'lb.example.org', 'reason': 'It was seen.', 'results': []}";
        return action("check-route", "ClusterResults$RouteHealth")
                .answers("healthy", "{'healthy': true" + rest)
                .answers("not healthy", "{'healthy': false" + rest)
                .fails("KubernetesUnavailableException")
                .looks((world, call, running, outcomes) -> {
                    outcomes.answer("not healthy", world);
                    if (world.generations().next().compareTo(Next.APPLIED) >= 0 && world.serves()) {
                        outcomes.answer(
                                "healthy",
                                world.withGenerations(world.generations().at(Next.HEALTHY)));
                    }
                });
    }

    private static ActionModel fenceOld() {
        return fence("fence-old", true);
    }

    private static ActionModel unfenceOld() {
        return fence("unfence-old", false);
    }

    private static ActionModel fence(String action, boolean closed) {
        String rest = "', 'workloads': 3, 'rules': 2, 'key': 'generations/t.json'}";
        return action(action, "ClusterResults$OldFenced")
                .answers("gone", "{'how': 'gone" + rest)
                .answers("scaled", "{'how': 'scaled" + rest)
                .answers("network closed", "{'how': 'network-closed" + rest)
                .fails("KubernetesUnavailableException")
                .refuses(FENCED_OFF, REFUSED)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    Generations generations = world.generations();
                    if (!closed && (generations.switched() || !generations.fenced())) {
                        throw new Refusal(REFUSED); // two would take writes; or nothing is noted of a fence
                    }
                    outcomes.answer("scaled", world.withGenerations(generations.withFence(closed)));
                });
    }

    /** What it has come to is noted before it, and that it has come to its end after it. */
    private static ActionModel switchTarget() {
        return naming("switch-target").changes((world, call, running, outcomes) -> {
            requireLease(world, call);
            Generations generations = world.generations();
            String incident = call.incident();
            outcomes.halfway(
                    "named the new cluster",
                    world.withGenerations(generations.switchedBy(
                            incident, generations.switching().finished() && generations.switched())));
            outcomes.answer(
                    generations.switched() ? "named already" : "named",
                    world.withGenerations(generations.switchedBy(incident, true)));
        });
    }

    private static ActionModel switchBack() {
        return naming("switch-back").changes((world, call, running, outcomes) -> {
            requireLease(world, call);
            Generations generations = world.generations();
            outcomes.answer(
                    generations.switched() ? "named" : "named already",
                    world.withGenerations(generations.switchedBack()));
        });
    }

    private static ActionModel naming(String action) {
        String rest = "{'parameter': '/lifeboat/t/target', 'from': 'old', 'to': 'new', 'changed': ";
        return action(action, "ClusterResults$TargetSwitched")
                .answers("named", rest + "true}")
                .answers("named already", rest + "false}")
                .refuses(FENCED_OFF);
    }

    private static ActionModel findRetired() {
        return action("find-retired", "ClusterResults$Retired")
                .answers(
                        "due",
                        "{'due': true, 'reason': 'Its time is over.', 'generation': {'name': 'g2', 'cluster': 'new', 'stack': 'new',"
                                + " 'previous': 'old', 'inPlace': false}, 'target': {'name': 't', 'purpose': 'live', 'cluster': 'new',"
                                + " 'namespace': 'n', 'postgresService': 'p', 'database': 'd', 'backupOf': 'd', 'adminSecret': 's'}}")
                .answers("not due", "{'due': false, 'reason': 'Old clusters are kept.', 'left': []}")
                .looks((world, call, running, outcomes) -> {
                    outcomes.answer("not due", world);
                    Generations generations = world.generations();
                    // Who deletes looks for himself: what was due a moment ago is deleted only when the new one is
                    // healthy.
                    if (!generations.inPlace() && !generations.deleted()) {
                        outcomes.answer("due", world);
                    }
                });
    }

    private static ActionModel deleteOld() {
        return stack("delete-old")
                .fails("KubernetesUnavailableException", "NoVerifiedBackupException", "BackupUnusableException")
                .refuses(FENCED_OFF, REFUSED)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    Generations generations = world.generations();
                    boolean hasTakenOver = generations.next() == Next.HEALTHY && generations.switched();
                    if (!generations.inPlace() && !hasTakenOver) {
                        throw new Refusal(REFUSED);
                    }
                    if (generations.deleted()) {
                        answer(outcomes, word(generations.next()), world);
                    } else {
                        answer(outcomes, "deleting", world.withGenerations(generations.withoutOld()));
                        answer(outcomes, "absent", world.withGenerations(generations.withoutOld()));
                    }
                });
    }
}
