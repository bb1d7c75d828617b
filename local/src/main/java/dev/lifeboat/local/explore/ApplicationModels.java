package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** The actions that bring an application back after a bad deployment. */
final class ApplicationModels {
    private static final String APPLICATION = "RecoverApplication";
    private static final String REPORT = "RecoveryReport";
    private static final String RESULTS = "dev.lifeboat.orchestrator.application.ApplicationResults$";
    private static final String FENCED_OFF = "FencedOffException";
    private static final String[] CLUSTER = {
        "InvalidInputException", "MisconfiguredException", "AwsUnavailableException", "KubernetesUnavailableException"
    };
    private static final String[] REPORTING = {
        "InvalidInputException", "MisconfiguredException", "StorageUnavailableException", "AwsUnavailableException"
    };
    /** What is decided while the database can be used; without it nothing of these is. */
    private static final List<String> OF_THE_APPLICATION = List.of(
            "not-needed",
            "restart",
            "roll-back",
            "recover-cluster",
            "check-route",
            "resume",
            "revert-in-git",
            "keep-schema",
            "examine");

    /** Those that a machine tells apart: what only a person can do is all one to it, and examine stands for it. */
    private static final List<String> TOLD_APART =
            List.of("not-needed", "restart", "roll-back", "recover-cluster", "examine");

    private ApplicationModels() {}

    static List<ActionModel> all() {
        return List.of(
                assess(),
                restart(),
                rollBack(),
                verify(),
                handOver(),
                report(),
                reportFailover(),
                requestApproval(),
                cordon(),
                evict(),
                uncordon());
    }

    private static ActionModel assess() {
        ActionModel model = new ActionModel(APPLICATION, "assess")
                .results("dev.lifeboat.orchestrator.application.ApplicationAssessment")
                .fails(CLUSTER)
                .looks((world, call, running, outcomes) -> {
                    outcomes.answer("look-again", world);
                    if (!world.serves()) {
                        outcomes.answer("recover-database", world);
                        return;
                    }
                    TOLD_APART.forEach(decision -> outcomes.answer(decision, world));
                    if (world.restartedBy() != 0) {
                        // By this execution, or by an earlier one of the same incident.
                        outcomes.answer("not-needed after it acted", world);
                        outcomes.answer("examine after it acted", world);
                    }
                });
        for (String decision : OF_THE_APPLICATION) {
            model.answers(decision, assessment(decision, false));
        }
        return model.answers("look-again", assessment("look-again", false))
                .answers("recover-database", assessment("recover-database", false))
                .answers("not-needed after it acted", assessment("not-needed", true))
                .answers("examine after it acted", assessment("examine", true));
    }

    private static String assessment(String decision, boolean acted) {
        return "{'decision': '" + decision + "', 'reason': 'It was seen.', 'at': '2026-11-23T03:14:00Z', 'acted': "
                + acted
                + ", 'deployments': [], 'restarts': ['api'], 'rollBacks': [{'deployment': 'api', 'fingerprint': 'f1',"
                + " 'fromFingerprint': 'f2', 'fromRevision': 2, 'fromImages': [], 'toRevision': 1, 'toImages': []}],"
                + " 'rejected': []}";
    }

