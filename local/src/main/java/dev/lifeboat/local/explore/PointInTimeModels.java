package dev.lifeboat.local.explore;

import dev.lifeboat.local.explore.Beside.Stage;
import java.util.List;

/** The actions of function {@code RecoverDatabase} that recover to a point in time, and what their machine comes to when another one starts it. */
final class PointInTimeModels {
    private static final String FUNCTION = "RecoverDatabase";
    private static final String RESULTS = "dev.lifeboat.orchestrator.pointintime.PointInTimeResults$";
    private static final String FENCED_OFF = "FencedOffException";
    private static final String MISCONFIGURED = "MisconfiguredException";
    private static final String UNAVAILABLE = "DatabaseUnavailableException";
    private static final String[] OUTSIDE = {
        "InvalidInputException",
        MISCONFIGURED,
        "StorageUnavailableException",
        "AwsUnavailableException",
        "KubernetesUnavailableException",
        UNAVAILABLE
    };

    private PointInTimeModels() {}

    static List<ActionModel> all() {
        return List.of(
                chooseRung(),
                findTakeOver(),
                plan(),
                create(),
                status(),
                inspect(),
                preparePromotion(),
                promote(),
                takeOver(),
                quarantineOld(),
                confirmArchive(),
                discard(),
                undo(),
                nested("recover-database"));
    }

    private static ActionModel action(String action, String result) {
        return new ActionModel(FUNCTION, action).results(RESULTS + result).fails(OUTSIDE);
    }

    private static void requireLease(World world, Call call) {
        if (!world.lease().isHeldUnder(call.token())) {
            throw new Refusal(FENCED_OFF);
        }
    }

    /** @throws Refusal when the recovery has none */
    private static Beside own(World world, Call call) {
        if (world.beside() == null || world.beside().token() != call.token()) {
            throw new Refusal(MISCONFIGURED);
        }
        return world.beside();
    }

    private static ActionModel chooseRung() {
        return action("choose-rung", "RungChosen")
                .answers(
                        "the point",
                        "{'way': 'point-in-time', 'reason': 'It loses the least.', 'pointSeconds': 90, 'dumpSeconds':"
                                + " 300, 'leftSeconds': 800}")
                .answers(
                        "the dump",
                        "{'way': 'restore-backup', 'reason': 'WAL is not archived.', 'dumpSeconds': 300,"
                                + " 'leftSeconds': 800}");
    }

    private static final String PLAN = planned("beside");
    private static final String PLAN_IN_PLACE = planned("in-place");
    private static final String INSPECTED = "{'sound': true, 'tables': 9, 'replayedLsn': '0/4000000', 'replayedAt':"
            + " '2026-11-23T03:13:00Z', 'nextXid': 900, 'seen': []}";
    private static final String PROMOTED =
            "{'instance': 'postgres-pit-1', 'timeline': 2, 'at': '2026-11-23T03:16:00Z'}";

    private static ActionModel findTakeOver() {
        return action("find-take-over", "TakeOverFound")
                .answers("nothing to finish", "{'found': false}")
                .answers(
                        "one to finish",
                        "{'found': true, 'instance': 'postgres-pit-1', 'plan': " + PLAN + ", 'inspected': " + INSPECTED
                                + ", 'promoted': " + PROMOTED + "}")
                .answers("one to finish, of which little is known", "{'found': true, 'instance': 'postgres-pit-1'}")
                .refuses(MISCONFIGURED)
                .looks((world, call, running, outcomes) -> {
                    if (call.flag("finish") && !isToBeFinished(world, call)) {
                        throw new Refusal(MISCONFIGURED);
                    }
                    if (isToBeFinished(world, call)) {
                        outcomes.answer("one to finish", world);
                        outcomes.answer("one to finish, of which little is known", world);
                    } else {
                        outcomes.answer("nothing to finish", world);
                    }
                });
    }

    private static boolean isToBeFinished(World world, Call call) {
        return !world.putBy().isEmpty()
                && (world.putBy().equals(call.incident()) || (world.formerRuns() && call.flag("finish")));
    }

    private static String planned(String place) {
        return "{'point': {'type': 'latest', 'inclusive': true, 'timeline': 1}, 'backup': '20261123-020000F',"
                + " 'backupEndedAt': '2026-11-23T02:01:00Z', 'archiveEnd': '0/5000000', 'archivedAt':"
                + " '2026-11-23T03:13:00Z', 'databaseBytes': 9, 'walBytes': 9, 'expectedSeconds': 90, 'place': '"
                + place + "'}";
    }

