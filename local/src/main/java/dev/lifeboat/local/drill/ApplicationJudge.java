package dev.lifeboat.local.drill;

import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.ExecutionStatus;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Judges what became of a bad deployment: the execution, its reports, the Deployments, and what users see. */
final class ApplicationJudge {
    private final DrillEnvironment environment;
    private final ApplicationFault fault;
    private final Checks checks;
    private final String tag;

    /** @param tag of the bad images */
    ApplicationJudge(DrillEnvironment environment, ApplicationFault fault, Checks checks, String tag) {
        this.environment = environment;
        this.fault = fault;
        this.checks = checks;
        this.tag = tag;
    }

    /** @return the report of the application's recovery; empty when there is none */
    Optional<RecoveryReport> judge(Map<String, String> images, Instant disaster, ExecutionDescription execution) {
        Recovery recovery = new Recovery(environment, "RecoverApplicationMachine");
        Waiting.until(
                "no recovery to run any more",
                ApplicationDrill.RECOVERY_LIMIT,
                () -> recovery.since(disaster).stream().noneMatch(each -> each.status() == ExecutionStatus.RUNNING));
        List<ExecutionDescription> executions = recovery.since(disaster);
        checks.check("one recovery was started", executions.size() == 1, executions.size() + " executions");
        boolean told = fault.outcome() == Outcome.NEEDS_PERSON;
        checks.check(
                "the state machine ended as it should",
                execution.status() == (told ? ExecutionStatus.FAILED : ExecutionStatus.SUCCEEDED),
                execution.status()
                        + (execution.error() == null ? "" : ": " + execution.error() + ": " + execution.cause()));
        Optional<RecoveryReport> report = recovery.report(execution);
        checks.check("the recovery left a report in the bucket", report.isPresent(), report.isPresent() ? "yes" : "no");
        report.ifPresent(found -> judgeReport(found, disaster));
        report.ifPresent(found -> judgeSecrets(found));
        if (fault.outcome() == Outcome.HANDED_OVER) {
            judgeHandOver(disaster, execution);
        }
        Map<String, String> after = ApplicationDrill.images(environment);
        if (told) {
            checks.check(
                    "nothing was rolled back", after.get(ApplicationDrill.API).endsWith(tag), after.toString());
        } else {
            checks.check(
                    "every Deployment has the image again that was healthy", after.equals(images), after.toString());
            Waiting.until(
                    "the Deployments to be rolled out",
                    ApplicationDrill.HEALTHY_LIMIT,
                    () -> ApplicationDrill.deployments(environment).allMatch(ApplicationJudge::isRolledOut));
            checks.check(
                    "every Deployment is rolled out",
                    true,
                    ApplicationDrill.deployments(environment).count() + " Deployments");
        }
        checks.check(
                "the applications answer from outside",
                environment.healthy(),
                String.join(", ", environment.healthUrls()));
        return report;
    }

    private static boolean isRolledOut(Deployment deployment) {
        return deployment.getStatus() != null
                && deployment
                        .getStatus()
                        .getReplicas()
                        .equals(deployment.getStatus().getUpdatedReplicas())
                && deployment
                        .getSpec()
                        .getReplicas()
                        .equals(deployment.getStatus().getAvailableReplicas());
    }

    /** The database's machine goes on: once, by its starter's name, and as its starter says. */
    private void judgeHandOver(Instant disaster, ExecutionDescription execution) {
        Recovery database = new Recovery(environment, "RecoverDatabaseMachine");
        ExecutionDescription next =
                database.await(disaster, ApplicationDrill.HEALTHY_LIMIT, ApplicationDrill.RECOVERY_LIMIT);
        checks.check(
                "the recovery of the database went on, once",
                database.since(disaster).size() == 1 && next.name().equals("from-" + execution.name()),
                next.name());
        checks.check(
                "its starter names it as the one that goes on",
                execution.output() != null && execution.output().contains("\"handedTo\":\"" + next.arn() + "\""),
                String.valueOf(execution.output()));
        Optional<RecoveryReport> report = database.report(next);
        checks.check(
                "it brought the database back",
                report.filter(found -> found.outcome() == Outcome.RECOVERED).isPresent(),
                report.map(found -> found.outcome() + ", decision "
                                + (found.evidence() == null
                                        ? "none"
                                        : found.evidence().decision()))
                        .orElse("no report"));
    }

    /** As they lie in the bucket, and as they were mailed. */
    private void judgeSecrets(RecoveryReport report) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : List.of("report.json", "report.html")) {
            texts.put(
                    name,
                    environment
                            .bucket()
                            .get(BucketLayout.recovery(report.incident(), name))
                            .map(content -> new String(content, StandardCharsets.UTF_8))
                            .orElse(""));
        }
        checks.check(
                "no secret of a log line is in the reports or in a notification",
                Stream.concat(
                                texts.values().stream(),
                                environment.cloud().notifications().stream().map(Object::toString))
                        .noneMatch(text ->
                                text.contains(ApplicationDrill.password(environment)) || text.contains("a1b2c3d4e5")),
                String.join(", ", texts.keySet()) + " and "
                        + environment.cloud().notifications().size() + " notifications");
        if (fault == ApplicationFault.CRASH_LOOP) {
            checks.check(
                    "both reports have the last lines of what failed",
                    texts.values().stream()
                            .allMatch(text -> text.contains("FATAL: column users.nickname does not exist")
                                    && text.contains("postgres://app:***@")
                                    && text.contains("refused: *** is not the password")),
                    String.join(", ", texts.keySet()));
        }
    }

    private void judgeReport(RecoveryReport report, Instant disaster) {
        Outcome expected = fault.outcome();
        checks.check(
                "the outcome is " + expected,
                report.outcome() == expected,
                report.outcome() + (report.failure() == null ? "" : ": " + report.failure()));
        checks.check(
                "the decision is " + fault.decision(),
                report.evidence() != null && report.evidence().decision().equals(fault.decision()),
                report.evidence() == null
                        ? "none"
                        : report.evidence().decision() + ": "
                                + report.evidence().reason());
        Instant recovered = report.measures().recoveredAt();
        if (recovered != null) {
            Duration rto = Duration.between(disaster, recovered);
            checks.check(
                    "RTO, from the deployment until the application is well with the older revision",
                    rto.compareTo(Component.DEPLOYMENT.limit()) <= 0,
                    rto.toMillis() / 1000.0 + " of "
                            + Component.DEPLOYMENT.limit().toSeconds() + " s");
        }
    }
}
