package dev.lifeboat.local.explore;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.lifeboat.local.explore.ActionModel.Duty;
import java.util.List;

/** The actions around the database: applications, DNS, the report, and telling people. */
final class OutsideModels {
    private static final String APPLICATION = "RecoverApplication";
    private static final String RESULTS = "dev.lifeboat.orchestrator.application.ApplicationResults$";
    private static final String FENCED_OFF = "FencedOffException";
    private static final String[] CLUSTER = {
        "InvalidInputException", "MisconfiguredException", "AwsUnavailableException", "KubernetesUnavailableException"
    };
    private static final String[] CLOUDFLARE = {
        "InvalidInputException",
        "MisconfiguredException",
        "AwsUnavailableException",
        "DnsProviderUnavailableException",
        "DnsRefusedException"
    };
    private static final String RECORD =
            "{'name': 'app.example.org', 'type': 'CNAME', 'before': 'CNAME a', 'after': 'CNAME b', 'changed': ";

    private OutsideModels() {}

    static List<ActionModel> all() {
        return List.of(
                restart(),
                rolloutStatus(),
                checkHealth(),
                findLoadBalancer(),
                runBackup(),
                backupStatus(),
                ensureDns(),
                undoDns(),
                report(),
                requestApproval(),
                requestClusterApproval(),
                reportCluster(),
                report("report-point-in-time"),
                requestApproval("request-point-approval"),
                report("report-corruption"),
                requestApproval("request-corruption-approval"),
                tell(),
                readParameter(),
                settle(),
                backupVerdict());
    }