    private static ActionModel restart() {
        return new ActionModel(APPLICATION, "restart-deployments")
                .results(RESULTS + "Restarted")
                .answers("restarted", "{'deployments': [{'name': 'api', 'restarted': true}]}")
                .fails(CLUSTER)
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    world.requireDeploymentsFence(call.token());
                    outcomes.answer("restarted", world.withRestartedBy(call.token()));
                });
    }

    private static ActionModel rollBack() {
        return new ActionModel(APPLICATION, "roll-back")
                .results(RESULTS + "RolledBackAll")
                .answers(
                        "rolled back",
                        "{'deployments': [{'deployment': 'api', 'changed': true, 'fromRevision': 2, 'toRevision': 1}]}")
                .fails(CLUSTER)
                .fails("RolloutFailedException")
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    world.requireDeploymentsFence(call.token());
                    outcomes.answer("rolled back", world.withRestartedBy(call.token()));
                });
    }

    private static ActionModel verify() {
        return new ActionModel(APPLICATION, "verify")
                .results(RESULTS + "Verified")
                .answers("well for long enough", verified(true, false, true))
                .answers("well", verified(false, false, true))
                .answers("not well", verified(false, false, false))
                .answers("it fails", verified(false, true, false))
                .fails(CLUSTER)
                .refuses(FENCED_OFF)
                .looks((world, call, running, outcomes) -> {
                    world.requireDeploymentsFence(call.token());
                    if (world.serves()) {
                        outcomes.answer("well for long enough", world);
                        outcomes.answer("well", world);
                    }
                    outcomes.answer("not well", world);
                    outcomes.answer("it fails", world);
                });
    }

    private static String verified(boolean held, boolean failed, boolean well) {
        return "{'held': " + held + ", 'failed': " + failed + (well ? ", 'wellSince': '2026-11-23T03:14:00Z'" : "")
                + ", 'reason': 'It was seen.', 'deployments': [], 'health': {'healthy': " + well + ", 'results': []}}";
    }

    private static ActionModel cordon() {
        return failover("cordon", "Cordoned").answers("cordoned", "{'node': 'n1', 'pods': []}");
    }

    private static ActionModel evict() {
        String numbers =
                ", 'pods': [], 'asked': 9, 'failed': 0, 'gapMillis': 0, 'refused': 0, 'reason': 'It was seen.'}";
        return failover("evict", "Progress")
                .answers("all moved", "{'done': true" + numbers)
                .answers("under way", "{'done': false" + numbers)
                .answers(
                        "all moved, with a gap",
                        "{'done': true, 'pods': [], 'asked': 9, 'failed': 2, 'gapMillis': 2100, 'refused': 0,"
                                + " 'reason': 'It was seen.'}");
    }

    private static ActionModel uncordon() {
        return failover("uncordon", "Uncordoned").answers("uncordoned", "{'nodes': ['n1']}");
    }

    /** Pods move, and nothing that the picture of the target has. The lease is looked at first. */
    private static ActionModel failover(String action, String result) {
        return new ActionModel(APPLICATION, action)
                .results("dev.lifeboat.orchestrator.application.Failover$" + result)
                .fails(CLUSTER)
                .fails("StorageUnavailableException")
                .refuses(FENCED_OFF)
                .looks((world, call, running, outcomes) -> {
                    if (!world.lease().held() || world.lease().token() != call.token()) {
                        throw new Refusal(FENCED_OFF);
                    }
                    outcomes.anyAnswer(world);
                });
    }

    private static ActionModel handOver() {
        return new ActionModel(APPLICATION, "hand-over")
                .results(RESULTS + "HandedOver")
                .answers("started", "{'execution': 'e', 'started': true}")
                .answers("started before", "{'execution': 'e', 'started': false}")
                .fails("InvalidInputException", "MisconfiguredException", "AwsUnavailableException");
    }

    private static ActionModel report() {
        return new ActionModel(REPORT, "report-application")
                .results("dev.lifeboat.orchestrator.report.RecoveryReporting$Reported")
                .answers("written", "{'outcome': 'recovered', 'reportKey': 'report.json', 'withinBudget': true}")
                .answers("written, over budget", "{'outcome': 'needs-person', 'reportKey': 'r', 'withinBudget': false}")
                .answers("written, nothing done", "{'outcome': 'not-needed', 'reportKey': 'r', 'withinBudget': true}")
                .answers("written, refused", "{'outcome': 'not-approved', 'reportKey': 'r', 'withinBudget': true}")
                .answers("written, observed", "{'outcome': 'observed', 'reportKey': 'r', 'withinBudget': true}")
                .answers("written, handed over", "{'outcome': 'handed-over', 'reportKey': 'r', 'withinBudget': true}")
                .fails(REPORTING)
                .does(ActionModel.Duty.REPORT)
                .looks((world, call, running, outcomes) ->
                        outcomes.answer("written", world, "outcome", TextNode.valueOf(call.text("outcome"))));
    }

    /** It tells nobody: the drill's machine does. */
    private static ActionModel reportFailover() {
        return new ActionModel(REPORT, "report-failover")
                .results("dev.lifeboat.orchestrator.report.RecoveryReporting$Amended")
                .answers("added", "{'reportKey': 'report.json'}")
                .fails(REPORTING);
    }

    /** What a person answers under the token; a refusal is the error NotApproved, which the machine's Catch names. */
    private static ActionModel requestApproval() {
        return new ActionModel(REPORT, "request-application-approval")
                .answers("approved", "{'approvedBy': 'on-call'}")
                .fails(REPORTING);
    }
}
