package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lifeboat.local.explore.ActionModel.Duty;
import java.util.List;
import java.util.function.Predicate;

/** The actions of function {@code RecoverDatabase}. */
final class DatabaseModels {
    /** Of the backups that are verified, newest first: as many as show that one that fails is followed by the next. */
    private static final List<String> BACKUPS =
            List.of("recent/backup_20261123_030000", "daily/backup_20261122_020000");

    private static final String FUNCTION = "RecoverDatabase";
    private static final String RESULTS = "dev.lifeboat.orchestrator.database.";
    private static final String FENCED_OFF = "FencedOffException";
    private static final String REFUSED = "DatabaseRefusedException";
    private static final String[] OUTSIDE = {
        "InvalidInputException",
        "MisconfiguredException",
        "StorageUnavailableException",
        "AwsUnavailableException",
        "KubernetesUnavailableException",
        "DatabaseUnavailableException"
    };

    private DatabaseModels() {}

    static List<ActionModel> all() {
        return List.of(
                acquireLease(),
                renewLease(),
                releaseLease(),
                confirmLease(),
                assess(),
                restartPod(),
                selectBackup(),
                plan(),
                prepare(),
                restoreShard(),
                finish(),
                check(),
                cutOver(),
                undo(),
                reopenLive(),
                checkConfig(),
                dropScratch());
    }

    private static ActionModel action(String action, String result) {
        return new ActionModel(FUNCTION, action).results(RESULTS + result).fails(OUTSIDE);
    }

    private static ActionModel acquireLease() {
        return action("acquire-lease", "StepResults$LeaseTaken")
                .answers("taken", "{'token': 1}")
                .refuses("LeaseHeldException", FENCED_OFF)
                .does(Duty.LEASE)
                .changes((world, call, running, outcomes) -> {
                    boolean inherits = call.payload().path("lease").isObject();
                    World leased =
                            inherits ? inherit(world, call, running) : acquire(world, call.text("execution"), running);
                    outcomes.answer(
                            "taken",
                            leased,
                            "token",
                            LongNode.valueOf(leased.lease().token()));
                });
    }

    private static World acquire(World world, String execution, Predicate<String> running) {
        Lease lease = world.lease();
        if (lease.held() && lease.owner().equals(execution)) {
            return world;
        }
        if (lease.held() && running.test(lease.owner())) {
            throw new Refusal("LeaseHeldException");
        }
        return world.withLease(new Lease(lease.token() + 1, execution, true));
    }

    /** Of an execution that another one has started: it acts under that one's token, and nobody else does. */
    private static World inherit(World world, Call call, Predicate<String> running) {
        Lease lease = world.lease();
        String starter = call.payload().path("lease").path("execution").asText();
        String execution = call.text("execution");
        if (!lease.isHeldUnder(call.token()) || !lease.owner().equals(starter)) {
            throw new Refusal(FENCED_OFF);
        }
        if (lease.heir().equals(execution)) {
            return world;
        }
        if (!running.test(starter)) {
            throw new Refusal(FENCED_OFF);
        }
        if (!lease.heir().isEmpty() && running.test(lease.heir())) {
            throw new Refusal("LeaseHeldException");
        }
        return world.withLease(lease.inheritedBy(execution));
    }

    private static ActionModel renewLease() {
        return action("renew-lease", "StepResults$LeaseTaken")
                .answers("renewed", "{'token': 2}")
                .refuses(FENCED_OFF)
                .does(Duty.LEASE)
                .changes((world, call, running, outcomes) -> {
                    Lease lease = world.lease();
                    if (!lease.held()
                            || !lease.owner().equals(call.text("execution"))
                            || lease.token() < call.token()) {
                        throw new Refusal(FENCED_OFF);
                    }
                    // A retry finds what an earlier try has done.
                    World renewed = lease.token() > call.token()
                            ? world
                            : world.withLease(new Lease(lease.token() + 1, lease.owner(), true));
                    outcomes.answer(
                            "renewed",
                            renewed,
                            "token",
                            LongNode.valueOf(renewed.lease().token()));
                });
    }

