package dev.lifeboat.orchestrator.report;

import static dev.lifeboat.contract.Shell.quoted;

import dev.lifeboat.contract.Json;
import dev.lifeboat.orchestrator.cluster.ClusterAssessment;
import dev.lifeboat.orchestrator.cluster.ClusterResults.Generation;
import dev.lifeboat.orchestrator.report.ReportRequest.NestedRecovery;
import dev.lifeboat.orchestrator.report.ReportRequest.ReportCluster;
import dev.lifeboat.report.Budget;
import dev.lifeboat.report.Component;
import dev.lifeboat.report.Evidence;
import dev.lifeboat.report.Look;
import dev.lifeboat.report.Measures;
import dev.lifeboat.report.Outcome;
import dev.lifeboat.report.RecoveryReport;
import dev.lifeboat.report.RejectedRung;
import dev.lifeboat.report.Remaining;
import dev.lifeboat.report.Section;
import dev.lifeboat.report.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the facts of a cluster's rebuild together. What it has in common with a database's recovery is taken from there. */
final class ClusterReport {
    /** The step that the database's recovery is nested in. */
    static final String NESTED = "RecoverDatabase";

    private final ReportCluster facts;
    private final StepTimeline.Timeline timeline;

    private ClusterReport(ReportCluster facts, StepTimeline.Timeline timeline) {
        this.facts = facts;
        this.timeline = timeline;
    }

    static RecoveryReport of(ReportCluster facts, StepTimeline.Timeline timeline, String bucket) {
        return new ClusterReport(facts, timeline).report(ReportAssembly.of(database(facts), timeline, bucket));
    }

    /** The part of it that is a database's recovery. */
    private static ReportRequest.Report database(ReportCluster facts) {
        NestedRecovery nested = facts.recovery();
        return new ReportRequest.Report(
                facts.scope(),
                facts.trigger(),
                facts.execution(),
                facts.outcome(),
                null,
                facts.permission(),
                nested == null ? null : nested.backup(),
                List.of(),
                nested == null ? null : nested.restored(),
                nested == null ? null : nested.check(),
                null,
                nested == null ? null : nested.cutOver(),
                facts.applications(),
                facts.health(),
                facts.dns(),
                facts.failure(),
                facts.problems(),
                null,
                null);
    }

    private RecoveryReport report(RecoveryReport common) {
        List<Section> sections = new ArrayList<>(common.sections());
        sections.add(generations());
        return new RecoveryReport(
                common.version(),
                common.incident(),
                "cluster",
                common.outcome(),
                common.trigger(),
                common.target(),
                common.execution(),
                measures(common.measures()),
                facts.assessment() == null ? null : evidence(facts.assessment()),
                common.restore(),
                common.outside(),
                common.steps(),
                common.failure(),
                remaining(),
                sections);
    }

    /** Data that came with the old volume were swapped in by nobody: they were back when the look at them ended, and nothing is lost. */
    private Measures measures(Measures common) {
        Optional<Instant> back = timeline.steps().stream()
                .filter(step -> step.name().equals(NESTED))
                .map(Step::endedAt)
                .max(Instant::compareTo);
        boolean brought = facts.volume() != null
                && facts.recovery() != null
                && facts.recovery().cutOver() == null
                && facts.outcome() == Outcome.RECOVERED;
        if (!brought || back.isEmpty()) {
            return common;
        }
        Duration database = Duration.between(common.failedAfter(), back.get());
        return new Measures(
                common.startedAt(),
                common.failedAfter(),
                back.get(),
                common.recoveredAt(),
                common.rtoSeconds(),
                0L,
                common.budgets().stream()
                        .map(budget -> budget.component() == Component.DATABASE
                                ? Budget.of(Component.DATABASE, database)
                                : budget.component() == Component.DATA_LOSS
                                        ? Budget.of(Component.DATA_LOSS, Duration.ZERO)
                                        : budget)
                        .toList());
    }

    private static Evidence evidence(ClusterAssessment assessment) {
        String decision = word(assessment.decision());
        return new Evidence(
                decision,
                decision,
                assessment.reason(),
                assessment.at(),
                assessment.looks().stream()
                        .map(look -> new Look(word(look.look()), word(look.answer()), look.reason(), look.millis()))
                        .toList(),
                assessment.rejected().stream()
                        .map(rejected -> new RejectedRung(word(rejected.decision()), rejected.reason()))
                        .toList());
    }

