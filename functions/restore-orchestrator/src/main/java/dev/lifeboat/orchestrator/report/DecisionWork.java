package dev.lifeboat.orchestrator.report;

import static dev.lifeboat.contract.Shell.quoted;

import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.database.Assessment;
import dev.lifeboat.report.Remaining;
import java.util.List;

/** What a person does first when an assessment has decided that only a person can help: its cause, before anything is restored. */
final class DecisionWork {
    private DecisionWork() {}

    /** Empty when the decision is not a person's. */
    static List<Remaining> of(Assessment assessment, Target target) {
        String kubectl = "kubectl -n " + quoted(target.namespace());
        return switch (assessment.decision()) {
            case NOT_NEEDED, LOOK_AGAIN, RESTART_POD, RESTORE -> List.of();
            case CORRECT_LOGIN -> List.of(correctLogin(target));
            case MAKE_ROOM -> makeRoom(assessment, kubectl);
            case RECONNECT ->
                List.of(new Remaining(
                        "PostgreSQL's pod is ready, and Lifeboat's functions do not reach it: look at their security group,"
                                + " at the nodes', and at the namespace's network policies.",
                        kubectl + " get networkpolicies,endpoints -o wide"));
            case REPLACE_VOLUME ->
                List.of(new Remaining(
                        "PostgreSQL's volume is not there. Bring it back, from its disk or a snapshot of it; or give it up:"
                                + " delete its claim and the pod, and let Lifeboat restore the newest verified backup into"
                                + " the empty one.",
                        kubectl + " describe persistentvolumeclaims"));
            case EXAMINE ->
                List.of(new Remaining(
                        "What was seen contradicts itself, so nothing was replaced: " + assessment.reason()
                                + " Look for yourself before you restore anything.",
                        kubectl + " get pods,persistentvolumeclaims -o wide"));
        };
    }

    private static Remaining correctLogin(Target target) {
        return new Remaining(
                "PostgreSQL refuses the administrator's login. Put name and password right.",
                "aws secretsmanager put-secret-value --secret-id " + quoted(target.adminSecret())
                        + " --secret-string '{\"username\": \"...\", \"password\": \"...\"}'");
    }

    private static List<Remaining> makeRoom(Assessment assessment, String kubectl) {
        Remaining enlarge = new Remaining(
                "PostgreSQL's disk is full: request more storage for its claim, if its StorageClass allows that.",
                kubectl + " edit persistentvolumeclaims");
        return assessment.pod() == null
                ? List.of(enlarge)
                : List.of(
                        new Remaining(
                                "See what is full.",
                                kubectl + " exec " + quoted(assessment.pod().name()) + " -- df -h"),
                        enlarge);
    }
}