    private static ActionModel releaseLease() {
        return action("release-lease", "StepResults$LeaseReleased")
                .answers("released", "{'released': true}")
                .answers("not ours", "{'released': false}")
                .does(Duty.RELEASE)
                .changes((world, call, running, outcomes) -> {
                    Lease lease = world.lease();
                    if (lease.held() && lease.token() == call.token()) {
                        outcomes.answer("released", world.withLease(new Lease(lease.token(), lease.owner(), false)));
                    } else {
                        outcomes.answer("not ours", world);
                    }
                });
    }

    private static ActionModel confirmLease() {
        return action("confirm-lease", "StepResults$LeaseTaken")
                .answers("still held", "{'token': 1}")
                .refuses(FENCED_OFF)
                .looks((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    outcomes.answer("still held", world, "token", LongNode.valueOf(call.token()));
                });
    }

    private static void requireLease(World world, Call call) {
        if (!world.lease().isHeldUnder(call.token())) {
            throw new Refusal(FENCED_OFF);
        }
    }

    private static ActionModel assess() {
        return action("assess", "Assessment")
                .answers("healthy", found("healthy", "not-needed"))
                .answers("healthy after the swap", found("healthy", "not-needed", false, true, "none"))
                .answers("healthy after our take-over", found("healthy", "not-needed", false, false, "ours"))
                .answers(
                        "healthy, and another one's take-over unfinished",
                        found("healthy", "not-needed", false, false, "unfinished"))
                .answers("half restored in place", found("unreachable", "look-again", false, false, "begun"))
                .answers("lost", found("lost", "restore"))
                .answers("lost after our take-over", found("lost", "restore", false, false, "ours"))
                .answers("undecided", found("undecided", "examine"))
                .answers("login refused", found("undecided", "correct-login"))
                .answers("disk full", found("undecided", "make-room"))
                .answers("silent", found("unreachable", "restart-pod", true, false, "none"))
                .answers("unreachable", found("unreachable", "look-again"))
                .answers("cut off", found("unreachable", "reconnect"))
                .answers("volume missing", found("unreachable", "replace-volume"))
                .refuses(FENCED_OFF)
                .looks(DatabaseModels::look);
    }

    private static String found(String condition, String decision) {
        return found(condition, decision, false, false, "none");
    }

    private static String found(
            String condition, String decision, boolean restartPod, boolean cutOver, String takeOver) {
        return "{'condition': '" + condition + "', 'decision': '" + decision
                + "', 'reason': 'It was seen.', 'restartPod': "
                + restartPod + ", 'cutOver': " + cutOver + ", 'takeOver': '" + takeOver + "'"
                + ", 'at': '2026-11-23T03:14:00Z', 'looks': [], 'rejected': [],"
                + " 'pod': {'name': 'postgres-0', 'uid': 'u'}}";
    }

    private static void look(World world, Call call, Predicate<String> running, Outcomes outcomes) {
        outcomes.answer("silent", world);
        outcomes.answer("unreachable", world);
        outcomes.answer("undecided", world);
        outcomes.answer("login refused", world);
        outcomes.answer("disk full", world);
        outcomes.answer("cut off", world);
        outcomes.answer("volume missing", world);
        World seen = lookedAt(world, call, outcomes);
        boolean holdsData = world.live() != Data.ABSENT && world.live() != Data.EMPTY;
        if (world.isHalfRestored()) {
            outcomes.answer("half restored in place", seen);
        } else if (!holdsData || world.live() == Data.BROKEN) {
            outcomes.answer(isOurs(world, call) ? "lost after our take-over" : "lost", seen);
        } else if (world.swaps().contains(call.incident())) {
            outcomes.answer("healthy after the swap", seen);
        } else if (isOurs(world, call)) {
            outcomes.answer("healthy after our take-over", seen);
        } else {
            outcomes.answer(
                    !world.drill() && world.formerRuns()
                            ? "healthy, and another one's take-over unfinished"
                            : "healthy",
                    seen);
        }
    }

