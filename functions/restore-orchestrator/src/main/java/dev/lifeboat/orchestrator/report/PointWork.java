package dev.lifeboat.orchestrator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.orchestrator.pointintime.PointInTimeResults.TookOver;
import dev.lifeboat.report.Remaining;
import java.util.ArrayList;
import java.util.List;

/** Says what is left for a person when an instance at a point in time has taken over. */
final class PointWork {
    private final ReportRequest.Report facts;
    private final TookOver taken;

    PointWork(ReportRequest.Report facts) {
        this.facts = facts;
        this.taken = facts.pointInTime().takeOver();
    }

    List<Remaining> remaining() {
        Target target = facts.scope().target();
        String namespace = Shell.quoted(target.namespace());
        List<Remaining> work = new ArrayList<>();
        work.add(new Remaining(
                "Find out why the database was lost, and what was committed after the point that it stands at: it is"
                        + " not in the recovered database.",
                null));
        work.add(new Remaining(
                "Before anybody applies k8s/ again: Service " + target.postgresService() + " leads to StatefulSet "
                        + taken.instance() + " by label lifeboat.dev/instance. Give the manifests that selector"
                        + " (docs/runbooks/point-in-time.md).",
                "kubectl -n " + namespace + " get service " + Shell.quoted(target.postgresService()) + " -o yaml"));
        if (taken.before() != null) {
            String before = Shell.quoted(taken.before());
            work.add(new Remaining(
                    "The instance before is kept as quarantine. When nobody needs it any more, delete it with its"
                            + " volume.",
                    "kubectl -n " + namespace + " delete statefulset " + before + " && kubectl -n " + namespace
                            + " delete pvc " + Shell.quoted("data-" + taken.before() + "-0")));
            work.add(new Remaining(
                    "Only if the recovered database is not what you want: lead the Service back, until the next"
                            + " recovery begins (stack 'lifeboat').",
                    undo()));
        }
        return work;
    }

    private String undo() {
        ObjectNode request = Json.mapper().createObjectNode().put("action", "undo-point-in-time");
        request.set("scope", Json.mapper().valueToTree(facts.scope()));
        return "aws lambda invoke --function-name \"$(aws cloudformation describe-stack-resource --stack-name lifeboat"
                + " --logical-resource-id RecoverDatabase --query StackResourceDetail.PhysicalResourceId --output"
                + " text):live\" --cli-binary-format raw-in-base64-out --payload "
                + Shell.quoted(Json.compact(request)) + " /dev/stdout";
    }
}