    /** Of a drill nothing is restored in place. */
    private static ActionModel plan() {
        return action("plan-point-in-time", "PointPlan")
                .answers("reachable", PLAN)
                .answers("reachable, in place", PLAN_IN_PLACE)
                .fails("PointUnreachableException")
                .looks((world, call, running, outcomes) -> {
                    outcomes.answer("reachable", world);
                    if (!world.drill()) {
                        outcomes.answer("reachable, in place", world);
                    }
                });
    }

    private static boolean inPlace(Call call) {
        return call.payload().path("place").asText().equals("in-place");
    }

    private static ActionModel create() {
        return action("create-beside", "BesideCreated")
                .answers("created", "{'instance': 'postgres-pit-1', 'step': 1}")
                .refuses(FENCED_OFF, "InvalidInputException")
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    boolean ours = world.beside() != null && world.beside().token() == call.token();
                    if (inPlace(call)) {
                        if (ours && world.beside().stage() == Stage.PUT_BACK) {
                            throw new Refusal("InvalidInputException"); // its step has a lower number
                        }
                        outcomes.answer("created", ours ? world : world.beginInPlace(call.token(), call.incident()));
                        return;
                    }
                    World next = ours ? world : world.withBeside(Beside.begun(call.token()));
                    if (!ours && world.beside() != null) {
                        outcomes.halfway("discarded what an earlier one left", world.withBeside(null));
                    }
                    outcomes.answer("created", next);
                });
    }

    private static String seen(String state, boolean archives) {
        return "{'instance': 'postgres-pit-1', 'state': '" + state + "', 'step': 1, 'archives': " + archives
                + ", 'replayedLsn': '0/4000000', 'replayedAt': '2026-11-23T03:13:00Z', 'reason': 'It was seen.'}";
    }

    private static ActionModel looking(String action) {
        return action(action, "BesideSeen")
                .answers("restoring", seen("restoring", false))
                .answers("replaying", seen("replaying", false))
                .answers("at its point", seen("paused", false))
                .answers("at its point, archiving next", seen("paused", true))
                .answers("promoted", seen("promoted", true))
                .answers("failed", seen("failed", false));
    }

    private static ActionModel status() {
        return looking("beside-status").refuses(MISCONFIGURED).looks((world, call, running, outcomes) -> {
            Beside beside = own(world, call);
            switch (beside.stage()) {
                case RESTORING, PAUSED -> {
                    outcomes.answer("failed", world);
                    outcomes.answer("restoring", world);
                    outcomes.answer("replaying", world);
                    outcomes.answer("at its point", world.withBeside(beside.at(Stage.PAUSED)));
                }
                case ARCHIVING -> {
                    outcomes.answer("failed", world);
                    outcomes.answer("restoring", world);
                    outcomes.answer("replaying", world);
                    outcomes.answer("at its point, archiving next", world);
                }
                case PROMOTED, LIVE, PUT_BACK -> outcomes.answer("promoted", world);
            }
        });
    }

    private static ActionModel inspect() {
        return action("inspect", "Inspected")
                .answers("it holds the data", INSPECTED)
                .fails("RestoreCheckFailedException")
                .refuses(MISCONFIGURED)
                .looks((world, call, running, outcomes) -> outcomes.answer(
                        "it holds the data", world.withBeside(own(world, call).lookedInto())));
    }

    private static ActionModel preparePromotion() {
        return looking("prepare-promotion")
                .refuses(FENCED_OFF, MISCONFIGURED)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    Beside beside = own(world, call);
                    if (beside.stage().compareTo(Stage.PROMOTED) >= 0) {
                        outcomes.answer("promoted", world);
                    } else {
                        outcomes.answer("restoring", world.withBeside(beside.at(Stage.ARCHIVING)));
                    }
                });
    }

    private static ActionModel promote() {
        return action("promote", "Promoted")
                .answers("promoted", PROMOTED)
                .refuses(FENCED_OFF, MISCONFIGURED, UNAVAILABLE)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    Beside beside = own(world, call);
                    if (beside.stage() == Stage.RESTORING) {
                        throw new Refusal(UNAVAILABLE); // it is not at its point yet
                    }
                    if (beside.stage().compareTo(Stage.ARCHIVING) < 0 || beside.stage() == Stage.PUT_BACK) {
                        throw new Refusal(MISCONFIGURED);
                    }
                    if (beside.stage() != Stage.ARCHIVING) {
                        outcomes.answer("promoted", world);
                    } else if (beside.isInPlace()) {
                        outcomes.answer("promoted", world.promoteInPlace(call.incident()));
                    } else {
                        outcomes.answer("promoted", world.withBeside(beside.at(Stage.PROMOTED)));
                    }
                });
    }

    private static ActionModel takeOver() {
        return action("take-over", "TookOver")
                .answers(
                        "taken over",
                        "{'instance': 'postgres-pit-1', 'before': 'postgres', 'claim': 'data-postgres-pit-1-0',"
                                + " 'incident': 'i', 'sessionsEnded': 3}")
                .answers(
                        "restored in place",
                        "{'instance': 'postgres', 'claim': 'data-postgres-0', 'incident': 'i', 'kept': 'before-i'}")
                .refuses(FENCED_OFF, MISCONFIGURED)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    if (call.payload().path("instance").isTextual()) {
                        boolean inPlace =
                                world.beside() != null && world.beside().isInPlace();
                        if (inPlace && world.beside().isHalfRestored()) {
                            throw new Refusal(MISCONFIGURED);
                        }
                        outcomes.answer(inPlace ? "restored in place" : "taken over", world);
                        return;
                    }
                    Beside beside = own(world, call);
                    if (beside.stage().compareTo(Stage.PROMOTED) < 0) {
                        throw new Refusal(MISCONFIGURED);
                    }
                    outcomes.answer(
                            "taken over", beside.stage() == Stage.LIVE ? world : world.takeOver(call.incident()));
                });
    }

    private static ActionModel quarantineOld() {
        return action("quarantine-old", "OldQuarantined")
                .answers("out of use", "{'instance': 'postgres', 'claim': 'data-postgres-0', 'also': []}")
                .refuses(FENCED_OFF, MISCONFIGURED)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    if (world.putBy().isEmpty()) {
                        throw new Refusal(MISCONFIGURED);
                    }
                    outcomes.answer("out of use", world.quarantineFormer());
                });
    }

    private static ActionModel confirmArchive() {
        return action("confirm-archive", "ArchiveSeen")
                .answers(
                        "archived",
                        "{'archived': true, 'segment': '000000020000000000000005', 'timeline': 2, 'reason': 'It is"
                                + " there.'}")
                .answers("not yet", "{'archived': false, 'timeline': 2, 'reason': 'It is not there yet.'}");
    }

    private static ActionModel discard() {
        return action("discard-beside", "BesideDiscarded")
                .answers("discarded", "{'instances': ['postgres-pit-1']}")
                .refuses(FENCED_OFF, MISCONFIGURED)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    if (inPlace(call)) {
                        if (world.putBy().equals(call.incident())) {
                            throw new Refusal(MISCONFIGURED); // it may have taken writes
                        }
                        boolean ours = world.beside() != null
                                && world.beside().isHalfRestored()
                                && world.beside().keptFor().equals(call.incident());
                        outcomes.answer("discarded", ours ? world.putBack() : world);
                        return;
                    }
                    if (world.beside() != null && world.beside().isInPlace()) {
                        outcomes.answer("discarded", world); // the live one is nobody's to delete
                        return;
                    }
                    // One that was promoted is kept, and taken out of use.
                    boolean goes =
                            world.beside() != null && world.beside().stage().compareTo(Stage.LIVE) < 0;
                    outcomes.answer("discarded", goes ? world.withBeside(null) : world);
                });
    }

    private static ActionModel undo() {
        return action("undo-point-in-time", "PointUndone")
                .answers("undone", "{'instance': 'postgres', 'setAside': 'postgres-pit-1'}")
                .refuses(FENCED_OFF, MISCONFIGURED)
                .looks((world, call, running, outcomes) -> {
                    if (own(world, call).stage() != Stage.LIVE) {
                        throw new Refusal(MISCONFIGURED);
                    }
                    outcomes.anyAnswer(world);
                });
    }

    /**
     * What the machine comes to that another one starts, whose own ways are explored by themselves. It acts under the starter's token:
     * once that one has another, nothing of it acts any more.
     *
     * @param starter the machine that starts it
     */
    static ActionModel nested(String starter) {
        ActionModel model = new ActionModel(starter + " states", "startExecution.sync:2");
        for (String outcome : List.of("recovered", "observed", "not-reached")) {
            model.answers(outcome, "{'Status': 'SUCCEEDED', 'Output': {'outcome': '" + outcome + "', 'problems': []}}");
        }
        return model.looks((world, call, running, outcomes) -> {
            if (!world.lease().isHeldUnder(call.token())) {
                return;
            }
            outcomes.answer("observed", world);
            outcomes.answer("not-reached", world);
            World taken = isToBeFinished(world, call)
                    ? world
                    : world.withBeside(Beside.begun(call.token())
                                    .at(Stage.PROMOTED)
                                    .lookedInto())
                            .takeOver(call.incident())
                            .withBeside(null);
            outcomes.halfway("taken over", taken);
            outcomes.answer("recovered", taken.quarantineFormer());
        });
    }
}