    private static boolean isOurs(World world, Call call) {
        return !world.drill() && world.putBy().equals(call.incident());
    }

    /** What a look that gets through leaves: the token is noted, and what was closed is open. */
    static World lookedAt(World world, Call call, Outcomes outcomes) {
        boolean holdsData = world.live() != Data.ABSENT && world.live() != Data.EMPTY;
        // Where an earlier recovery left its tables, the token is noted before anything is decided.
        World seen = world.fence() == 0 ? world : world.raise(call.token());
        if (world.door() != Door.OPEN && holdsData) {
            seen = world.raise(call.token()).withDoor(Door.OPEN);
            outcomes.halfway("opened the live database", seen);
        }
        return seen;
    }

    private static ActionModel restartPod() {
        return action("restart-pod", "StepResults$PodRestarted")
                .answers("deleted", "{'pod': 'postgres-0', 'deleted': true}")
                .answers("already gone", "{'pod': 'postgres-0', 'deleted': false}")
                .refuses(FENCED_OFF)
                // Late or twice it does nothing: it is bound to the uid of the pod that was seen.
                .looks((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    outcomes.anyAnswer(world);
                });
    }

    private static ActionModel selectBackup() {
        String rest = "'database': 'app', 'snapshotAt': '2026-11-23T03:00:00Z', 'verifiedAt': '2026-11-23T03:05:00Z',"
                + " 'dumpKey': 'dumps/k', 'size': 9, 'rows': 9, 'passedOver': []}";
        return action("select-backup", "BackupChoice")
                .answers("the newest", "{'backupId': '" + BACKUPS.get(0) + "', 'kind': 'recent', " + rest)
                .answers("the one before", "{'backupId': '" + BACKUPS.get(1) + "', 'kind': 'daily', " + rest)
                .refuses("NoVerifiedBackupException")
                .looks((world, call, running, outcomes) -> {
                    List<String> rejected = call.payload().path("rejected").findValuesAsText("backupId");
                    if (!rejected.contains(BACKUPS.get(0))) {
                        outcomes.answer("the newest", world);
                    } else if (!rejected.contains(BACKUPS.get(1))) {
                        outcomes.answer("the one before", world);
                    } else {
                        throw new Refusal("NoVerifiedBackupException");
                    }
                });
    }

    private static ActionModel plan() {
        return action("plan", "PlanReference")
                .answers(
                        "planned",
                        "{'planKey': 'plan', 'backupId': 'b', 'restoreDatabase': 'app_restore', 'shards': [0, 1],"
                                + " 'tables': 2, 'compressedBytes': 9}")
                .fails(REFUSED, "BackupUnusableException", "NoVerifiedBackupException")
                .looks((world, call, running, outcomes) ->
                        outcomes.answer("planned", world, "planKey", planOf(call.text("backupId"))));
    }

    private static JsonNode planOf(String backup) {
        return TextNode.valueOf("plans/" + backup);
    }

    private static ActionModel prepare() {
        return action("prepare", "StepResults$Prepared")
                .answers(
                        "prepared",
                        "{'restoreDatabase': 'app_restore', 'loaded': false, 'leftOut': [], 'freeSpace': 'enough'}")
                .answers(
                        "loaded already",
                        "{'restoreDatabase': 'app_restore', 'loaded': true, 'leftOut': [], 'freeSpace': 'enough'}")
                .fails(REFUSED, "BackupUnusableException")
                .refuses(FENCED_OFF)
                .changes(DatabaseModels::prepare);
    }

