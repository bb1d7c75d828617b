package dev.lifeboat.orchestrator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Shell;
import dev.lifeboat.contract.recovery.RecoveryInput;
import dev.lifeboat.contract.recovery.RecoveryScope;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.contract.recovery.Trigger;
import dev.lifeboat.kubernetes.RolloutStatus;
import dev.lifeboat.orchestrator.application.ApplicationResults.UrlHealth;
import dev.lifeboat.report.Remaining;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says what is left for a person, with the commands ready to paste. */
final class RemainingWork {
    private static final Pattern EXECUTION = Pattern.compile("(arn:[^:]+:states:[^:]*:[^:]*):execution:([^:]+):.+");
    private static final int LONGEST_INCIDENT = 80;

    private final ReportRequest.Report facts;
    private final Target target;
    private final String bucket;
    private final List<Remaining> work = new ArrayList<>();

    private RemainingWork(ReportRequest.Report facts, String bucket) {
        this.facts = facts;
        this.target = facts.scope().target();
        this.bucket = bucket;
    }

    static List<Remaining> of(ReportRequest.Report facts, String bucket) {
        RemainingWork remaining = new RemainingWork(facts, bucket);
        switch (facts.outcome()) {
            case NOT_NEEDED -> remaining.afterAFalseAlarm();
            case RECOVERED -> remaining.afterRecovery();
            case NEEDS_PERSON -> remaining.forAPerson();
            case NOT_APPROVED -> remaining.afterARefusal();
            case OBSERVED -> remaining.afterObserving();
            case HANDED_OVER -> {} // a recovery of the database hands over to nobody
        }
        return List.copyOf(remaining.work);
    }

    /** What takes the cut-over back; null when there is nothing to go back to. */
    static String undoCommand(ReportRequest.Report facts) {
        if (facts.cutOver() == null || facts.cutOver().quarantineDatabase() == null) {
            return null;
        }
        return script(facts.scope().target()) + " undo --quarantine "
                + quoted(facts.cutOver().quarantineDatabase());
    }

    private void afterAFalseAlarm() {
        if (facts.trigger().kind() == Trigger.Kind.ALARM) {
            add(
                    "Find out why alarm " + facts.trigger().source()
                            + " went off: the database was looked at after it, and was well.",
                    null);
        }
        abandonedRestore();
    }

    private void afterARefusal() {
        Approval refusal = facts.permission().approval();
        add(
                "A person did not let Lifeboat " + facts.permission().repair().words()
                        + (refusal.reason() == null || refusal.reason().isBlank() ? "." : ": " + refusal.reason() + ".")
                        + " Repair it by hand (docs/runbooks/database-lost.md), or leave it as it is.",
                null);
        startAgain("If you change your mind, let Lifeboat look and ask again.");
        abandonedRestore();
    }

    private void afterObserving() {
        Permission permission = facts.permission();
        add(
                (isReadyToBeSwappedIn()
                                ? "The mode became 'observe' during the restore, so nothing was swapped. Lifeboat had begun to "
                                : "The mode is 'observe', so nothing was done. Lifeboat would have begun to ")
                        + permission.repair().words()
                        + (permission.backup() == null
                                ? "."
                                : ": backup " + permission.backup().backupId() + ", as the database was at "
                                        + permission.backup().snapshotAt() + "."),
                null);
        startAgain(
                "To let Lifeboat do it, set the mode to 'automatic' or 'approve' (docs/modes.md), and start it again.");
        abandonedRestore();
    }

    /** The next recovery drops what this one has begun, but nobody knows when that comes. */
    private void abandonedRestore() {
        if (isReadyToBeSwappedIn()) {
            swapIn();
            return;
        }
        if (facts.backup() != null && facts.cutOver() == null) {
            add(
                    "A restore was begun beside the live database, and takes room there. See under which name, and drop it.",
                    "psql -h 127.0.0.1 -d postgres -c "
                            + quoted(
                                    "SELECT datname, pg_size_pretty(pg_database_size(oid)) FROM pg_database WHERE starts_with(datname, '"
                                            + target.database().replace("'", "''") + "')"));
        }
    }

    private boolean isReadyToBeSwappedIn() {
        return facts.check() != null && facts.cutOver() == null && facts.planKey() != null;
    }