    private static ActionModel restart() {
        return new ActionModel(APPLICATION, "restart")
                .results(RESULTS + "Restarted")
                .answers("restarted", "{'deployments': [{'name': 'api', 'restarted': true}]}")
                .fails(CLUSTER)
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    world.requireDeploymentsFence(call.token());
                    outcomes.answer("restarted", world.withRestartedBy(call.token()));
                });
    }

    private static ActionModel rolloutStatus() {
        return new ActionModel(APPLICATION, "rollout-status")
                .results(RESULTS + "Rollout")
                .answers("complete", "{'complete': true, 'failed': false, 'deployments': []}")
                .answers("under way", "{'complete': false, 'failed': false, 'deployments': []}")
                .answers("failed", "{'complete': false, 'failed': true, 'deployments': []}")
                .fails(CLUSTER)
                .refuses(FENCED_OFF)
                .looks((world, call, running, outcomes) -> {
                    world.requireDeploymentsFence(call.token());
                    outcomes.anyAnswer(world);
                });
    }

    private static ActionModel checkHealth() {
        return new ActionModel(APPLICATION, "check-health")
                .results(RESULTS + "Health")
                .answers("healthy", "{'healthy': true, 'results': []}")
                .answers("not healthy", "{'healthy': false, 'results': []}")
                .fails(CLUSTER);
    }

    private static ActionModel findLoadBalancer() {
        return new ActionModel(APPLICATION, "find-load-balancer")
                .results("dev.lifeboat.kubernetes.LoadBalancerAddress")
                .answers("found", "{'hostname': 'lb.example.org'}")
                .fails(CLUSTER)
                .refuses(FENCED_OFF)
                .looks((world, call, running, outcomes) -> {
                    world.requireDeploymentsFence(call.token());
                    outcomes.anyAnswer(world);
                });
    }

    private static ActionModel runBackup() {
        return job("run-backup");
    }

    private static ActionModel backupStatus() {
        return job("backup-status");
    }

    private static ActionModel job(String action) {
        return new ActionModel(APPLICATION, action)
                .results("dev.lifeboat.kubernetes.BackupJob")
                .answers("running", "{'name': 'j', 'state': 'running', 'startedAt': '2026-11-23T03:14:00Z'}")
                .answers("succeeded", "{'name': 'j', 'state': 'succeeded', 'startedAt': '2026-11-23T03:14:00Z'}")
                .answers(
                        "failed",
                        "{'name': 'j', 'state': 'failed', 'reason': 'It ended.', 'startedAt': '2026-11-23T03:14:00Z'}")
                .fails(CLUSTER);
    }

    private static ActionModel ensureDns() {
        return new ActionModel("DnsFailover", "ensure")
                .results("dev.lifeboat.dns.DnsChanges")
                .answers("changed", "{'changed': true, 'records': [" + RECORD + "true}]}")
                .answers("as it should be", "{'changed': false, 'records': [" + RECORD + "false}]}")
                .fails(CLOUDFLARE)
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    requireLease(world, call);
                    // Whether they led there before is no part of the world: they do now.
                    outcomes.answer("changed", world.withDns(true));
                    outcomes.answer("as it should be", world.withDns(true));
                });
    }

    private static ActionModel undoDns() {
        return new ActionModel("DnsFailover", "undo")
                .results("dev.lifeboat.dns.DnsChanges")
                .answers("taken back", "{'changed': true, 'records': [" + RECORD + "true}]}")
                .answers("as it was", "{'changed': false, 'records': [" + RECORD + "false}]}")
                .fails(CLOUDFLARE)
                .refuses(FENCED_OFF)
                .changes((world, call, running, outcomes) -> {
                    // After the end of its recovery too, as long as nobody else has the target.
                    if (world.lease().token() != call.token()) {
                        throw new Refusal(FENCED_OFF);
                    }
                    outcomes.answer("taken back", world.withDns(false));
                    outcomes.answer("as it was", world.withDns(false));
                });
    }

    /** Cloudflare compares no token, so the lease is looked at right before. */
    private static void requireLease(World world, Call call) {
        if (!world.lease().held() || world.lease().token() != call.token()) {
            throw new Refusal(FENCED_OFF);
        }
    }

    private static ActionModel report() {
        return report("report");
    }

    private static ActionModel reportCluster() {
        return report("report-cluster");
    }

    private static ActionModel report(String action) {
        return new ActionModel("RecoveryReport", action)
                .results("dev.lifeboat.orchestrator.report.RecoveryReporting$Reported")
                .answers("written", "{'outcome': 'recovered', 'reportKey': 'report.json', 'withinBudget': true}")
                .answers("written, over budget", "{'outcome': 'needs-person', 'reportKey': 'r', 'withinBudget': false}")
                .answers("written, nothing done", "{'outcome': 'not-needed', 'reportKey': 'r', 'withinBudget': true}")
                .answers("written, refused", "{'outcome': 'not-approved', 'reportKey': 'r', 'withinBudget': true}")
                .answers("written, observed", "{'outcome': 'observed', 'reportKey': 'r', 'withinBudget': true}")
                .answers("written, handed over", "{'outcome': 'handed-over', 'reportKey': 'r', 'withinBudget': true}")
                .fails(
                        "InvalidInputException",
                        "MisconfiguredException",
                        "StorageUnavailableException",
                        "AwsUnavailableException")
                .does(Duty.REPORT)
                .looks((world, call, running, outcomes) ->
                        outcomes.answer("written", world, "outcome", TextNode.valueOf(call.text("outcome"))));
    }

    private static ActionModel tell() {
        return new ActionModel("sns", "publish")
                .answers("told", "{'MessageId': 'm'}")
                .does(Duty.TELL);
    }

    /** What a person answers under the token; a refusal is the error NotApproved, which the machine's Catch names. */
    private static ActionModel requestApproval() {
        return requestApproval("request-approval");
    }

    private static ActionModel requestClusterApproval() {
        return requestApproval("request-cluster-approval");
    }

    private static ActionModel requestApproval(String action) {
        return new ActionModel("RecoveryReport", action)
                .answers("approved", "{'approvedBy': 'on-call'}")
                .fails(
                        "InvalidInputException",
                        "MisconfiguredException",
                        "StorageUnavailableException",
                        "AwsUnavailableException");
    }

    /** Modes are the only parameters that a machine reads. */
    private static ActionModel readParameter() {
        return new ActionModel("aws-sdk", "ssm:getParameter")
                .answers("automatic", "{'Parameter': {'Value': 'automatic'}}")
                .answers("approve", "{'Parameter': {'Value': 'approve'}}")
                .answers("observe", "{'Parameter': {'Value': 'observe'}}");
    }

    private static ActionModel settle() {
        return alarm("settle", "Settling$Answer")
                .answers("at rest", "{'settled': true, 'waitSeconds': 300, 'message': 'It rests.'}")
                .answers("not at rest", "{'settled': false, 'waitSeconds': 300, 'message': 'It moved.'}");
    }

    private static ActionModel backupVerdict() {
        return alarm("backup-verdict", "BackupVerdicts$Answer")
                .answers("none yet", "{'found': false, 'verified': false, 'reasons': []}")
                .answers("verified", "{'found': true, 'verified': true, 'backupId': 'b', 'reasons': []}")
                .answers("not sound", "{'found': true, 'verified': false, 'backupId': 'b', 'reasons': ['It is cut.']}");
    }

    private static ActionModel alarm(String action, String result) {
        return new ActionModel("AlarmHandler", action)
                .results("dev.lifeboat.alarm." + result)
                .fails(
                        "InvalidInputException",
                        "MisconfiguredException",
                        "StorageUnavailableException",
                        "AwsUnavailableException");
    }
}
