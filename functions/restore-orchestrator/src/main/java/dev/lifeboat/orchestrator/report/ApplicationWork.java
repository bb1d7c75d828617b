package dev.lifeboat.orchestrator.report;

import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.kubernetes.RolledBack;
import dev.lifeboat.orchestrator.application.ApplicationAssessment;
import dev.lifeboat.orchestrator.application.ApplicationDecision;
import dev.lifeboat.orchestrator.application.DeploymentAssessment;
import dev.lifeboat.report.Remaining;
import java.util.ArrayList;
import java.util.List;

/** Says what is left for a person after a recovery of the application, with the commands ready to paste. */
final class ApplicationWork {
    private final ReportRequest.ReportApplication facts;
    private final Target target;
    private final String kubectl;
    private final List<Remaining> work = new ArrayList<>();

    ApplicationWork(ReportRequest.ReportApplication facts) {
        this.facts = facts;
        this.target = facts.scope().target();
        this.kubectl = "kubectl -n " + Shell.quoted(target.namespace());
    }

    List<Remaining> remaining() {
        switch (facts.outcome()) {
            case NOT_NEEDED -> afterAFalseAlarm();
            case RECOVERED -> afterRecovery();
            case NEEDS_PERSON -> forAPerson();
            case NOT_APPROVED -> {
                add(
                        "A person did not let Lifeboat " + called()
                                + ". Repair it by hand (docs/runbooks/bad-deployment.md), or leave it.",
                        null);
                startAgain("If you change your mind, let Lifeboat look and ask again.");
            }
            case OBSERVED -> {
                add("The mode is 'observe', so nothing was done. Lifeboat would have begun to " + called() + ".", null);
                startAgain(
                        "To let Lifeboat do it, set the mode to 'automatic' or 'approve' (docs/modes.md), and start it"
                                + " again.");
            }
            case HANDED_OVER ->
                add(
                        "The cause is not in the application: follow the recovery that was started.",
                        "aws stepfunctions list-executions --status-filter RUNNING --state-machine-arn ARN");
        }
        return List.copyOf(work);
    }

    private String called() {
        return facts.permission() == null
                ? "repair it"
                : facts.permission().repair().words();
    }

    private void afterAFalseAlarm() {
        if (facts.trigger().kind() == Trigger.Kind.ALARM) {
            add(
                    "Find out why " + ApplicationReport.startedBy(facts.trigger())
                            + " went off: the Deployments were looked at after it, and were well.",
                    null);
        }
    }

    private void afterRecovery() {
        for (RolledBack back : facts.rolledBack()) {
            add(
                    "Deployment " + back.deployment() + " has revision " + back.toRevision()
                            + " again: keep the image of revision " + back.fromRevision()
                            + " from being deployed once more before it is mended.",
                    kubectl + " rollout history deployment " + Shell.quoted(back.deployment()));
        }
        if (!facts.restarted().isEmpty()) {
            add("Find out what the pods waited for until they were restarted.", null);
        }
        if (facts.restarted().isEmpty() && facts.rolledBack().isEmpty()) {
            add(
                    "Read what an earlier execution of this incident has done before it ended: the Deployments'"
                            + " annotations name it.",
                    kubectl + " get deployments -o yaml");
        }
        managed()
                .forEach(deployment -> add(
                        "Deployment " + deployment.name()
                                + " is managed from Git, and was rolled back all the same: take the change"
                                + " back there, before the controller brings it again.",
                        null));
    }

    private List<DeploymentAssessment> managed() {
        return facts.failed() == null
                ? List.of()
                : facts.failed().deployments().stream()
                        .filter(deployment ->
                                deployment.notes().stream().anyMatch(note -> note.startsWith("managed by ")))
                        .filter(deployment -> facts.rolledBack().stream()
                                .anyMatch(back -> back.deployment().equals(deployment.name())))
                        .toList();
    }

    private void forAPerson() {
        add(
                "Read what the recovery did, newest first.",
                "aws stepfunctions get-execution-history --reverse-order --max-results 30 --execution-arn "
                        + Shell.quoted(facts.execution()));
        ApplicationAssessment seen = facts.assessment();
        if (seen != null) {
            seen.deployments().stream()
                    .filter(deployment -> deployment.decision() != ApplicationDecision.NOT_NEEDED)
                    .forEach(this::decided);
        }
        startAgain("When that is put right, let Lifeboat look again.");
    }

    private void decided(DeploymentAssessment deployment) {
        String name = Shell.quoted(deployment.name());
        switch (deployment.decision()) {
            case RESUME ->
                add(
                        "The rollout of " + deployment.name()
                                + " is paused. Resume it, and undo it when it does not come up.",
                        kubectl + " rollout resume deployment " + name);
            case REVERT_IN_GIT ->
                add(
                        "Take the last change of " + deployment.name() + " back in Git: " + deployment.reason()
                                + " To let Lifeboat roll it back all the same, set the target's application.gitOps to"
                                + " rollback.",
                        null);
            case KEEP_SCHEMA ->
                add(
                        "Mend " + deployment.name() + " forwards: a roll-back is refused. " + deployment.reason(),
                        kubectl + " rollout history deployment " + name);
            case CHECK_ROUTE -> {
                add("Kubernetes sees " + deployment.name() + " well. Ask from outside yourself.", null);
                target.healthUrls().forEach(url -> add("Ask " + url + ".", "curl -sS -i " + Shell.quoted(url)));
            }
            case RECOVER_DATABASE, RECOVER_CLUSTER ->
                add("The cause is not in the application: " + deployment.reason(), kubectl + " get pods -o wide");
            case NOT_NEEDED, LOOK_AGAIN, RESTART, ROLL_BACK, EXAMINE -> {
                add(
                        "See why " + deployment.name() + " is not well: " + deployment.reason(),
                        kubectl + " describe deployment " + name);
                add("See which revisions it has.", kubectl + " rollout history deployment " + name);
            }
        }
    }

    private void startAgain(String what) {
        RemainingWork.startAgain(what, facts.execution(), facts.scope(), facts.trigger())
                .ifPresent(work::add);
    }

    private void add(String what, String command) {
        work.add(new Remaining(what, command));
    }
}