    private static void prepare(World world, Call call, Predicate<String> running, Outcomes outcomes) {
        World next = world.raise(call.token());
        Restore found = next.restore();
        boolean ours = found != null && found.is(call.token(), call.text("planKey"));
        if (found != null && !ours) {
            next = next.withRestore(null);
            outcomes.halfway("dropped a restore that was abandoned", next);
        }
        if (next.live() == Data.EMPTY && next.door() == Door.OPEN) {
            next = next.withDoor(Door.CLOSED);
            outcomes.halfway("closed the empty live database", next);
        }
        if (!ours) {
            Restore made = new Restore(call.token(), call.text("planKey"), Restore.Stage.PREPARED, false);
            outcomes.answer("prepared", next.withRestore(made));
        } else {
            // Finishing may have begun before a restore that is loaded.
            boolean loaded = found.stage().compareTo(Restore.Stage.LOADED) >= 0;
            outcomes.answer(loaded ? "loaded already" : "prepared", next);
        }
    }

    /** @throws Refusal when the restore is another one, or there is none */
    private static World ofItsRestore(World world, Call call) {
        World raised = world.raise(call.token());
        if (raised.restore() == null || !raised.restore().is(call.token(), call.text("planKey"))) {
            throw new Refusal(REFUSED);
        }
        return raised;
    }

    private static ActionModel restoreShard() {
        return action("restore-shard", "StepResults$ShardRestored")
                .answers("restored", "{'shard': 0, 'rows': 9, 'bytes': 9, 'millis': 0}")
                .fails("BackupUnusableException", "RestoreCheckFailedException")
                .refuses(FENCED_OFF, REFUSED)
                .changes((world, call, running, outcomes) -> {
                    World raised = ofItsRestore(world, call);
                    Restore restore = raised.restore();
                    if (restore.stage() == Restore.Stage.FINISHED) {
                        throw new Refusal(FENCED_OFF); // another step has gone on
                    }
                    Restore.Stage next = call.payload().path("shard").asInt() == 0
                                    && restore.stage() == Restore.Stage.PREPARED
                            ? Restore.Stage.PARTLY_LOADED
                            : call.payload().path("shard").asInt() > 0 && restore.stage() == Restore.Stage.PARTLY_LOADED
                                    ? Restore.Stage.LOADED
                                    : restore.stage();
                    outcomes.answer(
                            "restored", next == restore.stage() ? raised : raised.withRestore(restore.at(next)));
                });
    }

    private static ActionModel finish() {
        return action("finish", "StepResults$FinishProgress")
                .answers("finished", "{'finished': true, 'done': 9, 'total': 9, 'millis': 0}")
                .answers(
                        "not finished yet",
                        "{'finished': false, 'done': 3, 'total': 9, 'millis': 0, 'expectedEnd': '2026-11-23T03:20:00Z'}")
                .fails("BackupUnusableException", "RestoreCheckFailedException")
                .refuses(FENCED_OFF, REFUSED)
                .changes((world, call, running, outcomes) -> {
                    World raised = ofItsRestore(world, call);
                    Restore.Stage stage = raised.restore().stage();
                    if (stage.compareTo(Restore.Stage.LOADED) < 0) {
                        throw new Refusal(REFUSED);
                    }
                    if (stage == Restore.Stage.LOADED) {
                        outcomes.answer("not finished yet", raised);
                        outcomes.answer(
                                "finished", raised.withRestore(raised.restore().at(Restore.Stage.FINISHED)));
                    } else {
                        outcomes.answer("finished", raised);
                    }
                });
    }

    private static ActionModel check() {
        return action("check", "StepResults$RestoreChecked")
                .answers("it matches", "{'matches': true, 'tables': 2, 'rows': 9}")
                .fails("BackupUnusableException", "RestoreCheckFailedException")
                .refuses(FENCED_OFF, REFUSED)
                .looks((world, call, running, outcomes) -> {
                    World raised = requireFinished(ofItsRestore(world, call));
                    outcomes.answer(
                            "it matches", raised.withRestore(raised.restore().compared()));
                });
    }

    private static World requireFinished(World world) {
        if (world.restore().stage() != Restore.Stage.FINISHED) {
            throw new Refusal(REFUSED);
        }
        return world;
    }