    /** The function refuses it once another recovery has begun, by the token. */
    private void swapIn() {
        ObjectNode request = Json.mapper().createObjectNode().put("action", "cut-over");
        request.set("scope", Json.mapper().valueToTree(facts.scope()));
        request.put("planKey", facts.planKey());
        add(
                "Backup " + facts.backup().backupId()
                        + " is restored beside the live database, and was compared with its"
                        + " verification. To swap it in as it is, until the next recovery begins (stack 'lifeboat'):",
                "aws lambda invoke --function-name \"$(aws cloudformation describe-stack-resource --stack-name lifeboat"
                        + " --logical-resource-id RecoverDatabase --query StackResourceDetail.PhysicalResourceId --output text):live\""
                        + " --cli-binary-format raw-in-base64-out --payload "
                        + quoted(Json.compact(request)) + " /dev/stdout");
        restartDeployments("Then restart Deployment ", ".");
    }

    private void restartDeployments(String before, String after) {
        target.deployments()
                .forEach(name -> add(
                        before + name + after,
                        "kubectl -n " + quoted(target.namespace()) + " rollout restart deployment " + quoted(name)));
    }

    private void afterRecovery() {
        unusedBackups();
        leftOut();
        if (tookOver()) {
            work.addAll(new PointWork(facts, bucket).remaining());
            if (facts.cutOver() == null) {
                return;
            }
        }
        if (target.purpose() == Target.Purpose.DRILL) {
            return;
        }
        if (facts.cutOver() == null) {
            add(
                    "Find out why PostgreSQL was silent: its pod was deleted, and the next one answers with the same data.",
                    null);
            return;
        }
        if (!facts.cutOver().rolledBack().isEmpty()) {
            add(
                    "Settle these transactions with whoever coordinates them; they were prepared in the lost database, and"
                            + " rolled back: "
                            + String.join(", ", facts.cutOver().rolledBack()) + ".",
                    null);
        }
        add(
                "Find out why the database was lost, and what was committed after the backup's snapshot: it is not in the"
                        + " recovered database.",
                null);
        if (facts.cutOver().quarantineDatabase() != null) {
            add(
                    "The lost database is kept as quarantine. When nobody needs it any more, drop it.",
                    "psql -h 127.0.0.1 -d postgres -c "
                            + quoted("DROP DATABASE \""
                                    + facts.cutOver().quarantineDatabase().replace("\"", "\"\"") + "\""));
        }
    }

    private boolean tookOver() {
        return facts.pointInTime() != null && facts.pointInTime().takeOver() != null;
    }

    private void leftOut() {
        if (facts.restored() != null && !facts.restored().leftOut().isEmpty()) {
            add(
                    "These were left out of the restored database, since the server lacks the roles. Make the roles, and give them"
                            + " what is theirs: "
                            + String.join("; ", facts.restored().leftOut()) + ".",
                    null);
        }
    }

    private void unusedBackups() {
        List<String> names = new ArrayList<>();
        facts.rejected().forEach(backup -> names.add(backup.backupId()));
        if (facts.backup() != null) {
            facts.backup().passedOver().stream()
                    .map(dev.lifeboat.orchestrator.database.RejectedBackup::backupId)
                    .filter(name -> !names.contains(name))
                    .forEach(names::add);
        }
        if (!names.isEmpty()) {
            add(
                    "Newer backups than the restored one were not used. Find out why: " + String.join(", ", names)
                            + ".",
                    "BACKUP_BUCKET=" + quoted(bucket) + " scripts/aws/restore-postgres.sh list");
        }
    }

    private void forAPerson() {
        add(
                "Read what the recovery did, newest first.",
                "aws stepfunctions get-execution-history --reverse-order --max-results 30 --execution-arn "
                        + quoted(facts.execution()));
        if (facts.cutOver() != null || tookOver()) {
            outside();
        } else if (!decided().isEmpty()) {
            work.addAll(decided());
            reopen();
            startAgain("When that is put right, let Lifeboat look again.");
            abandonedRestore();
        } else {
            reopen();
            restore();
        }
    }

    /** What the last assessment left to a person; empty when the recovery ended elsewhere. */
    private List<Remaining> decided() {
        return facts.failure() != null && facts.failure().step().equals("Assess") && facts.assessment() != null
                ? DecisionWork.of(facts.assessment(), target)
                : List.of();
    }