    private Section generations() {
        List<Section.Row> rows = new ArrayList<>();
        rows.add(row("The target's cluster", facts.scope().target().cluster()));
        Generation generation = facts.generation();
        if (generation != null) {
            rows.add(row(
                    "Built",
                    generation.cluster()
                            + (generation.inPlace() ? ", in the old one's place" : ", beside the old one")));
        }
        if (facts.stack() != null) {
            rows.add(row("Stack " + facts.stack().stack(), facts.stack().reason()));
            facts.stack().events().forEach(event -> rows.add(row("Failed in it", event)));
        }
        if (facts.saved() != null && facts.saved().config() != null) {
            rows.add(row(
                    "ConfigMaps, Secrets and images",
                    "of backup " + facts.saved().config().backupId() + ", as of "
                            + facts.saved().config().takenAt()));
        }
        if (facts.saved() != null && facts.saved().snapshot() != null) {
            rows.add(row("The old volume", facts.saved().snapshot().reason()));
        }
        if (generation != null && facts.recovery() != null) {
            rows.add(row("Data", data()));
        }
        if (facts.route() != null) {
            rows.add(row("Through the new load balancer", facts.route().reason()));
        }
        if (facts.fenced() != null) {
            rows.add(row(
                    "The old cluster",
                    word(facts.fenced().how()) + ": " + facts.fenced().workloads() + " workloads, "
                            + facts.fenced().rules() + " rules; noted in "
                            + facts.fenced().key()));
        }
        if (facts.switched() != null) {
            rows.add(row(
                    "Parameter " + facts.switched().parameter(),
                    "names " + facts.switched().to() + ", before "
                            + facts.switched().from()));
        }
        return new Section("The clusters", rows);
    }

    private String data() {
        return facts.recovery().cutOver() != null
                ? "restored from backup"
                        + (facts.recovery().backup() == null
                                ? ""
                                : " " + facts.recovery().backup().backupId())
                : facts.volume() == null
                        ? "were there already"
                        : "of a copy of the old volume, " + facts.volume().volume();
    }

    private static Section.Row row(String name, String value) {
        return new Section.Row(name, value, null);
    }

    private List<Remaining> remaining() {
        List<Remaining> work = new ArrayList<>();
        if (facts.outcome() == Outcome.NEEDS_PERSON) {
            work.add(new Remaining(
                    "Read what the recovery did, newest first; docs/runbooks/cluster-lost.md says what to do at which step.",
                    "aws stepfunctions get-execution-history --reverse-order --max-results 30 --execution-arn "
                            + quoted(facts.execution())));
            if (facts.stack() != null && facts.generation() != null) {
                work.add(new Remaining(
                        "The new generation's stack is there. It is gone on with by the next recovery; if there is to be none,"
                                + " delete it.",
                        "aws cloudformation describe-stacks --stack-name "
                                + quoted(facts.generation().stack())));
            }
        }
        if (facts.outcome() != Outcome.RECOVERED && facts.outcome() != Outcome.NOT_NEEDED) {
            RemainingWork.startAgain(
                            "Then let Lifeboat go on: it continues from what is there.",
                            facts.execution(),
                            facts.scope(),
                            facts.trigger())
                    .ifPresent(work::add);
        }
        if (facts.outcome() == Outcome.RECOVERED) {
            work.add(new Remaining("Find out why the cluster was lost.", null));
        }
        if (facts.fenced() != null
                && facts.generation() != null
                && !facts.generation().inPlace()) {
            work.add(new Remaining(
                    "The old cluster " + facts.generation().previous()
                            + " is out of use, and costs as before. When nobody needs it any more, delete it"
                            + " (docs/runbooks/cluster-lost.md).",
                    null));
        }
        if (facts.saved() != null
                && facts.saved().snapshot() != null
                && facts.saved().snapshot().snapshot() != null) {
            work.add(new Remaining(
                    "The snapshot of the old volume is kept. When nobody needs it any more, delete it.",
                    "aws ec2 delete-snapshot --snapshot-id "
                            + quoted(facts.saved().snapshot().snapshot())));
        }
        return work;
    }

    /** As the JSON contract spells it. */
    private static String word(Enum<?> value) {
        return Json.mapper().convertValue(value, String.class);
    }
}