    private static ActionModel cutOver() {
        return action("cut-over", "StepResults$CutOverDone")
                .answers(
                        "swapped",
                        "{'liveDatabase': 'app', 'quarantineDatabase': 'app_quarantine', 'at': '2026-11-23T03:20:00Z',"
                                + " 'rolledBack': []}")
                .answers(
                        "swapped, with nothing to put away",
                        "{'liveDatabase': 'app', 'at': '2026-11-23T03:20:00Z', 'rolledBack': []}")
                .fails("BackupUnusableException")
                .refuses(FENCED_OFF, REFUSED)
                .changes(DatabaseModels::cutOver);
    }

    private static void cutOver(World world, Call call, Predicate<String> running, Outcomes outcomes) {
        World raised = world.raise(call.token());
        boolean finished = raised.restore() != null
                && raised.restore().is(call.token(), call.text("planKey"))
                && raised.restore().stage() == Restore.Stage.FINISHED;
        boolean swapped = raised.swaps().contains(call.incident());
        if (swapped == finished) {
            throw new Refusal(REFUSED); // of another restore than the one that was swapped in, or of none
        }
        boolean live = world.live() != Data.ABSENT;
        if (!swapped && live) {
            outcomes.halfway("closed the live database", raised.withDoor(Door.CLOSED));
        }
        outcomes.answer(
                live ? "swapped" : "swapped, with nothing to put away",
                swapped ? raised : raised.swap(call.incident()));
    }

    private static ActionModel undo() {
        return action("undo", "StepResults$CutOverUndone")
                .answers("undone", "{'liveDatabase': 'app', 'setAside': 'app_undone', 'at': '2026-11-23T04:00:00Z'}")
                .refuses(FENCED_OFF, REFUSED)
                .changes((world, call, running, outcomes) -> {
                    World raised = world.raise(call.token());
                    if (!raised.swaps().contains(call.incident()) || raised.quarantine() == Data.ABSENT) {
                        throw new Refusal(REFUSED);
                    }
                    outcomes.halfway("closed the live database", raised.withDoor(Door.CLOSED));
                    outcomes.answer("undone", raised.swapBack(call.incident()));
                });
    }

    private static ActionModel reopenLive() {
        return action("reopen-live", "StepResults$LiveReopened")
                .answers("open", "{'database': 'app'}")
                .fails(REFUSED)
                .refuses(FENCED_OFF)
                .does(Duty.REOPEN)
                .changes((world, call, running, outcomes) ->
                        outcomes.answer("open", world.raise(call.token()).withDoor(Door.OPEN)));
    }

    private static ActionModel checkConfig() {
        return action("check-config", "StepResults$ConfigChecked")
                .answers("complete", "{'present': true, 'complete': true, 'objects': 2, 'summary': 'all there'}")
                .answers(
                        "incomplete",
                        "{'present': true, 'complete': false, 'objects': 1, 'missing': ['Secret/s of Deployment/web'], 'summary': 'missing'}")
                .answers(
                        "none",
                        "{'present': false, 'complete': false, 'objects': 0, 'summary': 'config backup missing'}")
                .fails("BackupUnusableException");
    }

    private static ActionModel dropScratch() {
        return action("drop-scratch", "StepResults$ScratchDropped")
                .answers("dropped", "{'database': 'app_drill', 'restores': []}")
                .fails(REFUSED)
                .refuses(FENCED_OFF, REFUSED, "InvalidInputException")
                .changes((world, call, running, outcomes) -> {
                    if (!world.drill()) {
                        throw new Refusal("InvalidInputException");
                    }
                    World raised = world.raise(call.token()).withRestore(null);
                    outcomes.halfway("dropped the restore", raised);
                    if (raised.swaps().isEmpty() && raised.live() != Data.ABSENT) {
                        throw new Refusal(REFUSED); // no drill made it
                    }
                    outcomes.answer("dropped", raised.dropDrill());
                });
    }
}