    private void reopen() {
        if (facts.problems().stream().anyMatch(problem -> problem.step().equals("ReopenLive"))) {
            add(
                    "A cut-over that failed may have closed the live database to everybody, and it could not be opened again."
                            + " Open it, unless you restore over it.",
                    "psql -h 127.0.0.1 -d postgres -c "
                            + quoted("ALTER DATABASE \"" + target.database().replace("\"", "\"\"")
                                    + "\" ALLOW_CONNECTIONS true"));
        }
    }

    private void restore() {
        add("See how PostgreSQL's pod is.", "kubectl -n " + quoted(target.namespace()) + " get pods -o wide");
        add(
                "See which backups there are, and what their verification said.",
                "BACKUP_BUCKET=" + quoted(bucket) + " scripts/aws/restore-postgres.sh list");
        add("Open a way to PostgreSQL, in a shell of its own.", portForward());
        add(
                "Restore by hand, beside the live database and then swapped in; the superuser's name and password are in"
                        + " secret " + target.adminSecret() + ".",
                "BACKUP_BUCKET=" + quoted(bucket) + " " + script(target) + " restore newest");
        startAgain("Or, when the cause is put right, let Lifeboat try again.");
        abandonedRestore();
    }

    private void outside() {
        add("The database is back; what follows it is not.", null);
        if (facts.applications() == null) {
            restartDeployments("Deployment ", " may still hold connections to the lost database: restart it.");
        }
        unfinished()
                .forEach(name -> add(
                        "See why Deployment " + name + " does not roll out.",
                        "kubectl -n " + quoted(target.namespace()) + " describe deployment " + quoted(name)));
        unhealthy().forEach(url -> add("Ask " + url + " yourself.", "curl -sS -i " + quoted(url)));
        if (target.dns() != null && facts.dns() == null) {
            add(
                    "Make the records of zone " + target.dns().zone() + " lead to the load balancer of Service "
                            + (target.loadBalancer() == null
                                    ? "?"
                                    : target.loadBalancer().name()) + ": "
                            + String.join(", ", target.dns().records()) + ".",
                    "kubectl -n "
                            + quoted(
                                    target.loadBalancer() == null
                                            ? ""
                                            : target.loadBalancer().namespace())
                            + " get service -o wide");
        }
        String undo = undoCommand(facts);
        if (undo != null) {
            add("Open a way to PostgreSQL, in a shell of its own.", portForward());
            add("Only if the recovered database is not what you want: swap the lost one back in.", undo);
        }
        afterRecovery();
    }

    private List<String> unfinished() {
        return facts.applications() == null
                ? List.of()
                : facts.applications().deployments().stream()
                        .filter(deployment -> !deployment.complete())
                        .map(RolloutStatus::name)
                        .toList();
    }

    private List<String> unhealthy() {
        return facts.health() == null
                ? target.healthUrls()
                : facts.health().results().stream()
                        .filter(result -> !result.healthy())
                        .map(UrlHealth::url)
                        .toList();
    }

    private void startAgain(String what) {
        startAgain(what, facts.execution(), facts.scope(), facts.trigger()).ifPresent(work::add);
    }

    /** How a recovery's machine is started once more. */
    static Optional<Remaining> startAgain(String what, String arn, RecoveryScope scope, Trigger trigger) {
        var execution = EXECUTION.matcher(arn);
        if (!execution.matches()) {
            return Optional.empty();
        }
        String incident = again(scope.incident());
        return Optional.of(new Remaining(
                what,
                "aws stepfunctions start-execution --state-machine-arn "
                        + quoted(execution.group(1) + ":stateMachine:" + execution.group(2)) + " --name "
                        + quoted(incident) + " --input "
                        + quoted(Json.compact(new RecoveryInput(incident, trigger, scope.target())))));
    }

    /** A closed execution's name is taken for 90 days. */
    private static String again(String incident) {
        String suffix = "-again";
        return incident.substring(0, Math.min(incident.length(), LONGEST_INCIDENT - suffix.length())) + suffix;
    }

    private String portForward() {
        return "kubectl -n " + quoted(target.namespace()) + " port-forward "
                + quoted("service/" + target.postgresService()) + " 5432:5432";
    }

    private static String script(Target target) {
        return "PGHOST=127.0.0.1 PGUSER=postgres PGDATABASE=" + quoted(target.database())
                + " scripts/aws/restore-postgres.sh";
    }

    private static String quoted(String argument) {
        return Shell.quoted(argument);
    }

    private void add(String what, String command) {
        work.add(new Remaining(what, command));
    }
}
