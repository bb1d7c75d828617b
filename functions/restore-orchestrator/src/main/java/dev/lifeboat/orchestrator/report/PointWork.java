package dev.lifeboat.orchestrator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TookOver;
import dev.lifeboat.orchestrator.pointintime.RecoveryPoint;
import dev.lifeboat.report.Remaining;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what is left for a person when an instance at a point in time has taken over. */
final class PointWork {
    private final ReportRequest.Report facts;
    private final ReportRequest.PointOutcome outcome;
    private final TookOver taken;
    private final String bucket;

    PointWork(ReportRequest.Report facts, String bucket) {
        this.facts = facts;
        this.outcome = facts.pointInTime();
        this.taken = outcome.takeOver();
        this.bucket = bucket;
    }

    List<Remaining> remaining() {
        Target target = facts.scope().target();
        String namespace = Shell.quoted(target.namespace());
        List<Remaining> work = new ArrayList<>();
        work.add(new Remaining(
                "Find out why the database was lost, and what was committed after the point that it stands at: it is"
                        + " not in the recovered database.",
                null));
        lost(outcome, target, bucket).ifPresent(work::add);
        if (taken.kept() == null) {
            work.add(new Remaining(
                    "Before anybody applies k8s/ again: Service " + target.postgresService() + " leads to StatefulSet "
                            + taken.instance() + " by label lifeboat.dev/instance. Give the manifests that selector"
                            + " (docs/runbooks/point-in-time.md).",
                    "kubectl -n " + namespace + " get service " + Shell.quoted(target.postgresService()) + " -o yaml"));
        } else {
            work.add(new Remaining(
                    "What was there before takes room on the volume. When nobody needs it any more, delete it.",
                    "kubectl -n " + namespace + " exec " + Shell.quoted(taken.instance() + "-0")
                            + " -c postgres -- sh -c " + Shell.quoted("rm -rf \"$PGDATA." + taken.kept() + "\"")));
        }
        for (String kept : PointSections.quarantine(outcome)) {
            work.add(new Remaining(
                    kept.equals(taken.before())
                            ? "The instance before is kept as quarantine. When nobody needs it any more, delete it with its"
                                    + " volume."
                            : "StatefulSet " + kept
                                    + " was live before that one. A recovery that died had left it in use, and what it holds was"
                                    + " compared with nothing: look into it. When nobody needs it any more, delete it with its volume.",
                    "kubectl -n " + namespace + " delete statefulset " + Shell.quoted(kept) + " && kubectl -n "
                            + namespace + " delete pvc " + Shell.quoted("data-" + kept + "-0")));
        }
        if (taken.before() != null || taken.kept() != null) {
            work.add(new Remaining(
                    "Only if the recovered database is not what you want: "
                            + (taken.kept() == null
                                    ? "lead the Service back"
                                    : "bring back what was there, with a restart")
                            + ", until the next recovery begins (stack 'lifeboat').",
                    undo()));
        }
        return work;
    }

    /** What was lost by going back, as far as it was compared; empty when nothing was, and when all that was archived came back. */
    static Optional<Remaining> lost(ReportRequest.PointOutcome outcome, Target target, String bucket) {
        if (outcome.lost() != null) {
            return outcome.lost().changed() == 0
                    ? Optional.empty()
                    : Optional.of(new Remaining(
                            "Decide which of the lost rows are right, and put them back: what differs from the quarantine"
                                    + " lies in the bucket, a folder for each table.",
                            "aws s3 cp --recursive "
                                    + Shell.quoted("s3://" + bucket + "/"
                                            + outcome.lost().prefix()) + " lost/"));
        }
        boolean wentBack = outcome.plan() == null || outcome.plan().point().type() != RecoveryPoint.Type.LATEST;
        TookOver taken = outcome.takeOver();
        if (!wentBack || (taken.before() == null && taken.kept() == null)) {
            return Optional.empty();
        }
        String keeper = taken.kept() == null
                ? "The quarantine, StatefulSet " + taken.before() + " in namespace " + target.namespace()
                        + ", keeps it."
                : "PGDATA." + taken.kept() + " on the volume of StatefulSet " + taken.instance() + " keeps it.";
        return Optional.of(new Remaining("What is lost was not compared. " + keeper, null));
    }

    /** Whoever finished the take-over may have done so for another incident than the one that it was made for. */
    private String undo() {
        RecoveryScope scope = facts.scope();
        String incident = taken.incident() == null ? scope.incident() : taken.incident();
        ObjectNode request = Json.mapper().createObjectNode().put("action", "undo-point-in-time");
        request.set("scope", Json.mapper().valueToTree(new RecoveryScope(incident, scope.target(), scope.token())));
        return "aws lambda invoke --function-name \"$(aws cloudformation describe-stack-resource --stack-name lifeboat"
                + " --logical-resource-id RecoverDatabase --query StackResourceDetail.PhysicalResourceId --output"
                + " text):live\" --cli-binary-format raw-in-base64-out --payload "
                + Shell.quoted(Json.compact(request)) + " /dev/stdout";
    }
}
